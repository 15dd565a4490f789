"""The tables, as named migrations that are only ever appended to.

Portable SQL: text ids, epoch milliseconds, JSON as text, booleans as 0 and 1. Customers' words
stand in `posts`, `replies` and `drafts` only, and as an index of single words in `case_words`, so
that forgetting somebody has few places to look. What stands in braces is where the engines differ.
"""

from bot.store.schema_accounts import M010_ACCOUNTS, M010_POST_LINKS
from bot.store.schema_admissions import M020_ADMISSIONS
from bot.store.schema_arbiter import M005_ARBITER
from bot.store.schema_asks import M016_ASKS
from bot.store.schema_calls import M013_CALLS
from bot.store.schema_channels import M023_CHANNELS
from bot.store.schema_clock import M021_CLOCK
from bot.store.schema_conversations import M011_CONVERSATIONS
from bot.store.schema_deliveries import M022_BODIES
from bot.store.schema_drafts import M012_DRAFTS
from bot.store.schema_epochs import M009_EPOCHS
from bot.store.schema_incidents import M003_INCIDENTS
from bot.store.schema_leases import M008_LEASES
from bot.store.schema_links import M018_LINKS, M019_MERGES
from bot.store.schema_recounts import M006_RECOUNTS
from bot.store.schema_set_aside import M015_SET_ASIDE
from bot.store.schema_told import M014_TOLD
from bot.store.schema_words import M017_WORDS_ANEW

M001_DESK = (
    """create table posts (
        key text primary key, source text not null, id text not null, case_id bigint,
        author text not null, handle text not null, name text, author_id text, followers bigint,
        account text, text text not null, language text, created_at bigint,
        stored_at bigint not null, visibility text not null, addressed bigint not null,
        priority text, url text, in_reply_to text, conversation text, location text,
        media text not null, edited_at bigint, deleted_at bigint)""",
    "create index posts_by_case on posts (case_id, stored_at)",
    "create index posts_by_author on posts (author, stored_at)",
    "create index posts_by_time on posts (stored_at)",
    """create table cases (
        {id}, post text not null, department text not null,
        priority text not null, opened_at bigint not null, why text not null, assignee text,
        claimed_at bigint, hand_off text, outcome text, closed_by text, closed_at bigint,
        closed_note text, merged_into bigint, waiting_since bigint, snoozed_until bigint,
        escalated text not null, earlier bigint, version bigint not null)""",
    "create index cases_open on cases (department, opened_at) where closed_at is null",
    "create index cases_of_member on cases (assignee) where closed_at is null",
    "create index cases_by_time on cases (opened_at)",
    "create index cases_by_post on cases (post)",
    "create index cases_on_their_way on cases (id) where hand_off is not null",
    "create table conversations (key text primary key, case_id bigint not null)",
    "create index conversations_of_case on conversations (case_id)",
    """create table asks (
        case_id bigint not null, department text not null, ask text not null,
        done_by text, done_at bigint, primary key (case_id, department))""",
    """create table questions (
        {serial}, case_id bigint not null, asker text not null,
        place text not null, question text not null, asked_at bigint not null,
        answer text, answered_by text, answered_at bigint)""",
    "create index questions_of_case on questions (case_id)",
    """create table promises (
        case_id bigint not null, promise text not null, started_at bigint not null,
        department text not null, target text not null, business bigint not null,
        warn bigint not null, due_at bigint, stopped_at bigint, pauses text not null,
        breached_at bigint, primary key (case_id, promise, started_at))""",
    "create index promises_by_start on promises (started_at)",
    """create index promises_broken on promises (case_id)
        where stopped_at is null and breached_at is not null""",
    """create table acknowledgements (
        case_id bigint not null, matter text not null, member text not null,
        at bigint not null, primary key (case_id, matter))""",
    """create table timers (
        case_id bigint not null, name text not null, due_at bigint not null,
        primary key (case_id, name))""",
    "create index timers_due on timers (due_at)",
    """create table events (
        {serial}, case_id bigint not null, at bigint not null,
        what text not null, actor text not null, data text not null)""",
    "create index events_of_case on events (case_id, id)",
    """create table outbox (
        key text primary key, kind text not null, place text not null, thread text,
        lane bigint not null, case_id bigint, args text not null, wanted bigint not null,
        shown bigint not null, state text not null, due_at bigint not null, tries bigint not null,
        created_at bigint not null, started_at bigint, attempt text, channel text, ts text,
        error text,
        looks bigint not null default 0, within text, reposts bigint not null default 0)""",
    "create index outbox_waiting on outbox (lane, due_at) where state = 'queued'",
    "create index outbox_unsettled on outbox (state, due_at) where state <> 'shown'",
    "create index outbox_by_message on outbox (channel, ts) where ts is not null",
    "create index outbox_of_case on outbox (case_id)",
    """create table replies (
        key text primary key, case_id bigint not null, post text not null, author text not null,
        text text not null, visibility text not null, account text, created_at bigint not null,
        send_at bigint not null, state text not null, reason text not null,
        attempts bigint not null, started_at bigint, sent_at bigint, remote_id text, url text)""",
    "create index replies_of_case on replies (case_id, created_at)",
    "create index replies_unsettled on replies (state) where state not in ('sent', 'dropped')",
    "create index replies_waiting on replies (send_at) where state = 'undo'",
    "create index replies_by_remote on replies (remote_id)",
    """create table people (
        id text primary key, name text not null, email text not null, is_admin bigint not null,
        is_outside bigint not null, is_gone bigint not null, time_zone text not null)""",
    "create index people_by_email on people (email)",
    """create table channels (
        place text primary key, name text not null, channel text, is_private bigint not null,
        is_archived bigint not null, fault text)""",
    "create index channels_by_id on channels (channel)",
    """create table members (
        channel text not null, member text not null, primary key (channel, member))""",
    "create index members_by_member on members (member)",
    "create table setup (area text primary key, document text not null)",
    """create table changes (
        {serial}, at bigint not null, actor text not null,
        area text not null, what text not null, before text, after text not null,
        undone_by text, undone_at bigint)""",
    "create table seen (key text primary key, at bigint not null)",
    "create index seen_by_time on seen (at)",
    """create table muted (
        author text primary key, until bigint not null, by_member text not null,
        reason text not null)""",
    "create table counters (name text primary key, value bigint not null)",
    # Case numbers begin where they look like case numbers.
    "insert into counters (name, value) values ('case', 1000)",
    "insert into counters (name, value) values ('revision', 1)",
)

