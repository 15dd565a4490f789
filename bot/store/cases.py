"""Cases: one row each, the whole state, saved by version."""

from collections.abc import Collection

from bot.domain.case import Case, Closing, HandOff, Outcome, OutsideAnswer
from bot.domain.errors import NoSuchCase
from bot.domain.ids import CaseId, DepartmentKey, MemberId, PostKey
from bot.domain.post import Priority
from bot.store.database import READ_TOGETHER, Database, Row, listed, numbered
from bot.store.times import (
    from_json,
    moment,
    moment_or_none,
    stamp,
    stamp_or_none,
    to_json,
)
from bot.store.within import PAGE, Within
from bot.store.words import index_post


class Cases:
    def __init__(self, db: Database):
        self._db = db

    def next_id(self) -> CaseId:
        """The next number; it is spent only if the transaction is kept."""
        self._db.run("update counters set value = value + 1 where name = 'case'")
        return CaseId(self._db.rows("select value from counters where name = 'case'")[0]["value"])

    def add(self, case: Case) -> Case:
        self._db.run(_INSERT, _as_row(case))
        index_post(self._db, case.post)
        return case

    def save(self, case: Case) -> Case:
        """Keeps the new state; the version only ever grows."""
        changed = self._db.run(_UPDATE, _as_row(case))
        assert changed == 1, f"case {case.id} was changed behind this transaction's back"
        return case

    def get(self, case: CaseId) -> Case:
        found = self.find(case)
        if found is None:
            raise NoSuchCase(case)
        return found

    def find(self, case: CaseId) -> Case | None:
        rows = self._db.rows("select * from cases where id = :id", {"id": case})
        return case_from_row(rows[0]) if rows else None

    def among(self, cases: Collection[CaseId]) -> dict[CaseId, Case]:
        """Those of these numbers that there are."""
        numbers, found = list(cases), dict[CaseId, Case]()
        for start in range(0, len(numbers), READ_TOGETHER):
            marks = numbered("c", numbers[start : start + READ_TOGETHER])
            rows = self._db.rows(f"select * from cases where id in ({listed(marks)})", marks)
            found |= {CaseId(row["id"]): case_from_row(row) for row in rows}
        return found

    def queue(self, department: DepartmentKey, *, limit: int = 50) -> list[Case]:
        """The department's open cases that nobody has and that are awake, in the queue's order."""
        rows = self._db.rows(
            f"""select cases.*, {_DUE} from cases
                where department = :department and closed_at is null
                    and assignee is null and snoozed_until is null
                order by {_IN_ORDER} limit :limit""",
            {"department": department, "limit": limit},
        )
        return [case_from_row(row) for row in rows]

    def most_urgent(self, *, limit: int) -> list[Case]:
        """Open cases of all departments in the queue's order, those that sleep at the end."""
        rows = self._db.rows(
            f"""select cases.*, {_DUE} from cases where closed_at is null
                order by {_ASLEEP_LAST}, {_IN_ORDER} limit :limit""",
            {"limit": limit},
        )
        return [case_from_row(row) for row in rows]

    def of_member(self, member: MemberId, *, limit: int = 200) -> list[Case]:
        """What somebody has, in the same order."""
        rows = self._db.rows(
            f"""select cases.*, {_DUE} from cases where assignee = :member and closed_at is null
                order by {_ASLEEP_LAST}, {_IN_ORDER} limit :limit""",
            {"member": member, "limit": limit},
        )
        return [case_from_row(row) for row in rows]

    def count_of_member(self, member: MemberId) -> int:
        sql = "select count(*) as held from cases where assignee = :member and closed_at is null"
        return int(self._db.rows(sql, {"member": member})[0]["held"])

    def offered_to(self, member: MemberId) -> list[Case]:
        """Open cases on their way to this person."""
        sql = "select * from cases where hand_off is not null and closed_at is null"
        cases = [case_from_row(row) for row in self._db.rows(sql)]
        return [case for case in cases if case.hand_off and case.hand_off.person == member]

    def page(self, *, below: CaseId | None, within: Within) -> list[Case]:
        """The newest of these, for a search to look through."""
        where, params = within.written()
        rows = self._db.rows(
            f"select * from cases where id < :below and {where} order by id desc limit {PAGE}",
            {"below": below or 1 << 60, **params},
        )
        return [case_from_row(row) for row in rows]

    def pick(self, cases: Collection[CaseId], *, within: Within) -> list[Case]:
        """Those of a page of numbers that are among these, the newest first."""
        where, params = within.written()
        marks = numbered("c", cases)
        rows = self._db.rows(
            f"""select * from cases where id in ({listed(marks)})
                and {where} order by id desc""",
            {**marks, **params},
        )
        return [case_from_row(row) for row in rows]

    def open_count(self, department: DepartmentKey) -> tuple[int, int, int]:
        """How many open cases a department has, in its queue, and asleep and nobody's."""
        row = self._db.rows(
            """select count(*) as total, count(*) - count(assignee) as free,
                   count(case when assignee is null then snoozed_until end) as asleep
               from cases where department = :department and closed_at is null""",
            {"department": department},
        )[0]
        return row["total"], row["free"] - row["asleep"], row["asleep"]

    def of_author(self, author: str, *, limit: int = 50) -> list[Case]:
        """The cases of one customer, the newest first."""
        rows = self._db.rows(
            "select * from cases where customer = :author order by id desc limit :limit",
            {"author": author, "limit": limit},
        )
        return [case_from_row(row) for row in rows]

    def open_of(self, customer: str, *, limit: int) -> list[Case]:
        """Those of this customer that are open, the newest first."""
        rows = self._db.rows(
            """select * from cases where customer = :customer and closed_at is null
               order by id desc limit :limit""",
            {"customer": customer, "limit": limit},
        )
        return [case_from_row(row) for row in rows]

    def open_count_of(self, customer: str) -> int:
        sql = "select count(*) as n from cases where customer = :customer and closed_at is null"
        return int(self._db.rows(sql, {"customer": customer})[0]["n"])

    def in_conversation(self, customer: str, root: PostKey) -> list[Case]:
        """This customer's with words there, the newest first."""
        rows = self._db.rows(
            """select * from cases where customer = :customer and id in (
                   select case_id from posts where root = :root and case_id is not null)
               order by id desc""",
            {"customer": customer, "root": root},
        )
        return [case_from_row(row) for row in rows]


