"""What was received already, kept long enough that no repetition slips through."""

from datetime import datetime

from bot.domain.ids import CaseId, MemberId, PostKey
from bot.domain.mute import Mute
from bot.store.database import Database
from bot.store.times import moment, moment_or_none, stamp


class Seen:
    def __init__(self, db: Database):
        self._db = db

    def first(
        self, key: str, at: datetime, post: PostKey | None = None, body: str | None = None
    ) -> bool:
        """False where this was received before."""
        sql = """insert into seen (key, at, post, body) values (:key, :at, :post, :body)
                 on conflict (key) do nothing"""
        values = {"key": key, "at": stamp(at), "post": post, "body": body}
        return self._db.run(sql, values) == 1

    def has(self, key: str) -> bool:
        return bool(self._db.rows("select 1 from seen where key = :key", {"key": key}))

    def delivered(self, key: str) -> tuple[PostKey | None, str | None]:
        """The post that was received with it, and the digest of the body."""
        rows = self._db.rows("select post, body from seen where key = :key", {"key": key})
        post, body = (rows[0]["post"], rows[0]["body"]) if rows else (None, None)
        return PostKey(post) if post else None, body

    def forget_before(self, at: datetime, *, limit: int) -> int:
        """The oldest of them; how many."""
        return self._db.run(
            """delete from seen where key in (
                   select key from seen where at < :at order by at limit :limit)""",
            {"at": stamp(at), "limit": limit},
        )

    # An author may be muted for a while: the posts come in, no card asks for an answer.

    def mute(self, author: str, until: datetime, *, by: str, reason: str) -> None:
        self._db.run(
            """insert into muted (author, until, by_member, reason)
               values (:author, :until, :by, :reason)
               on conflict (author) do update set until = excluded.until,
                   by_member = excluded.by_member, reason = excluded.reason""",
            {"author": author, "until": stamp(until), "by": by, "reason": reason},
        )

    def mutes(self, now: datetime) -> list[Mute]:
        """Those in force, the first to end first; with the handle that the author had last."""
        rows = self._db.rows(
            """select muted.*, (select handle from posts where posts.author = muted.author
                   order by stored_at desc limit 1) as handle,
                   (select max(case_id) from posts where posts.author = muted.author) as case_id
               from muted where until > :now order by until, author""",
            {"now": stamp(now)},
        )
        return [
            Mute(
                row["author"], row["handle"] or "", moment(row["until"]),
                MemberId(row["by_member"]), row["reason"],
                CaseId(row["case_id"]) if row["case_id"] else None,
            )
            for row in rows
        ]  # fmt: skip

    def unmute(self, author: str) -> bool:
        """False where nobody had muted them."""
        return self._db.run("delete from muted where author = :author", {"author": author}) == 1

    def muted_until(self, author: str) -> datetime | None:
        rows = self._db.rows("select until from muted where author = :author", {"author": author})
        return moment_or_none(rows[0]["until"]) if rows else None
