"""Answers that are being written, each its writer's alone."""

from datetime import datetime

from bot.domain.draft import Draft, ReplyTarget
from bot.domain.ids import CaseId, MemberId, PostKey
from bot.domain.post import Visibility
from bot.store.database import Database, Row
from bot.store.times import moment, moment_or_none, stamp, stamp_or_none


class Drafts:
    def __init__(self, db: Database):
        self._db = db

    def get(self, case: CaseId, member: MemberId) -> Draft | None:
        rows = self._db.rows(
            "select * from drafts where case_id = :case and member = :member",
            {"case": case, "member": member},
        )
        return _from_row(rows[0]) if rows else None

    def save(self, draft: Draft) -> Draft:
        self._db.run(_SAVE, _as_row(draft))
        return draft

    def written_at(self, case: CaseId, member: MemberId) -> datetime | None:
        """When somebody's words were last kept; None where there are none."""
        draft = self.get(case, member)
        return draft.kept_at if draft and draft.has_words else None

    def drop(self, case: CaseId, member: MemberId) -> None:
        self._db.run(
            "delete from drafts where case_id = :case and member = :member",
            {"case": case, "member": member},
        )

    def drop_all(self, case: CaseId) -> None:
        self._db.run("delete from drafts where case_id = :case", {"case": case})

    def move(self, origin: CaseId, to: CaseId) -> None:
        """Two cases became one: words go along, unless their writer has begun others there."""
        params = {"origin": origin, "to": to}
        self._db.run(
            """update drafts set case_id = :to where case_id = :origin and kept_at is not null
               and member not in (select member from drafts where case_id = :to)""",
            params,
        )


_COLUMNS = (
    "case_id", "member", "post", "account", "visibility", "opened_at", "text", "kept_at",
    "previewed", "has_claimed",
)  # fmt: skip
_SAVE = (
    f"insert into drafts ({', '.join(_COLUMNS)}) values ({', '.join(f':{c}' for c in _COLUMNS)}) "
    "on conflict (case_id, member) do update set "
    + ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS[2:])
)


def _as_row(draft: Draft) -> dict[str, object]:
    return {
        "case_id": draft.case,
        "member": draft.member,
        "post": draft.target.post,
        "account": draft.target.account,
        "visibility": draft.target.visibility,
        "opened_at": stamp(draft.opened_at),
        "text": draft.text,
        "kept_at": stamp_or_none(draft.kept_at),
        "previewed": draft.previewed,
        "has_claimed": int(draft.has_claimed),
    }


def _from_row(row: Row) -> Draft:
    target = ReplyTarget(PostKey(row["post"]), row["account"], Visibility(row["visibility"]))
    return Draft(
        case=CaseId(row["case_id"]),
        member=MemberId(row["member"]),
        target=target,
        opened_at=moment(row["opened_at"]),
        text=row["text"],
        kept_at=moment_or_none(row["kept_at"]),
        previewed=row["previewed"],
        has_claimed=bool(row["has_claimed"]),
    )