# The order of `bot.domain.queue_order`.
_DUE = """(select min(due_at) from promises
    where case_id = cases.id and stopped_at is null) as due"""
_AHEAD = "case priority when 'urgent' then 0 when 'high' then 1 else 2 end"
_ASLEEP_LAST = "case when snoozed_until is null then 0 else 1 end"
_IN_ORDER = f"{_AHEAD}, due nulls last, opened_at, id"
_COLUMNS = (
    "id", "post", "department", "priority", "opened_at", "why", "assignee", "claimed_at",
    "hand_off", "outcome", "closed_by", "closed_at", "closed_note", "merged_into",
    "waiting_since", "snoozed_until", "escalated", "earlier", "customer", "beside",
    "outside", "version",
)  # fmt: skip
_INSERT = (
    f"insert into cases ({', '.join(_COLUMNS)}) values ({', '.join(f':{c}' for c in _COLUMNS)})"
)
_UPDATE = (
    f"update cases set {', '.join(f'{c} = :{c}' for c in _COLUMNS[1:])} "
    "where id = :id and version < :version"
)


def _as_row(case: Case) -> dict[str, object]:
    closing = case.closing
    return {
        "id": case.id,
        "post": case.post,
        "department": case.department,
        "priority": case.priority,
        "opened_at": stamp(case.opened_at),
        "why": case.why,
        "assignee": case.assignee,
        "claimed_at": stamp_or_none(case.claimed_at),
        "hand_off": _hand_off_to_json(case.hand_off) if case.hand_off else None,
        "outcome": closing.outcome if closing else None,
        "closed_by": closing.by if closing else None,
        "closed_at": stamp(closing.at) if closing else None,
        "closed_note": closing.note if closing else None,
        "merged_into": closing.into if closing else None,
        "waiting_since": stamp_or_none(case.waiting_since),
        "snoozed_until": stamp_or_none(case.snoozed_until),
        "escalated": case.escalated,
        "earlier": case.earlier,
        "customer": case.customer,
        "beside": case.beside,
        "outside": _outside_to_json(case.outside) if case.outside else None,
        "version": case.version,
    }


def case_from_row(row: Row) -> Case:
    return Case(
        id=CaseId(row["id"]),
        post=PostKey(row["post"]),
        department=DepartmentKey(row["department"]),
        priority=Priority(row["priority"]),
        opened_at=moment(row["opened_at"]),
        why=row["why"],
        assignee=_member(row["assignee"]),
        claimed_at=moment_or_none(row["claimed_at"]),
        hand_off=_hand_off_from_json(row["hand_off"]) if row["hand_off"] else None,
        closing=_closing(row) if row["closed_at"] is not None else None,
        waiting_since=moment_or_none(row["waiting_since"]),
        snoozed_until=moment_or_none(row["snoozed_until"]),
        escalated=row["escalated"],
        earlier=CaseId(row["earlier"]) if row["earlier"] else None,
        customer=row["customer"],
        beside=CaseId(row["beside"]) if row["beside"] else None,
        outside=_outside_from_json(row["outside"]) if row["outside"] else None,
        version=row["version"],
    )


def _closing(row: Row) -> Closing:
    return Closing(
        Outcome(row["outcome"]),
        MemberId(row["closed_by"]),
        moment(row["closed_at"]),
        row["closed_note"] or "",
        CaseId(row["merged_into"]) if row["merged_into"] else None,
    )


def _member(value: str | None) -> MemberId | None:
    return MemberId(value) if value else None


def _hand_off_to_json(hand_off: HandOff) -> str:
    return to_json(
        {
            "sender": hand_off.sender,
            "origin": hand_off.origin,
            "person": hand_off.person,
            "ask": hand_off.ask,
            "at": stamp(hand_off.at),
            "due": stamp(hand_off.due),
            "missing": hand_off.missing,
        }
    )


def _hand_off_from_json(text: str) -> HandOff:
    facts = from_json(text)
    return HandOff(
        MemberId(facts["sender"]),
        DepartmentKey(facts["origin"]),
        _member(facts["person"]),
        facts["ask"],
        moment(facts["at"]),
        moment(facts["due"]),
        tuple(facts["missing"]),
    )


def _outside_to_json(answer: OutsideAnswer) -> str:
    return to_json(
        {"at": stamp(answer.at), "by": answer.by, "post": answer.post, "url": answer.url}
    )


def _outside_from_json(text: str) -> OutsideAnswer:
    facts = from_json(text)
    post = PostKey(facts["post"]) if facts["post"] else None
    return OutsideAnswer(moment(facts["at"]), MemberId(facts["by"]), post, facts["url"])
