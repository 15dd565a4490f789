"""A department, channel, person or rule that is gone stops nothing, and comes back with an undo."""

import pytest

from bot.domain.errors import NothingToChange
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.promises import PromiseRun
from bot.domain.routing import Rule
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.store.people import KnownChannel
from tests.company import (
    ANN,
    CEM,
    EVE,
    MARKETING,
    SERVICE,
    SUE,
    TECHNICAL,
    TRIAGE,
    channel_of,
)  # fmt: skip
from tests.desk import TestDesk

VIP, KIM = DepartmentKey("vip"), MemberId("UKIM")


def first(desk: TestDesk, number: CaseId) -> PromiseRun:
    return desk.clocks(number)[Promise.FIRST_RESPONSE]


@pytest.fixture
def vip(desk: TestDesk) -> int:
    """A department that Kim works in, by the number of the change that made it."""
    number = desk.administration.add_department("vip", "care-vip", "Vip", by=EVE)
    place = KnownChannel("department:vip", "care-vip", channel_of("vip"), is_private=True)
    with desk.store.transaction() as tx:
        tx.people.put_channel(place)
    desk.joined("vip", KIM)
    return number


def in_vip(desk: TestDesk) -> CaseId:
    case = desk.post("a mystery")
    desk.casework.route(case, VIP, by=EVE)
    return case


def undo_the_last_change(desk: TestDesk) -> None:
    desk.administration.undo(desk.administration.changes(by=EVE)[0].id, by=EVE)


def without(desk: TestDesk, *keys: str) -> None:
    """As on a desk where a department was removed before this version of the program."""
    document = desk.document("departments")
    left = [one for one in document["department"] if one["key"] not in keys]
    desk.put("departments", {"department": left})


# What points at a department that is gone


def test_a_hand_off_from_a_department_that_is_gone_stops_no_clock(desk: TestDesk, vip: int) -> None:
    handed, other = in_vip(desk), desk.post()
    desk.hand_offs.to_department(handed, TECHNICAL, "the app?", by=KIM)
    desk.administration.undo(vip, by=EVE)

    desk.pass_and_watch("1h", every="15m")

    case = desk.case(handed)
    assert (case.department, case.hand_off) == (TRIAGE, None)
    assert case.why.endswith("but Vip was removed")
    assert desk.pings(other) == [("on-call", [CEM])]
    assert desk.pings(handed) == [("on-call", [CEM])]


def test_the_customer_of_a_case_solved_there_writes_again(desk: TestDesk, vip: int) -> None:
    number = in_vip(desk)
    desk.closings.solve(number, "found it", by=KIM)
    desk.administration.undo(vip, by=EVE)

    desk.post("it is lost again", conversation="c1", in_reply_to="p1")

    case = desk.case(number)
    assert (case.is_open, case.department) == (True, TRIAGE)
    assert desk.running(number) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}


def test_its_open_cases_go_to_triage_with_the_reason_and_their_clocks_as_they_were(
    desk: TestDesk, vip: int
) -> None:
    number = in_vip(desk)
    desk.casework.claim(number, by=KIM)
    before = first(desk, number)

    desk.administration.undo(vip, by=EVE)

    case = desk.case(number)
    assert (case.department, case.assignee) == (TRIAGE, None)
    assert first(desk, number) == before
    assert desk.timeline(number)[-1].data["why"] == "Vip was removed"
    assert "displaced" in desk.notes(number)
    desk.casework.claim(number, by=EVE)  # triage works on it


def test_an_undo_brings_them_back_to_who_had_them(desk: TestDesk, vip: int) -> None:
    held, claimed_since = in_vip(desk), in_vip(desk)
    desk.casework.claim(held, by=KIM)
    desk.administration.undo(vip, by=EVE)
    desk.casework.claim(claimed_since, by=EVE)

    undo_the_last_change(desk)

    assert (desk.case(held).department, desk.case(held).assignee) == (VIP, KIM)
    assert desk.case(held).why == "Vip is back"
    assert desk.case(claimed_since).department == TRIAGE  # Eve is at work on it


