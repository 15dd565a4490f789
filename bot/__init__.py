"""Samepage: customers' public posts as cards in Slack, answered in time by the right department."""
