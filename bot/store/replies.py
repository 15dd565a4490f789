"""Public replies, by the state they have reached."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.errors import NoSuchReply
from bot.domain.ids import CaseId, DepartmentKey, MemberId, PostKey
from bot.domain.post import Visibility
from bot.domain.post_links import names_of
from bot.domain.reply import Reply, ReplyState
from bot.store.database import Database, Row, listed, numbered
from bot.store.times import moment, moment_or_none, stamp, stamp_or_none


class Replies:
    def __init__(self, db: Database):
        self._db = db

    def add(self, reply: Reply) -> Reply:
        self._db.run(_INSERT, _as_row(reply))
        return reply

    def save(self, reply: Reply) -> Reply:
        self._db.run(_UPDATE, _as_row(reply))
        return reply

    def get(self, key: str) -> Reply:
        rows = self._db.rows("select * from replies where key = :key", {"key": key})
        if not rows:
            raise NoSuchReply(key)
        return _from_row(rows[0])

    def of_case(self, case: CaseId) -> list[Reply]:
        sql = "select * from replies where case_id = :case order by created_at, key"
        return [_from_row(row) for row in self._db.rows(sql, {"case": case})]

    def latest(self, case: CaseId) -> Reply | None:
        """The newest that was not dropped."""
        rows = self._db.rows(
            """select * from replies where case_id = :case and state <> 'dropped'
               order by created_at desc, key desc limit 1""",
            {"case": case},
        )
        return _from_row(rows[0]) if rows else None

    def ripe(self, now: datetime, *, limit: int) -> list[Reply]:
        """Those whose *Undo* has run out, at most one a case, the oldest first.

        A case with a reply under way has to wait, so words arrive in the order they were written.
        """
        rows = self._db.rows(
            """select * from replies ripe where state = 'undo' and send_at <= :now
               and not exists (select 1 from replies earlier where earlier.case_id = ripe.case_id
                   and (earlier.state = 'sending' or (earlier.state = 'undo'
                       and (earlier.created_at, earlier.key) < (ripe.created_at, ripe.key))))
               order by send_at, key limit :limit""",
            {"now": stamp(now), "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def next_at(self) -> datetime | None:
        """When the next one becomes ripe."""
        row = self._db.rows("select min(send_at) as at from replies where state = 'undo'")[0]
        return moment_or_none(row["at"])

    def in_state(self, *states: ReplyState, limit: int = 100) -> list[Reply]:
        marks = numbered("s", states)
        rows = self._db.rows(
            f"""select * from replies where state not in ('sent', 'dropped')
                    and state in ({listed(marks)})
                order by created_at, key limit :limit""",
            {**marks, "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def hold_waiting(self, reason: str) -> None:
        """All that wait with *Undo*."""
        self._db.run(
            "update replies set state = 'held', reason = :reason where state = 'undo'",
            {"reason": reason},
        )

    def for_a_person(
        self, departments: Collection[DepartmentKey] | None, *, limit: int
    ) -> list[Reply]:
        """Of unknown outcome, refused, held: in this order, the oldest first; None: everywhere."""
        marks = numbered("d", departments or ())
        here = "" if departments is None else f"and cases.department in ({listed(marks)})"
        rows = self._db.rows(
            f"""select replies.* from replies join cases on cases.id = replies.case_id
                where replies.state not in ('sent', 'dropped')
                    and replies.state in ('unknown', 'rejected', 'held') {here}
                order by case replies.state when 'unknown' then 0 when 'rejected' then 1 else 2 end,
                    replies.created_at, replies.key limit :limit""",
            {**marks, "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def by_receipt(self, source: str, remote_id: str) -> Reply | None:
        """The answer of ours that this network calls so."""
        rows = self._db.rows(
            """select replies.* from replies join posts on posts.key = replies.post
               where replies.remote_id in (:remote, :short) and posts.source = :source limit 1""",
            {"remote": remote_id, "short": names_of(remote_id)[-1], "source": source},
        )
        return _from_row(rows[0]) if rows else None

    def out_to(self, post: PostKey) -> list[Reply]:
        """What has left for this post, or may have; the newest first."""
        rows = self._db.rows(
            """select * from replies where post = :post and state in ('sending', 'unknown', 'sent')
               order by created_at desc, key""",
            {"post": post},
        )
        return [_from_row(row) for row in rows]

    def out_in(self, root: PostKey) -> list[Reply]:
        """The same for all posts of this conversation."""
        rows = self._db.rows(
            """select replies.* from replies join posts on posts.key = replies.post
               where posts.root = :root and replies.state in ('sending', 'unknown', 'sent')
               order by replies.created_at desc, replies.key""",
            {"root": root},
        )
        return [_from_row(row) for row in rows]


_COLUMNS = (
    "key", "case_id", "post", "author", "text", "visibility", "account", "created_at", "send_at",
    "state", "reason", "attempts", "started_at", "sent_at", "remote_id", "url",
)  # fmt: skip
_INSERT = (
    f"insert into replies ({', '.join(_COLUMNS)}) values ({', '.join(f':{c}' for c in _COLUMNS)})"
)
_UPDATE = f"update replies set {', '.join(f'{c} = :{c}' for c in _COLUMNS[1:])} where key = :key"


def _as_row(reply: Reply) -> dict[str, object]:
    return {
        "key": reply.key,
        "case_id": reply.case,
        "post": reply.post,
        "author": reply.author,
        "text": reply.text,
        "visibility": reply.visibility,
        "account": reply.account,
        "created_at": stamp(reply.created_at),
        "send_at": stamp(reply.send_at),
        "state": reply.state,
        "reason": reply.reason,
        "attempts": reply.attempts,
        "started_at": stamp_or_none(reply.started_at),
        "sent_at": stamp_or_none(reply.sent_at),
        "remote_id": reply.remote_id,
        "url": reply.url,
    }


def _from_row(row: Row) -> Reply:
    return Reply(
        key=row["key"],
        case=CaseId(row["case_id"]),
        post=PostKey(row["post"]),
        author=MemberId(row["author"]),
        text=row["text"],
        visibility=Visibility(row["visibility"]),
        account=row["account"],
        created_at=moment(row["created_at"]),
        send_at=moment(row["send_at"]),
        state=ReplyState(row["state"]),
        reason=row["reason"],
        attempts=row["attempts"],
        started_at=moment_or_none(row["started_at"]),
        sent_at=moment_or_none(row["sent_at"]),
        remote_id=row["remote_id"],
        url=row["url"],
    )
