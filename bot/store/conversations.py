"""Which posts answer one another, whoever wrote them, and who writes there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import Heard, Others
from bot.domain.ids import CaseId, PostKey
from bot.domain.post import Post
from bot.domain.post_links import names_of
from bot.store.database import Database, listed, numbered
from bot.store.posts import StoredPost, post_from_row
from bot.store.times import stamp

NAMED = 5  # cases of others that are told by their number


@dataclass(frozen=True)
class Place:
    """Where a post stands: in the conversation that is named after `root`."""

    root: PostKey
    is_known: bool  # somebody has written there, or it was answered, before this post came in
    is_named: bool  # somebody has answered this very post before it came in, or it is our answer


class Conversations:
    def __init__(self, db: Database):
        self._db = db

    def place(self, post: Post) -> Place:
        """Its own key, what it answers and its network's thread lead to one conversation."""
        keys = _keys_of(post)
        known = self._roots(keys)
        root = self._unite(keys, known, post.key)
        return Place(root, bool(known), post.key in known)

    def lead(self, key: str, root: PostKey) -> None:
        """From now on whoever answers this writes in that conversation."""
        keys = [key, root]
        self._unite(keys, self._roots(keys), root)

    def knows(self, key: str) -> bool:
        return bool(self._roots([key]))

    def first_case(self, root: PostKey) -> CaseId | None:
        """The first that was opened there."""
        sql = "select min(case_id) as first from posts where root = :root and case_id is not null"
        first = self._db.rows(sql, {"root": root})[0]["first"]
        return CaseId(first) if first else None

    def open_cases(self, roots: Collection[str]) -> list[CaseId]:
        """All that have words there, the oldest first."""
        marks = numbered("r", roots)
        rows = self._db.rows(
            f"""select id from cases where closed_at is null and id in (
                    select case_id from posts
                    where root in ({listed(marks)}))
                order by id""",
            marks,
        )
        return [CaseId(row["id"]) for row in rows]

    def answers_in(self, root: PostKey) -> list[tuple[PostKey, str, CaseId | None]]:
        """Which post there answers which, and the case it is a word of."""
        rows = self._db.rows(
            """select key, source, in_reply_to, case_id from posts
               where root = :root and in_reply_to is not null""",
            {"root": root},
        )
        return [
            (PostKey(row["key"]), f"{row['source']}:{row['in_reply_to']}", row["case_id"])
            for row in rows
        ]

    def only_customer(self, root: PostKey) -> str | None:
        """Whose cases all of those with words there are; None: nobody's, or several people's."""
        rows = self._db.rows(
            """select distinct cases.customer from posts join cases on cases.id = posts.case_id
               where posts.root = :root limit 2""",
            {"root": root},
        )
        return str(rows[0]["customer"]) if len(rows) == 1 else None

    def others(self, roots: Collection[str], authors: Collection[str]) -> Others | None:
        """Who writes there beside these authors; None: nobody."""
        where, params = _beside(roots, authors)
        row = self._db.rows(
            f"""select count(distinct author) as people, count(distinct case_id) as cases,
                    count(*) - count(case_id) as overheard
                from posts where {where}""",
            params,
        )[0]
        if not row["people"]:
            return None
        rows = self._db.rows(
            f"""select distinct case_id from posts where {where} and case_id is not null
                order by case_id limit :limit""",
            {**params, "limit": NAMED},
        )
        named = tuple(CaseId(one["case_id"]) for one in rows)
        return Others(row["people"], named, row["cases"] - len(named), row["overheard"])

    def voices(
        self, roots: Collection[str], authors: Collection[str], *, limit: int
    ) -> list[StoredPost]:
        """What was said there by others, and by us in the network's own app; the newest last."""
        where, params = _beside(roots, authors, ours=True)
        rows = self._db.rows(
            f"select * from posts where {where} order by stored_at desc, key desc limit :limit",
            {**params, "limit": limit},
        )
        return [post_from_row(row) for row in reversed(rows)]

    def ours_answering(self, root: PostKey, id: str) -> StoredPost | None:
        """A word of ours that answers the post of this id there."""
        rows = self._db.rows(
            """select * from posts where root = :root and case_id is null and in_reply_to = :id
               and heard_as = 'ours' and deleted_at is null order by stored_at limit 1""",
            {"root": root, "id": id},
        )
        return post_from_row(rows[0]) if rows else None

    def news_of(self, author: str, *, since: datetime) -> list[StoredPost]:
        """What this author has written, edited or deleted anywhere since then, the newest first.

        What was answered before it came in is no news.
        """
        rows = self._db.rows(
            """select * from posts where author = :author and heard_as <> 'ours'
                   and ((stored_at > :since and heard_as <> 'late')
                       or edited_at > :since or deleted_at > :since)
               order by stored_at desc, key desc limit 20""",
            {"author": author, "since": stamp(since)},
        )
        return [post_from_row(row) for row in rows]

    def overheard_of(self, author: str, *, since: datetime, limit: int) -> list[StoredPost]:
        """What they said since then without addressing us, the newest first."""
        rows = self._db.rows(
            """select * from posts where author = :author and stored_at >= :since
               and heard_as = 'voice' order by stored_at desc, key desc limit :limit""",
            {"author": author, "since": stamp(since), "limit": limit},
        )
        return [post_from_row(row) for row in rows]

    def _roots(self, keys: Iterable[str]) -> dict[str, PostKey]:
        marks = numbered("k", keys)
        rows = self._db.rows(
            f"""select key, root from conversation_keys
                where key in ({listed(marks)})""",
            marks,
        )
        return {row["key"]: PostKey(row["root"]) for row in rows}

    def _unite(self, keys: Sequence[str], known: dict[str, PostKey], fresh: PostKey) -> PostKey:
        """One conversation from now on, where they were several; the least name stays."""
        roots = sorted(set(known.values()))
        root = roots[0] if roots else fresh
        for other in roots[1:]:
            both = {"root": root, "other": other}
            self._db.run("update conversation_keys set root = :root where root = :other", both)
            self._db.run("update posts set root = :root where root = :other", both)
        self._db.run_many(
            "insert into conversation_keys (key, root) values (:key, :root)",
            [{"key": key, "root": root} for key in keys if key not in known],
        )
        return root


def _keys_of(post: Post) -> list[str]:
    keys = [str(post.key)]
    if post.in_reply_to:
        keys += [f"{post.source}:{id}" for id in names_of(post.in_reply_to)]
    if post.conversation:
        keys.append(f"{post.source}:conversation:{post.conversation}")
    return list(dict.fromkeys(keys))


def _beside(
    roots: Collection[str], authors: Collection[str], *, ours: bool = False
) -> tuple[str, dict[str, object]]:
    """Words of others; whose deletion alone has come in said nothing."""
    there, them = numbered("r", roots), numbered("a", authors)
    left_out = (Heard.STUB,) if ours else (Heard.STUB, Heard.OURS)
    kinds = numbered("h", left_out)
    where = f"""root in ({listed(there)}) and author not in ({listed(them)})
        and heard_as not in ({listed(kinds)})"""
    return where, {**there, **them, **kinds}
