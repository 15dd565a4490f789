"""Landed migrations never change; desks from the days when the first one did are mended."""

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.engines import open_database
from bot.store.schema import M001_DESK, MIGRATIONS
from bot.store.store import Store
from tests.company import ANN
from tests.desk import TestDesk

LANDED = Path(__file__).with_name("landed_migrations.json")

LATER_INDEXES = (
    "cases_by_post", "cases_on_their_way", "replies_unsettled", "members_by_member",
)  # fmt: skip
THEN_INDEXES = {
    "outbox_unsettled": (
        "create index outbox_unsettled on outbox (state) where state not in ('shown', 'queued')"
    ),
    "outbox_by_message": "create index outbox_by_message on outbox (channel, ts)",
}

Migration = tuple[str, ...]


def as_on_the_first_day() -> Migration:
    """Before messages were posted again, and when timers had data."""
    then = []
    for text in as_on_the_third_day():
        name = text.split()[2] if text.startswith("create index") else ""
        if name not in LATER_INDEXES and "promises_broken" not in text:
            text = THEN_INDEXES.get(name, text)
            text = text.replace(", reposts bigint not null default 0", "")
            text = text.replace(
                "due_at bigint not null,\n        primary key (case_id, name)",
                "due_at bigint not null,\n        data text not null, primary key (case_id, name)",
            )
            then.append(text)
    return tuple(then)


def as_on_the_second_day() -> Migration:
    return tuple(one for one in as_on_the_third_day() if "promises_broken" not in one)


def as_on_the_third_day() -> Migration:
    return tuple(one for one in M001_DESK if "'revision'" not in one)


THEN = (as_on_the_first_day, as_on_the_second_day, as_on_the_third_day)


def test_a_migration_that_has_landed_never_changes() -> None:
    landed = json.loads(LANDED.read_text())
    now = [[name, _print(statements)] for name, statements in MIGRATIONS]

    assert now[: len(landed)] == landed, "a landed one was changed: append another instead"
    assert now == landed, f"append to {LANDED.name}: {json.dumps(now[len(landed) :])}"


def _print(statements: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(statements).encode()).hexdigest()[:16]


@pytest.mark.parametrize("then", THEN)
def test_a_desk_from_when_the_first_tables_were_changed_is_mended_and_goes_on(
    empty_url: str, then: Callable[[], Migration]
) -> None:
    with closing(open_database(empty_url, durable=False)) as database:
        database.migrate([("m001_desk", then())])
        database.run("insert into counters (name, value) values ('kept', 7)")
        Store(database).migrate()
        there = database.columns()
        kept = database.rows("select value from counters where name = 'kept'")

    assert "reposts" in there["outbox"]
    assert "data" not in there["timers"]
    assert [row["value"] for row in kept] == [7]
    with closing(TestDesk(empty_url)) as desk:
        case = desk.post()
        desk.casework.claim(case, by=ANN)
        assert desk.case(case).assignee == ANN


def test_a_database_from_between_them_that_has_all_later_changes_is_mended_too(
    empty_url: str,
) -> None:
    with closing(open_database(empty_url, durable=False)) as database:
        database.migrate([("m001_desk", as_on_the_first_day()), *MIGRATIONS[1:]])
        Store(database).migrate()

    with closing(TestDesk(empty_url)) as desk:
        assert desk.post() == 1001