M002_FIGURES = (
    # What was open when a period ended may have been closed since.
    "create index cases_by_closing on cases (closed_at, opened_at) where closed_at is not null",
)

M004_DELIVERIES = (
    # Which post came with a webhook-id, for the answer to whoever uses it again.
    "alter table seen add column post text",
)

M007_WORDS = (
    # Cases are found by the words of their post; those up to `unworded` are still to be indexed.
    "{case_words}",
    "{case_words_lookup}",
    "insert into counters (name, value) select 'unworded', value from counters where name = 'case'",
)

MIGRATIONS = (
    ("m001_desk", M001_DESK),
    ("m002_figures", M002_FIGURES),
    ("m003_incidents", M003_INCIDENTS),
    ("m004_deliveries", M004_DELIVERIES),
    ("m005_arbiter", M005_ARBITER),
    ("m006_recounts", M006_RECOUNTS),
    ("m007_words", M007_WORDS),
    ("m008_leases", M008_LEASES),
    ("m009_epochs", M009_EPOCHS),
    ("m010_accounts", M010_ACCOUNTS),
    ("m010_post_links", M010_POST_LINKS),
    ("m011_conversations", M011_CONVERSATIONS),
    ("m012_drafts", M012_DRAFTS),
    ("m013_calls", M013_CALLS),
    ("m014_told", M014_TOLD),
    ("m015_set_aside", M015_SET_ASIDE),
    ("m016_asks", M016_ASKS),
    ("m017_words_anew", M017_WORDS_ANEW),
    ("m018_links", M018_LINKS),
    ("m019_merges", M019_MERGES),
    ("m020_admissions", M020_ADMISSIONS),
    ("m021_clock", M021_CLOCK),
    ("m022_bodies", M022_BODIES),
    ("m023_channels", M023_CHANNELS),
)