def test_what_triage_has_placed_meanwhile_stays_there(desk: TestDesk, vip: int) -> None:
    number = in_vip(desk)
    desk.administration.undo(vip, by=EVE)
    desk.casework.route(number, SERVICE, by=EVE)

    undo_the_last_change(desk)

    assert desk.case(number).department == SERVICE


def test_a_case_that_was_stranded_before_is_placed_by_the_next_sweep(desk: TestDesk) -> None:
    number, other = desk.post("the app fails"), desk.post()
    without(desk, "technical")
    assert desk.boards.case(number, by=EVE).card.department.name == "technical (removed)"

    desk.pass_time("1h", sweep=True)

    assert desk.case(number).department == TRIAGE
    assert [why for why, _ in desk.pings(number)] == ["on-call"]
    assert [why for why, _ in desk.pings(other)] == ["on-call"]


def test_who_follows_and_is_gone_stops_neither_the_card_nor_the_others(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")
    without(desk, "marketing")

    assert desk.boards.case(number, by=SUE).card.case.id == number
    desk.casework.claim(number, by=SUE)
    assert desk.post("I would buy more, too")
    desk.pass_time("1h", sweep=True)
    assert [why for why, _ in desk.pings(number)] == ["on-call"]


def test_to_a_department_that_is_gone_nothing_new_is_said(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")
    card = desk.outbox(f"card:{number}:marketing")
    without(desk, "marketing")

    desk.casework.claim(number, by=SUE)

    assert desk.outbox(f"card:{number}:marketing") == card


def test_a_cover_and_a_lead_of_a_step_that_are_gone_are_passed_over(desk: TestDesk) -> None:
    hours = {"mon": ["09:00-09:30"], "tue": ["09:00-18:00"]}
    desk.department("service", hours=hours, cover="technical")
    desk.put("sla", {"escalation": [{"after": "0m", "ping": "lead:technical"}]})
    number = desk.post()
    without(desk, "technical")

    desk.pass_and_watch("50h", every="5h")

    assert desk.whats(number).count(What.BREACHED) == 1
    assert desk.post()


def test_a_clock_that_began_there_goes_on_in_its_hours(desk: TestDesk, vip: int) -> None:
    document = desk.document("departments")
    vip_table = next(one for one in document["department"] if one["key"] == "vip")
    vip_table["hours"] = {"mon": ["09:00-09:30", "12:00-18:00"]}
    desk.put("departments", document)
    number = in_vip(desk)
    due = first(desk, number).due_at
    (removed,) = [one for one in desk.administration.changes(by=EVE) if one.id == vip]
    with desk.work() as work:
        left = [one for one in document["department"] if one["key"] != "vip"]
        work.change("departments", {"department": left}, EVE, f"removed {removed.id}")

    desk.post("any news?", in_reply_to="p1")  # the clocks are looked at once more
    desk.watch.sweep()

    assert first(desk, number).due_at == due


# Rules


def test_its_rules_are_suspended_and_come_back(desk: TestDesk, vip: int) -> None:
    desk.policies.add_rule(Rule(VIP, "words:gold"), by=EVE)
    desk.policies.move_rule(4, 1, by=EVE)
    desk.administration.undo(vip, by=EVE)

    assert desk.case(desk.post("gold")).department == SERVICE
    assert desk.policies.test_rule("gold", by=EVE).verdicts[0].why == "suspended: Vip was removed"
    desk.policies.add_rule(Rule(MARKETING, "words:silver"), by=EVE)  # keeps what is suspended

    removal = next(c for c in desk.administration.changes(by=EVE) if c.area == "departments")
    desk.administration.undo(removal.id, by=EVE)

    assert desk.case(desk.post("gold")).department == VIP
    assert desk.case(desk.post("silver")).department == MARKETING


def test_a_default_that_is_gone_is_triage(desk: TestDesk, vip: int) -> None:
    desk.policies.set_default(VIP, by=EVE)
    desk.administration.undo(vip, by=EVE)

    case = desk.case(desk.post())

    assert (case.department, case.why) == (TRIAGE, "no rule matched, but Vip was removed")


@pytest.mark.parametrize(
    ("area", "document"),
    [
        ("routing", {"rule": [{"department": "nowhere", "when": "words:bag"}]}),
        ("routing", {"rule": [{"department": "sales", "when": "no:such(condition"}]}),
        ("routing", {"rule": [{"department": "sales", "when": 7}], "default": "nowhere"}),
        ("routing", ["nonsense"]),
        ("sla", {"target": [{"department": "nowhere", "first_response": "soon"}]}),
        ("sla", {"escalation": [{"after": "0m", "ping": "lead:nowhere"}]}),
        ("on_call", {"shift": [{"person": "nobody", "days": "someday"}]}),
        ("departments", {}),
        ("departments", {"department": [{"key": "??", "name": "?"}]}),
        ("outgoing", "perhaps"),
    ],
)
def test_whatever_the_set_up_is_a_post_is_taken_in_and_its_clock_goes(
    desk: TestDesk, area: str, document: object
) -> None:
    desk.put(area, document)

    number = desk.post()
    desk.pass_time("30h", sweep=True)

    case = desk.case(number)
    assert case.department in (SERVICE, TRIAGE)
    assert What.BREACHED in desk.whats(number)
    assert desk.boards.case(number, by=EVE if case.department == TRIAGE else ANN)


def test_what_cannot_be_read_is_named_and_kept_as_it_was(desk: TestDesk) -> None:
    broken = {"department": "sales", "when": "no:such(condition", "also": ["marketing"]}
    desk.put("routing", {"rule": [broken]})

    desk.policies.add_rule(Rule(SERVICE, "words:bag"), by=EVE)

    assert desk.document("routing")["rule"][0] == broken
    assert desk.watch.set_aside()[0].startswith("set-up: routing.toml: rule 1 (sales): when: ")


def test_a_fault_that_was_there_before_keeps_no_other_change_from_being_made(
    desk: TestDesk,
) -> None:
    desk.put("routing", {"rule": [{"department": "nowhere", "when": "words:bag"}]})

    desk.administration.add_department("vip", "care-vip", "Vip", by=EVE)

    assert VIP in {one.key for one in desk.administration.departments(by=EVE)}


def test_triage_stays(desk: TestDesk) -> None:
    document = desk.document("departments")
    left = [one for one in document["department"] if one["key"] != TRIAGE]
    desk.put("departments", {"department": left})
    number = desk.administration.add_department("triage", "care-triage", "Triage", by=EVE)

    with pytest.raises(NothingToChange, match="Triage cannot be removed"):
        desk.administration.undo(number, by=EVE)


# Channels


def test_cases_of_a_channel_that_takes_nothing_go_to_triage_until_it_does(desk: TestDesk) -> None:
    free, held = desk.post(), desk.post()
    desk.casework.claim(held, by=ANN)
    channel(desk, fault="it is archived")

    desk.watch.sweep()
    came_since = desk.post()

    assert [desk.case(one).department for one in (free, held, came_since)] == [
        TRIAGE, SERVICE, TRIAGE,
    ]  # fmt: skip
    assert desk.case(free).why.endswith("but #care-service takes no messages (it is archived)")

    channel(desk, fault=None)
    desk.watch.sweep()

    assert {desk.case(one).department for one in (free, held, came_since)} == {SERVICE}


def channel(desk: TestDesk, fault: str | None) -> None:
    place = KnownChannel(
        "department:service", "care-service", channel_of("service"), True, bool(fault), fault
    )
    with desk.store.transaction() as tx:
        tx.people.put_channel(place)


def test_a_channel_nobody_can_write_to_is_no_reason_while_triage_s_own_is_shut(
    desk: TestDesk,
) -> None:
    with desk.store.transaction() as tx:
        place = KnownChannel("department:triage", "care-triage", None, True, fault="no channel")
        tx.people.put_channel(place)
    channel(desk, fault="it is archived")

    assert desk.case(desk.post()).department == SERVICE
