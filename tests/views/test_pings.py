"""Pings name whom they call, say why, and carry one button that stops them."""

import re
from dataclasses import replace

import pytest

from bot.domain.boards import LateBoard
from bot.domain.facts import BundleFacts, MovedFacts, PingFacts, WarningFacts, WarningsFacts
from bot.domain.ids import CaseId
from bot.views.drawn import Drawn
from bot.views.late_queue import late_queue
from bot.views.pings import late_list
from bot.views.warned import warning, warnings
from tests.views.accepted import accept_form, accept_message, elements
from tests.views.made import (
    ANN,
    BEN,
    CEM,
    DEPARTMENTS,
    LINK,
    NOW,
    ago,
    case,
    claimed,
    ping_facts,
    post,
    run,
)
from tests.views.slack_markup import live_in_message, seen, texts_in

KEY = "bundle:1"


def read(drawn: Drawn) -> str:
    return seen("\n".join(texts_in(drawn.blocks)))


def pressed(drawn: Drawn) -> list[tuple[str, str]]:
    return [(one["action_id"], one["value"]) for block in drawn.blocks for one in elements(block)]


def mentioned(drawn: Drawn) -> list[str]:
    message = {"text": "", "blocks": drawn.blocks}
    return [live.what for live in live_in_message(message) if live.kind in ("user", "broadcast")]


def late(*pings: PingFacts, **changes: object) -> BundleFacts:
    """The list of these cases, as it is posted for Cem."""
    open_ones = [one for one in pings if not one.settled]
    waiting = sum(not one.is_over for one in pings)
    facts = BundleFacts(KEY, pings, (CEM,), late=len(open_ones), waiting=waiting, posted_at=NOW)
    return replace(facts, **changes)


def of_many(count: int) -> tuple[PingFacts, ...]:
    return tuple(ping_facts(key=f"ping:{n}", case=case(id=CaseId(1000 + n))) for n in range(count))


def test_a_line_says_who_waits_how_late_where_and_how_often_somebody_was_called():
    told = read(late_list(late(ping_facts())))
    assert told.startswith("<@U9> · *1 case is late*")
    assert "*#1045* Jane Doe · first answer 4 min late (due " in told
    assert " · unclaimed in #care-service · 3rd call: Cem" in told
    assert "“Stuck at gate B12" in told


def test_a_line_can_be_acknowledged_and_opened():
    assert pressed(late_list(late(ping_facts()))) == [
        ("acknowledge", ping_facts().key),
        ("open", "1045"),
    ]


def test_only_its_head_calls_anybody_however_many_lines_it_has():
    pings = (*of_many(60)[:44], ping_facts(case=claimed(), why="<@U2> escalated it", run=None))
    shown = late_list(late(*pings, called=(CEM, BEN), late=60))
    accept_message(shown)
    assert mentioned(shown) == ["@U9", "@U2"]
    assert "… and 15 more · `/case queue #rapid-response` lists all of them" in read(shown)


def test_with_nobody_on_duty_everybody_in_the_channel_is_called_once():
    nobody = tuple(replace(one, people=()) for one in of_many(6))
    shown = late_list(late(*nobody, called=(), calls_everybody=True))
    assert mentioned(shown) == ["!channel"]
    assert read(shown).startswith("<!channel> Nobody is on duty · *6 cases are late*")


def test_what_is_acknowledged_says_by_whom_and_can_still_be_opened():
    shown = late_list(late(ping_facts(acknowledged_by=CEM, acknowledged_at=ago(2))))
    assert "✓ *#1045* Jane Doe · first answer 4 min late" in read(shown)
    assert "acknowledged by Cem at " in read(shown)
    assert pressed(shown) == [("open", "1045")]


def test_what_is_answered_says_so_and_shrinks():
    shown = late_list(late(ping_facts(), ping_facts(settled="answered")))
    assert shown.blocks[-1]["type"] == "context"
    assert "✓ *#1045* Jane Doe · answered" in read(shown)
    assert "*1 case is late*" in read(shown)


def test_an_escalation_is_told_with_its_reason_and_calls_nobody_again():
    urgent = claimed(escalated="The press asks")
    told = read(late_list(late(ping_facts(case=urgent, run=None, why="<@U2> escalated it"))))
    assert "Ben escalated it: “The press asks” · Ann has it" in told
    assert told.startswith("<@U9> · *1 case needs somebody now*")


