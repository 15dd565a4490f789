"""Whose words are whose: one customer a case, and conversations that many may write in.

A conversation is named by a post of it, its root; `conversation_keys` says which names lead there:
of its posts, of what they answer, of the network's own thread, and of our answers.
"""

_ROOT_OF = "(select root from conversation_keys where conversation_keys.key = {key})"
_ROOT_BESIDE = """(select min(root) from conversation_keys where conversation_keys.key in (
        posts.source || ':' || posts.in_reply_to,
        posts.source || ':conversation:' || posts.conversation))"""

M011_CONVERSATIONS = (
    "alter table cases add column customer text not null default ''",
    "alter table cases add column beside bigint",
    "alter table cases add column outside text",
    "alter table posts add column root text",
    "alter table posts add column heard_as text not null default 'word'",
    # A handle is never taken for somebody's id.
    """update posts set author = source || ':@' || substr(author, length(source) + 2)
       where author_id is null and substr(author, length(source) + 2, 1) <> '@'""",
    """update cases set customer =
       coalesce((select author from posts where posts.key = cases.post), '')""",
    "create table conversation_keys (key text primary key, root text not null)",
    "create index conversation_keys_by_root on conversation_keys (root)",
    """insert into conversation_keys (key, root)
       select conversations.key, cases.post from conversations
       join cases on cases.id = conversations.case_id""",
    "drop table conversations",
    f"update posts set root = {_ROOT_OF.format(key='posts.key')}",
    f"update posts set root = {_ROOT_BESIDE} where root is null",
    """insert into conversation_keys (key, root)
       select posts.source || ':' || replies.remote_id, min(posts.root)
       from replies join posts on posts.key = replies.post
       where replies.remote_id is not null and posts.root is not null
       group by posts.source || ':' || replies.remote_id
       on conflict (key) do nothing""",
    "update posts set heard_as = 'voice' where addressed = 0",
    """update posts set heard_as = 'stub'
       where case_id is null and addressed = 1 and deleted_at is not null""",
    "create index posts_by_root on posts (root, case_id)",
    "create index posts_by_handle on posts (source, ltrim(lower(handle), '@'))",
    "create index cases_of_customer on cases (customer, id)",
    "create index replies_by_post on replies (post)",
    # Cases up to here may mix customers; the first start looks at them (`services/parting.py`).
    "insert into counters (name, value) select 'unparted', value from counters where name = 'case'",
)
