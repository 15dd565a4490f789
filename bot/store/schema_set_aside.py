"""What could not be done when it was due, and the cases whose department is gone."""

M015_SET_ASIDE = (
    # `name` is what it is called among its kind; `revision` that of the set-up it failed under.
    """create table set_aside (
        kind text not null, name text not null, case_id bigint, error text not null,
        reference text not null, since bigint not null, tried_at bigint not null,
        again_at bigint not null, tries bigint not null, revision bigint not null,
        primary key (kind, name))""",
    # Where a case was, and who had it, before triage took it over.
    """create table displaced (
        case_id bigint primary key, department text not null, assignee text,
        at bigint not null)""",
    "create index displaced_from on displaced (department)",
)
