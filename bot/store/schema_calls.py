"""Calls: pings are rows of the outbox, found by the open cases that they are about."""

M013_CALLS = (
    "create index outbox_pings on outbox (case_id) where kind = 'ping'",
    "create index outbox_lists on outbox (place, created_at) where kind = 'bundle'",
)
