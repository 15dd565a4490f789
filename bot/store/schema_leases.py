"""The leases: which process does what only one may do."""

M008_LEASES = (
    """create table leases (
        task text primary key, holder text not null, fence bigint not null,
        renewed_at bigint not null)""",
)
