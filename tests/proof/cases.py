"""Many cases laid down at once, each with all that a real one leaves behind."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from bot.store.database import Database
from bot.store.setup import SetupDocuments
from bot.store.times import stamp, to_json
from config.files import SHIPPED, read_documents

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = (
    "Wo ist mein Koffer?",
    "Où est mon vol ✈",
    "搭乗口はどこ？",
    "quote ' and \"",
    "tab\tline\n",
)
AT_ONCE = 1000

Rows = dict[str, list[dict[str, object]]]


def lay_down(db: Database, cases: int, *, is_older: bool = False) -> None:
    """From #1001 on, under the rules as shipped; customers write in many alphabets.

    `is_older`: as a desk had them before a case had one customer.
    """
    with db.writing():
        for area, document in read_documents(SHIPPED).items():
            SetupDocuments(db).put(area, document)
    numbers = iter(range(1001, 1001 + cases))
    while some := list(islice(numbers, AT_ONCE)):
        with db.writing():
            for table, rows in (_older if is_older else _as_now)(_rows(some)).items():
                _insert(db, table, rows)
            db.run("update counters set value = :n where name = 'case'", {"n": some[-1]})


def _as_now(rows: Rows) -> Rows:
    return rows


def _older(rows: Rows) -> Rows:
    keys = rows.pop("conversation_keys")
    for row in rows["posts"]:
        del row["root"]
    for row in rows["cases"]:
        del row["customer"]
    cases = {row["post"]: row["id"] for row in rows["cases"]}
    return {
        **rows,
        "conversations": [{"key": row["key"], "case_id": cases[row["root"]]} for row in keys],
    }


def _insert(db: Database, table: str, rows: list[dict[str, object]]) -> None:
    names = ", ".join(rows[0])
    marks = ", ".join(f":{name}" for name in rows[0])
    db.run_many(f"insert into {table} ({names}) values ({marks})", rows)


def _rows(numbers: Iterable[int]) -> Rows:
    rows: Rows = {}
    for number in numbers:
        for table, row in _of_case(number):
            rows.setdefault(table, []).append(row)
    return rows


def _of_case(number: int) -> Iterator[tuple[str, dict[str, object]]]:
    at = stamp(NOON + timedelta(seconds=number))
    post, card = f"x:p{number}", f"card:{number}:service"
    is_closed = number % 3 == 0
    yield "posts", {
        "key": post, "source": "x", "id": f"p{number}", "case_id": number,
        "author": f"x:@c{number % 997}", "handle": f"@c{number % 997}", "followers": number,
        "text": f"{WORDS[number % len(WORDS)]} {number}", "stored_at": at, "media": "[]",
        "visibility": "public", "addressed": 1, "root": post,
    }  # fmt: skip
    yield "cases", {
        "id": number, "post": post, "customer": f"x:@c{number % 997}", "department": "service",
        "priority": "normal", "opened_at": at, "why": "no rule matched", "escalated": "",
        "version": 1,
        "outcome": "solved" if is_closed else None, "closed_by": "UANN" if is_closed else None,
        "closed_at": at + 60_000 if is_closed else None,
    }  # fmt: skip
    yield "conversation_keys", {"key": post, "root": post}
    for what in ("opened", "claimed"):
        yield "events", {
            "case_id": number, "at": at, "what": what, "actor": "UANN",
            "data": to_json({"post": post, "why": WORDS[number % len(WORDS)]}),
        }  # fmt: skip
    for promise in ("first_response", "resolution"):
        yield "promises", {
            "case_id": number, "promise": promise, "started_at": at, "department": "service",
            "target": "1h", "business": 0, "warn": 75, "due_at": at + 3_600_000, "pauses": "[]",
        }  # fmt: skip
        yield "timers", {"case_id": number, "name": f"{promise}:warn", "due_at": at + 10**9}
    yield "outbox", {
        "key": card, "kind": "card", "place": "department:service", "lane": 2, "case_id": number,
        "args": to_json({"department": "service"}), "wanted": 1, "shown": 1, "state": "shown",
        "due_at": at, "tries": 0, "created_at": at, "channel": "C1", "ts": f"{number}.000100",
    }  # fmt: skip
    if number % 10 == 0:
        yield "replies", {
            "key": f"r{number}", "case_id": number, "post": post, "author": "UANN",
            "text": f"Wir kümmern uns, {number}.", "visibility": "public", "created_at": at,
            "send_at": at, "state": "sent", "reason": "", "attempts": 1, "sent_at": at,
        }  # fmt: skip
