"""Terms that have changed, and how far the cases that were open have been counted anew."""

M006_RECOUNTS = (
    # `opened_at` and `case_id` are those of the last case that has been counted.
    """create table recounts (
        department text not null, priority text not null, since bigint not null,
        opened_at bigint not null default 0, case_id bigint not null default 0,
        primary key (department, priority))""",
)
