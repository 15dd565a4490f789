"""Cases that somebody linked: the smaller number first, so that a pair is there once."""

M018_LINKS = (
    """create table case_links (
        case_id bigint not null, other bigint not null, by_member text not null, at bigint not null,
        primary key (case_id, other))""",
    "create index case_links_of_other on case_links (other)",
)
