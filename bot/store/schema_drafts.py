"""What people write and have not sent: one row for each person and case."""

M012_DRAFTS = (
    """create table drafts (
        case_id bigint not null, member text not null, post text not null, account text,
        visibility text not null, opened_at bigint not null, text text not null, kept_at bigint,
        previewed text, has_claimed bigint not null, primary key (case_id, member))""",
    # Which accounts of ours a source has named, asked where a post names none.
    "create index posts_by_account on posts (source, account) where account is not null",
)
