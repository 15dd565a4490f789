"""The desk's time, told by the processes that run to those that start."""

M021_CLOCK = (
    """create table clock (
        id bigint primary key, at bigint not null, wall bigint not null, since bigint not null,
        machine text not null, steady bigint not null)""",
    # What stands there was written by then, whatever the machine's clock says now.
    """insert into clock (id, at, wall, since, machine, steady)
        select 1, max(at), max(at), max(at), '', 0 from events having max(at) is not null""",
)
