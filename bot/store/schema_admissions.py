"""Who asked to be let into an incident by declaring it once more, and what its lead decided."""

M020_ADMISSIONS = (
    """create table admissions (
        {serial}, incident_id bigint not null, member text not null, severity bigint not null,
        cases text not null, asked_at bigint not null, decided_by text, decided_at bigint,
        is_in bigint not null, told text not null)""",
    "create index admissions_of_incident on admissions (incident_id, id)",
)
