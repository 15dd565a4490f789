"""Who was asked by whom and when, what was taken back, and which asks still want something."""

M016_ASKS = (
    "alter table asks add column asked_by text",
    "alter table asks add column asked_at bigint",
    "alter table asks add column taken_back_at bigint",
    "alter table asks add column is_cover bigint not null default 0",
    # What follows a closed case wants nothing more, unless its words do.
    "alter table asks add column moot bigint not null default 0",
    """update asks set is_cover = 1
       where ask like '% is closed: take it over if it cannot wait'""",
    """update asks set moot = 1
       where case_id in (select id from cases where closed_at is not null)""",
    """create index asks_waiting on asks (department, case_id)
       where done_at is null and taken_back_at is null and moot = 0""",
)
