"""Posts as they came in, and the conversations they belong to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CaseId, PostKey
from bot.domain.post import Author, Post, Priority, Visibility
from bot.store.database import Database, Row, listed, numbered
from bot.store.times import from_json, moment, moment_or_none, stamp, stamp_or_none, to_json
from bot.store.words import index_words


@dataclass(frozen=True)
class StoredPost:
    """A post and what became of it: `case` is None while it is only overheard."""

    post: Post
    stored_at: datetime
    case: CaseId | None
    language: str | None  # the post's own, else the one that was found
    edited_at: datetime | None = None
    deleted_at: datetime | None = None


class Posts:
    def __init__(self, db: Database):
        self._db = db

    def add(self, post: Post, *, at: datetime, language: str | None) -> bool:
        """False where this key is stored already; then nothing has changed."""
        return self._db.run(_INSERT, _as_row(post, at, language)) == 1

    def get(self, key: PostKey) -> StoredPost | None:
        rows = self._db.rows("select * from posts where key = :key", {"key": key})
        return _from_row(rows[0]) if rows else None

    def among(self, keys: Collection[PostKey]) -> dict[PostKey, StoredPost]:
        """Those of these keys that there are."""
        marks = numbered("k", keys)
        rows = self._db.rows(
            f"""select * from posts
                where key in ({listed(marks)})""",
            marks,
        )
        return {PostKey(row["key"]): _from_row(row) for row in rows}

    def revise(self, post: Post, at: datetime) -> None:
        """The author edited it: the newest words stand, the moment says so."""
        self._db.run(
            """update posts set text = :text, edited_at = :at, media = :media,
                   priority = coalesce(:priority, priority) where key = :key""",
            {
                "key": post.key, "text": post.text, "at": stamp(at),
                "media": to_json(post.media), "priority": post.priority,
            },
        )  # fmt: skip
        index_words(self._db, post.key)

    def complete(self, post: Post, *, at: datetime, language: str | None) -> None:
        """Its deletion came before it: all it says is kept, the mark stays."""
        self._db.run(_COMPLETE, _as_row(post, at, language))

    def mark_deleted(self, key: PostKey, at: datetime) -> None:
        self._db.run(
            "update posts set deleted_at = :at where key = :key", {"key": key, "at": stamp(at)}
        )

    def belong_to(self, case: CaseId, keys: Iterable[PostKey]) -> None:
        self._db.run_many(
            "update posts set case_id = :case where key = :key",
            [{"case": case, "key": key} for key in keys],
        )

    def move(self, origin: CaseId, to: CaseId) -> None:
        """Two cases became one: the posts and what will answer them belong to the other."""
        params = {"origin": origin, "to": to}
        self._db.run("update posts set case_id = :to where case_id = :origin", params)
        self._db.run("update conversations set case_id = :to where case_id = :origin", params)

    def of_case(self, case: CaseId) -> list[StoredPost]:
        sql = "select * from posts where case_id = :case order by stored_at, key"
        return [_from_row(row) for row in self._db.rows(sql, {"case": case})]

    def of_author(self, post: Post, *, since: datetime, limit: int = 20) -> list[StoredPost]:
        """The newest first, this one left out."""
        rows = self._db.rows(
            """select * from posts where author = :author and stored_at >= :since and key <> :key
               order by stored_at desc limit :limit""",
            {"author": author_key(post), "since": stamp(since), "key": post.key, "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def spoken_since(self, post: Post, since: datetime, *, limit: int = 20) -> list[StoredPost]:
        """What the author of this post has written, changed or deleted since, the newest first."""
        rows = self._db.rows(
            """select * from posts where author = :author
               and (stored_at > :since or edited_at > :since or deleted_at > :since)
               order by stored_at desc, key desc limit :limit""",
            {"author": author_key(post), "since": stamp(since), "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def accounts(self, source: str, *, limit: int = 20) -> list[str]:
        """The accounts of ours that posts of this source have named."""
        rows = self._db.rows(
            """select distinct account from posts where source = :source and account is not null
               order by account limit :limit""",
            {"source": source, "limit": limit},
        )
        return [row["account"] for row in rows]

    def addressed_since(self, since: datetime, *, limit: int) -> list[StoredPost]:
        """The newest posts that opened a case, for telling what a rule would have done."""
        rows = self._db.rows(
            """select posts.* from posts join cases on cases.post = posts.key
               where stored_at >= :since order by stored_at desc limit :limit""",
            {"since": stamp(since), "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def sources(self) -> list[tuple[str, int]]:
        """Where posts came from, with how many."""
        rows = self._db.rows("select source, count(*) as n from posts group by source order by 1")
        return [(row["source"], row["n"]) for row in rows]

    def conversation(self, keys: Iterable[str]) -> list[CaseId]:
        """The cases that these conversation keys lead to, the oldest first."""
        found: set[CaseId] = set()
        for key in keys:
            rows = self._db.rows("select case_id from conversations where key = :key", {"key": key})
            found.update(CaseId(row["case_id"]) for row in rows)
        return sorted(found)

    def lead(self, keys: Iterable[str], case: CaseId) -> None:
        """From now on these conversation keys lead to this case."""
        self._db.run_many(
            """insert into conversations (key, case_id) values (:key, :case)
               on conflict (key) do update set case_id = excluded.case_id""",
            [{"key": key, "case": case} for key in keys],
        )


def author_key(post: Post) -> str:
    return f"{post.source}:{post.author.identity}"


_COLUMNS = (
    "key", "source", "id", "author", "handle", "name", "author_id", "followers", "account", "text",
    "language", "created_at", "stored_at", "visibility", "addressed", "priority", "url",
    "in_reply_to", "conversation", "location", "media", "door",
)  # fmt: skip
_INSERT = (
    f"insert into posts ({', '.join(_COLUMNS)}) values ({', '.join(f':{c}' for c in _COLUMNS)}) "
    "on conflict (key) do nothing"
)
_COMPLETE = f"update posts set {', '.join(f'{c} = :{c}' for c in _COLUMNS[1:])} where key = :key"


def _as_row(post: Post, at: datetime, language: str | None) -> dict[str, object]:
    return {
        "key": post.key,
        "source": post.source,
        "id": post.id,
        "author": author_key(post),
        "handle": post.author.handle,
        "name": post.author.name,
        "author_id": post.author.id,
        "followers": post.author.followers,
        "account": post.account,
        "text": post.text,
        "language": post.language or language,
        "created_at": stamp_or_none(post.created_at),
        "stored_at": stamp(at),
        "visibility": post.visibility,
        "addressed": int(post.addressed),
        "priority": post.priority,
        "url": post.url,
        "in_reply_to": post.in_reply_to,
        "conversation": post.conversation,
        "location": post.location,
        "media": to_json(post.media),
        "door": post.door,
    }


def _from_row(row: Row) -> StoredPost:
    post = Post(
        source=row["source"],
        id=row["id"],
        text=row["text"],
        author=Author(row["handle"], row["author_id"], row["name"], row["followers"]),
        created_at=moment_or_none(row["created_at"]),
        account=row["account"],
        visibility=Visibility(row["visibility"]),
        addressed=bool(row["addressed"]),
        priority=Priority(row["priority"]) if row["priority"] else None,
        url=row["url"],
        in_reply_to=row["in_reply_to"],
        conversation=row["conversation"],
        language=row["language"],
        location=row["location"],
        media=tuple(from_json(row["media"])),
        door=row["door"],
    )
    return StoredPost(
        post,
        stored_at=moment(row["stored_at"]),
        case=CaseId(row["case_id"]) if row["case_id"] else None,
        language=row["language"],
        edited_at=moment_or_none(row["edited_at"]),
        deleted_at=moment_or_none(row["deleted_at"]),
    )
