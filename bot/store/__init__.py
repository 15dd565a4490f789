"""The only SQL: state, timeline and outbox in one transaction."""
