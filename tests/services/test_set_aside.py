"""One thing that fails holds up no other: it is set aside, named, and tried again later."""

import json
from collections import Counter

from bot.commands.import_posts import take_in
from bot.domain.durations import parse_duration
from bot.domain.effects import Kind
from bot.domain.ids import CaseId
from bot.domain.incident import Severity
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services.policies import SlaOrder
from bot.store.timers import Timer
from tests.company import ANN, CEM, EVE
from tests.desk import TestDesk


def break_a_clock(desk: TestDesk, number: CaseId) -> None:
    """A timer of which nobody knows any more what to do."""
    with desk.store.transaction() as tx:
        tx.timers.set_all([Timer(number, "nobody-knows", desk.now)])


def mend_the_clock(desk: TestDesk, number: CaseId) -> None:
    with desk.store.transaction() as tx:
        tx.timers.drop(number, "nobody-knows")


def test_a_timer_that_fails_holds_up_no_other(desk: TestDesk) -> None:
    others = [desk.post() for _ in range(7)]
    broken = desk.post()
    break_a_clock(desk, broken)

    desk.pass_time("1h", sweep=True)

    for number in (*others, broken):  # the other clocks of its own case too
        assert desk.pings(number) == [("on-call", [CEM])]
    assert "nobody-knows" in desk.timers(broken)


def test_it_is_named_with_its_reference_and_an_admin_hears_of_it(desk: TestDesk) -> None:
    broken = desk.post()
    break_a_clock(desk, broken)

    desk.pass_time("1m", sweep=True)

    (named,) = desk.watch.set_aside()
    assert named.startswith(f"clock {broken}:nobody-knows: ValueError, reference KEY")
    with desk.reading() as tx:
        (told,) = [
            m for m in tx.outbox.of_case(broken, Kind.NOTE) if m.args.get("say") == "set_aside"
        ]
    assert told.place == f"person:{EVE}"


def test_it_is_tried_again_after_growing_pauses(desk: TestDesk) -> None:
    broken = desk.post()
    break_a_clock(desk, broken)
    tries = []
    for length in ("1m", "1m", "4m", "1m", "29m", "1m"):
        desk.pass_time(length, sweep=True)
        with desk.reading() as tx:
            tries += [one.tries for one in tx.set_aside.all()]

    assert tries == [1, 2, 2, 3, 3, 4]
    assert desk.notes(broken).count("set_aside") == 1  # said once


def test_what_nobody_waits_for_any_more_is_forgotten(desk: TestDesk) -> None:
    broken = desk.post()
    break_a_clock(desk, broken)
    desk.pass_time("1m", sweep=True)

    mend_the_clock(desk, broken)
    assert desk.watch.set_aside() == []
    desk.watch.sweep()

    with desk.reading() as tx:
        assert tx.set_aside.all() == []


def test_a_change_of_the_set_up_is_a_reason_to_try_again(desk: TestDesk) -> None:
    broken = desk.post()
    break_a_clock(desk, broken)
    desk.pass_time("1m", sweep=True)
    desk.department("sales", name="Sales and more")
    desk.pass_time("15s")
    assert desk.watch.next_at() == desk.now

    desk.watch.sweep()

    with desk.reading() as tx:
        assert [one.tries for one in tx.set_aside.all()] == [2]


def test_a_case_that_cannot_be_counted_anew_holds_up_no_other(desk: TestDesk) -> None:
    first, broken, last = desk.post(), desk.post(), desk.post()
    desk.pass_time("5m")
    order = SlaOrder("*", Promise.FIRST_RESPONSE, parse_duration("30m"))
    desk.policies.set_promise(order, by=EVE)
    with desk.db.writing():
        desk.db.run("update promises set target = 'soon' where case_id = :case", {"case": broken})

    desk.watch.sweep()

    for number in (first, last):
        assert desk.whats(number)[-1] is What.PROMISE
    with desk.reading() as tx:
        assert [one.case for one in tx.set_aside.all()] == [broken]
        assert tx.recounts.all() == []


def test_an_incident_that_cannot_be_read_holds_up_no_other_room(desk: TestDesk) -> None:
    broken, sound = (
        desk.incidents.declare(title, Severity.SEV2, by=ANN).incident
        for title in ("Ash cloud", "Power cut")
    )
    with desk.db.writing():
        desk.db.run("update incidents set severity = 9 where id = :id", {"id": broken.id})

    desk.pass_time("1h")
    desk.incident_clock.remind()

    with desk.reading() as tx:
        assert tx.incidents.get(sound.id).reminded == 1
        assert [(one.kind, one.name) for one in tx.set_aside.all()] == [
            ("incident", str(broken.id))
        ]


def test_an_import_goes_on_behind_a_line_with_which_the_desk_fails(desk: TestDesk) -> None:
    first = desk.post("where is my bag?", conversation="c1")
    with desk.db.writing():
        desk.db.run("update cases set priority = 'none' where id = :id", {"id": first})
    lines = [
        (n, json.dumps({"id": f"i{n}", "source": "x", "text": "hello", "author": {"handle": by},
                        "conversation": c}).encode())
        for n, by, c in ((1, "@jane", "c1"), (2, "@joe", "c2"))
    ]  # fmt: skip
    counted: Counter[str] = Counter()

    refused = take_in(desk.intake, lines, "x", counted)

    assert [number for number, _ in refused] == [1]
    assert counted["accepted"] == 1
