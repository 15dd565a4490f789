"""Posts as they came in, and whose words they are."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conversation import Heard
from bot.domain.ids import CaseId, PostKey
from bot.domain.post import Author, Post, PostKind, Priority, Visibility
from bot.domain.post_links import keys_of, link_key
from bot.store.authors import adopt, author_of
from bot.store.database import Database, Row, listed, numbered
from bot.store.times import from_json, moment, moment_or_none, stamp, stamp_or_none, to_json
from bot.store.words import index_cases, index_more, index_post


@dataclass(frozen=True)
class StoredPost:
    """A post and what became of it: `case` is None where it is nobody's we owe an answer."""

    post: Post
    stored_at: datetime
    case: CaseId | None
    language: str | None  # the post's own, else the one that was found
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    author: str = ""  # who wrote it, as `author_key` and what the network told since have it
    heard_as: Heard = Heard.WORD
    root: PostKey | None = None  # which conversation it stands in


class Posts:
    def __init__(self, db: Database):
        self._db = db

    def add(self, post: Post, *, at: datetime, language: str | None) -> StoredPost | None:
        """As it is stored now; None where this key is stored already, and nothing has changed."""
        author = author_of(self._db, post)
        if self._db.run(_INSERT, _as_row(post, at, language, author)) == 0:
            return None
        adopt(self._db, post, author)
        return _new(post, at, language, author)

    def get(self, key: PostKey) -> StoredPost | None:
        rows = self._db.rows("select * from posts where key = :key", {"key": key})
        return post_from_row(rows[0]) if rows else None

    def behind(self, url: str) -> StoredPost | None:
        """The post that this link means, however written: a case's, else an overheard one."""
        marks = numbered("k", list(keys_of(url)))
        rows = self._db.rows(
            f"""select * from posts where (case_id is not null or addressed = 0)
                and (link in (:link, :url) or key in ({listed(marks)}))
                order by case_id is null, stored_at, key limit 1""",
            {"link": link_key(url), "url": url, **marks},
        )
        return post_from_row(rows[0]) if rows else None

    def among(self, keys: Collection[PostKey]) -> dict[PostKey, StoredPost]:
        """Those of these keys that there are."""
        marks = numbered("k", keys)
        rows = self._db.rows(
            f"""select * from posts
                where key in ({listed(marks)})""",
            marks,
        )
        return {PostKey(row["key"]): post_from_row(row) for row in rows}

    def revise(self, post: Post, at: datetime) -> None:
        """The author edited it: the newest words stand, the moment says so."""
        self._db.run(
            """update posts set text = :text, edited_at = :at, media = :media,
                   visibility = :visibility, priority = coalesce(:priority, priority)
               where key = :key""",
            {
                "key": post.key, "text": post.text, "at": stamp(at),
                "media": to_json(post.media), "priority": post.priority,
                "visibility": post.visibility,
            },
        )  # fmt: skip
        index_post(self._db, post.key)

    def complete(self, post: Post, *, at: datetime, language: str | None) -> StoredPost:
        """All it says is kept now, of which there was only a mark before; the mark stays."""
        author = author_of(self._db, post)
        self._db.run(_COMPLETE, _as_row(post, at, language, author))
        adopt(self._db, post, author)
        return _new(post, at, language, author)

    def mark_deleted(self, key: PostKey, at: datetime) -> None:
        self._db.run(
            "update posts set deleted_at = :at where key = :key", {"key": key, "at": stamp(at)}
        )

    def belong(
        self, key: PostKey, root: PostKey | None, heard_as: Heard, case: CaseId | None = None
    ) -> None:
        """What it is to the desk, and where it stands."""
        self._db.run(
            "update posts set root = :root, heard_as = :as, case_id = :case where key = :key",
            {"key": key, "root": root, "as": heard_as, "case": case},
        )
        if case:
            index_more(self._db, case, key)

    def move(self, origin: CaseId, to: CaseId) -> None:
        """Two cases became one: the posts and what will answer them belong to the other."""
        params = {"origin": origin, "to": to}
        self._db.run("update posts set case_id = :to where case_id = :origin", params)
        index_cases(self._db, [to])

    def of_case(self, case: CaseId) -> list[StoredPost]:
        """Its customer's words, and those of the cases merged into it, as they came in."""
        sql = "select * from posts where case_id = :case order by stored_at, key"
        return [post_from_row(row) for row in self._db.rows(sql, {"case": case})]

    def outline(self, case: CaseId) -> list[StoredPost]:
        """The same without their texts: of thousands a card shows two."""
        rows = self._db.rows(
            f"""select {_WITHOUT_TEXT}, '' as text from posts where case_id = :case
                order by stored_at, key""",
            {"case": case},
        )
        return [post_from_row(row) for row in rows]

    def of_cases(self, cases: Collection[CaseId]) -> dict[CaseId, list[StoredPost]]:
        """The same for many, at once."""
        marks = numbered("c", cases)
        rows = self._db.rows(
            f"""select * from posts where case_id in ({listed(marks)})
                order by stored_at, key""",
            marks,
        )
        posts: dict[CaseId, list[StoredPost]] = {case: [] for case in cases}
        for row in rows:
            posts[CaseId(row["case_id"])].append(post_from_row(row))
        return posts

    def newest(self, case: CaseId) -> StoredPost | None:
        """The customer's last word that still stands."""
        rows = self._db.rows(
            """select * from posts where case_id = :case and deleted_at is null
                   and heard_as <> 'late'
               order by stored_at desc, key desc limit 1""",
            {"case": case},
        )
        return post_from_row(rows[0]) if rows else None

    def of_author(self, post: Post, *, since: datetime, limit: int = 20) -> list[StoredPost]:
        """The newest first, this one left out."""
        rows = self._db.rows(
            """select * from posts where author = :author and stored_at >= :since and key <> :key
               order by stored_at desc limit :limit""",
            {
                "author": author_of(self._db, post), "since": stamp(since), "key": post.key,
                "limit": limit,
            },
        )  # fmt: skip
        return [post_from_row(row) for row in rows]

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
               where stored_at >= :since and heard_as <> 'ours'
               order by stored_at desc limit :limit""",
            {"since": stamp(since), "limit": limit},
        )
        return [post_from_row(row) for row in rows]

    def sources(self) -> list[tuple[str, int]]:
        """Where posts came from, with how many."""
        rows = self._db.rows("select source, count(*) as n from posts group by source order by 1")
        return [(row["source"], row["n"]) for row in rows]


_COLUMNS = (
    "key", "source", "id", "author", "handle", "name", "author_id", "followers", "account", "text",
    "language", "created_at", "stored_at", "visibility", "addressed", "priority", "url",
    "in_reply_to", "conversation", "location", "media", "door", "link",
)  # fmt: skip
_WITHOUT_TEXT = ", ".join(
    (*(one for one in _COLUMNS if one != "text"), "case_id", "edited_at", "deleted_at", "heard_as",
     "root")
)  # fmt: skip
_INSERT = (
    f"insert into posts ({', '.join(_COLUMNS)}) values ({', '.join(f':{c}' for c in _COLUMNS)}) "
    "on conflict (key) do nothing"
)
_COMPLETE = f"update posts set {', '.join(f'{c} = :{c}' for c in _COLUMNS[1:])} where key = :key"


def _new(post: Post, at: datetime, language: str | None, author: str) -> StoredPost:
    """What would be read back."""
    language = post.language or language
    kept = replace(post, kind=PostKind.POST, language=language)
    return StoredPost(kept, at, None, language, author=author)


def _as_row(post: Post, at: datetime, language: str | None, author: str) -> dict[str, object]:
    return {
        "key": post.key,
        "source": post.source,
        "id": post.id,
        "author": author,
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
        "link": link_key(post.url),
    }


def post_from_row(row: Row) -> StoredPost:
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
        author=row["author"],
        heard_as=Heard(row["heard_as"]),
        root=PostKey(row["root"]) if row["root"] else None,
    )
