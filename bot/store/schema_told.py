"""Calls to a whole channel: what is to be called for and when, and what was."""

M014_TOLD = (
    """create table alerts (
        case_id bigint not null, place text not null, why text not null, due_at bigint not null,
        said_at bigint, message text, primary key (case_id, place, why, due_at))""",
    "create index alerts_to_come on alerts (place, due_at) where said_at is null",
    "create index alerts_said on alerts (place, said_at) where said_at is not null",
    "create index alerts_by_message on alerts (message) where message is not null",
)