def test_all_that_wait_are_acknowledged_at_its_head_by_one_press_that_counts_cases():
    shown = late_list(late(*of_many(3), late=300, waiting=297))
    press = elements(shown.blocks[0])[0]
    assert (press["action_id"], press["value"]) == ("acknowledge_all", KEY)
    assert press["text"]["text"] == "Acknowledge all 297"
    assert press["confirm"]["text"]["text"] == (
        "Marks 297 cases as seen and stops escalating them. Deadlines don't change."
    )


def test_where_fewer_than_two_wait_there_is_no_press_for_all():
    assert pressed(late_list(late(ping_facts())))[0] == ("acknowledge", ping_facts().key)
    assert pressed(late_list(late(ping_facts(settled="answered")))) == []


def test_the_queue_of_what_is_late_opens_each():
    shown = late_queue(LateBoard(of_many(3), 3, NOW))
    assert isinstance(shown, Drawn)
    accept_message(shown)
    assert pressed(shown) == [("open", "1000"), ("open", "1001"), ("open", "1002")]


def test_of_three_hundred_each_has_its_line_in_a_form():
    form = late_queue(LateBoard(of_many(300), 300, NOW))
    assert isinstance(form, dict)
    accept_form(form)
    told = seen("\n".join(texts_in(form["blocks"])))
    assert [n for n in range(1000, 1300) if f"*#{n}*" not in told] == []
    assert "*300 cases are late*" in told


def test_what_a_form_has_no_room_for_is_counted():
    form = late_queue(LateBoard(of_many(700), 1000, NOW))
    assert isinstance(form, dict)
    accept_form(form)
    assert "… and 300 more" in seen("\n".join(texts_in(form["blocks"])))


@pytest.mark.parametrize("why", ["The press asks", "荷物" * 500, "<&😀" * 300])
def test_whatever_is_said_of_it_a_late_case_stands_in_the_form_or_is_counted(why: str):
    urgent = [replace(one, run=None, case=replace(one.case, escalated=why)) for one in of_many(700)]
    form = late_queue(LateBoard(tuple(urgent), 700, NOW))
    assert isinstance(form, dict)
    accept_form(form)
    told = seen("\n".join(texts_in(form["blocks"])))
    there = len(set(re.findall(r"\*#(\d{4})\*", told)))
    counted = re.findall(r"… and (\d+) more", told)
    assert there + sum(map(int, counted)) == 700


def test_a_list_that_was_followed_by_another_is_one_grey_line():
    shown = late_list(MovedFacts((CEM,), 3, ago(10)))
    assert [block["type"] for block in shown.blocks] == ["context"]
    assert read(shown).startswith("Called <@U9> at ")
    assert read(shown).endswith(" about 3 cases · see the newest list")


def test_a_warning_tells_the_owner_and_has_nothing_to_acknowledge():
    facts = WarningFacts(claimed(), post(), DEPARTMENTS[0], run(NOW), (ANN,), NOW, LINK)
    assert mentioned(warning(facts)) == ["@U1"]
    assert pressed(warning(facts)) == []


def test_a_warning_that_is_over_is_one_grey_line_in_the_past_tense():
    over = replace(run(ago(5)), stopped_at=ago(8))
    facts = WarningFacts(claimed(), post(), DEPARTMENTS[0], over, (ANN,), NOW, LINK, "answered")
    for shown in (warning(facts), warning(replace(facts, became="missed"))):
        assert [block["type"] for block in shown.blocks] == ["context"]
        assert mentioned(shown) == []
        assert read(shown).startswith("*#1042* first answer was due ")
    many = WarningsFacts((facts, replace(facts, became="missed")))
    assert read(warnings(many)) == "2 cases were due: 1 answered, 1 missed"


def test_a_warning_about_an_unclaimed_case_mentions_who_leads_the_department():
    facts = WarningFacts(case(), post(), DEPARTMENTS[0], run(NOW), (BEN,), NOW, LINK)
    assert mentioned(warning(facts)) == ["@U2"]
    said = "*#1042* unclaimed in *Customer service*, first answer is due "
    assert read(warning(facts)).startswith(f"<@U2> {said}")
    assert read(warning(replace(facts, to=()))).startswith(said)


def test_many_warnings_mention_their_reader_once():
    facts = WarningFacts(case(), post(), DEPARTMENTS[0], run(NOW), (BEN,), NOW, LINK)
    shown = warnings(WarningsFacts((facts,) * 9))
    assert mentioned(shown) == ["@U2"]
    assert read(shown).startswith("<@U2> *9 unclaimed cases due soon*")
