"""By which door a post came in, so that replies leave by it, and which post a link means."""

M010_ACCOUNTS = ("alter table posts add column door text",)

M010_POST_LINKS = (
    # Which post a link means. What came in before has its link as it was written.
    "alter table posts add column link text",
    "update posts set link = url where url is not null",
    "create index posts_by_link on posts (link) where link is not null",
)
