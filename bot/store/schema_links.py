"""Cases that somebody linked, and cases that go on in another, with what went along.

A link has the smaller number first, so that a pair is there once.
"""

M018_LINKS = (
    """create table case_links (
        case_id bigint not null, other bigint not null, by_member text not null, at bigint not null,
        primary key (case_id, other))""",
    "create index case_links_of_other on case_links (other)",
)
M019_MERGES = (
    """create table merges (
        case_id bigint primary key, into_case bigint not null, at bigint not null,
        priority text not null, escalated text not null)""",
    """create table merged_posts (
        case_id bigint not null, post text not null, primary key (case_id, post))""",
    "create index merged_posts_by_post on merged_posts (post)",
)
