"""The tables of incidents: what is wrong, who was asked in, what happened, and the channel."""

M003_INCIDENTS = (
    """create table incidents (
        {serial}, title text not null, wish text not null, name text not null,
        severity bigint not null, declared_by text not null, declared_at bigint not null,
        lead text, voice text, scribe text, last_update text not null, updated_by text,
        updated_at bigint, update_due bigint, reminded bigint not null, stood_down_by text,
        stood_down_at bigint, summary text not null)""",
    "create unique index incidents_once on incidents (wish) where stood_down_at is null",
    "create index incidents_due on incidents (update_due) where update_due is not null",
    """create table incident_cases (
        case_id bigint primary key, incident_id bigint not null, by_member text not null,
        at bigint not null)""",
    "create index cases_of_incident on incident_cases (incident_id)",
    """create table incident_entries (
        {serial}, incident_id bigint not null, at bigint not null, what text not null,
        actor text not null, text text, message text)""",
    "create index entries_of_incident on incident_entries (incident_id, id)",
    "create index entries_unread on incident_entries (id) where text is null",
    """create unique index entries_once on incident_entries (incident_id, message)
        where message is not null""",
    # The channel of an incident, and how far the desk has come with it: `wanted` and `done` count
    # its revisions as the outbox counts a message's.
    """create table rooms (
        incident_id bigint primary key, name text not null, channel text, wanted bigint not null,
        done bigint not null, due_at bigint not null, tries bigint not null,
        asked bigint not null, pinned text, topic text not null, fault text)""",
    "create index rooms_by_channel on rooms (channel)",
    """create table guests (
        incident_id bigint not null, member text not null, is_in bigint not null, fault text,
        primary key (incident_id, member))""",
)
