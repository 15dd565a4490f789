"""What the arbiter asks of the outbox, and what it has to know after a restart."""

M004_ARBITER = (
    # 1 while the message it hangs under does not stand: such a one is nobody's head.
    "alter table outbox add column waits bigint not null default 0",
    """update outbox set waits = 1 where ts is null and thread is not null and not exists (
        select 1 from outbox above where above.key = outbox.thread and above.ts is not null)""",
    "drop index outbox_waiting",
    """create index outbox_posts on outbox (place, lane, due_at, created_at, key)
        where state = 'queued' and ts is null and waits = 0""",
    """create index outbox_changes on outbox (place, lane, due_at, created_at, key)
        where state = 'queued' and ts is not null""",
    "create index outbox_below on outbox (thread) where thread is not null",
    "create index outbox_within on outbox (within) where within is not null",
    "create index outbox_digests on outbox (place, created_at) where kind = 'digest'",
    """create table storms (
        place text primary key, began_at bigint not null, calm_since bigint,
        cards bigint not null, digests bigint not null)""",
    """create table silences (
        is_update bigint not null, channel text not null, until bigint not null,
        primary key (is_update, channel))""",
)
