"""Why a channel is the desk's: the name looked for, the id it had, and what is in doubt."""

M023_CHANNELS = (
    "alter table channels add column wished text",
    "alter table channels add column was text",
    "alter table channels add column is_shared bigint not null default 0",
    "alter table channels add column offer text",
    "alter table channels add column doubt text",
)
