"""The epochs, and what tells a database from an older copy of itself (`lineage.py`)."""

M009_EPOCHS = (
    """create table epochs (
        number bigint primary key, cause text not null, backup_at bigint not null,
        begun_at bigint not null, looks_until bigint not null, released_at bigint)""",
    "create table lineage (mark text not null)",
    "insert into counters (name, value) values ('pulse', 0)",
)
