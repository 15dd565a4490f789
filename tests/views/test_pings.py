"""Pings name whom they call, say why, and carry one button that stops them."""

from dataclasses import replace

from bot.domain.facts import BundleFacts, WarningFacts
from bot.views.drawn import Drawn
from bot.views.pings import bundle, ping, warning
from tests.views.accepted import accept_message, elements
from tests.views.made import (
    ANN,
    BEN,
    CEM,
    DEPARTMENTS,
    LINK,
    NOW,
    ago,
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


def test_a_breach_says_whom_what_how_late_and_who_could_help():
    told = read(ping(ping_facts()))
    assert told.startswith("<@U9> *#1045* first answer is 4 min late")
    assert "nobody has claimed it, Customer service has two people on" in told
    assert f"<{LINK}|Open the card>" in told


def test_a_ping_has_one_button_that_names_the_ping():
    assert pressed(ping(ping_facts())) == [("acknowledge", ping_facts().key)]


def test_with_nobody_on_duty_everybody_in_the_channel_is_called_once():
    shown = ping(ping_facts(people=(), members=0))
    assert mentioned(shown) == ["!channel"]
    assert read(shown).startswith("<!channel> Nobody is on duty.")
    assert mentioned(bundle(BundleFacts(KEY, (ping_facts(people=()),) * 6))) == ["!channel"]


def test_an_acknowledged_ping_says_by_whom_and_loses_its_button():
    shown = ping(ping_facts(acknowledged_by=CEM, acknowledged_at=ago(2)))
    assert "✓ acknowledged by <@U9>" in read(shown)
    assert "2 min after it was due" in read(shown)
    assert pressed(shown) == []


def test_a_settled_ping_says_that_nothing_is_left_to_do():
    shown = ping(ping_facts(settled="answered"))
    assert "✓ answered" in read(shown)
    assert pressed(shown) == []


def test_an_escalation_is_told_with_its_reason():
    urgent = claimed(escalated="The press asks")
    told = read(ping(ping_facts(case=urgent, run=None, why="<@U2> escalated it")))
    assert "<@U2> escalated it: “The press asks”" in told
    assert "<@U1> has it" in told


def test_a_bundle_calls_everybody_once_and_acknowledges_each_by_itself():
    pings = [ping_facts(key=f"ping:{n}", people=(CEM, BEN)) for n in range(60)]
    shown = bundle(BundleFacts(KEY, tuple(pings)))
    accept_message(shown)
    assert mentioned(shown) == ["@U9", "@U2"]
    assert pressed(shown)[1:] == [("acknowledge", f"ping:{n}") for n in range(45)]
    assert "and 15 more" in read(shown)


def test_a_bundle_shows_what_is_settled_without_a_button():
    shown = bundle(BundleFacts(KEY, (ping_facts(), ping_facts(settled="answered"))))
    assert len(pressed(shown)) == 1


def test_all_that_wait_in_a_bundle_are_acknowledged_at_its_head_by_one_press():
    pings = [ping_facts(key=f"ping:{n}") for n in range(5)]
    pings[1] = replace(pings[1], acknowledged_by=BEN, acknowledged_at=ago(2))
    pings[2] = replace(pings[2], settled="answered")
    shown = bundle(BundleFacts(KEY, tuple(pings)))
    press = elements(shown.blocks[0])[0]
    assert (press["action_id"], press["value"]) == ("acknowledge_all", KEY)
    assert press["text"]["text"] == "Acknowledge all 3"


def test_one_press_for_many_is_asked_about_and_says_what_it_means():
    press = elements(bundle(BundleFacts(KEY, (ping_facts(),) * 3)).blocks[0])[0]
    assert press["confirm"]["title"]["text"] == "Acknowledge all 3?"
    assert press["confirm"]["text"]["text"] == (
        "You have seen these 3. It stops their climbing; what the customers were promised stands."
    )


def test_where_fewer_than_two_wait_there_is_no_press_for_all():
    one = bundle(BundleFacts(KEY, (ping_facts(), ping_facts(settled="answered"))))
    none = bundle(BundleFacts(KEY, (ping_facts(settled="answered"),) * 3))
    assert pressed(one) == [("acknowledge", ping_facts().key)]
    assert pressed(none) == []


def test_a_warning_tells_the_owner_and_has_nothing_to_acknowledge():
    facts = WarningFacts(claimed(), post(), DEPARTMENTS[0], run(NOW), ANN, NOW, LINK)
    assert mentioned(warning(facts)) == ["@U1"]
    assert pressed(warning(facts)) == []


def test_a_warning_without_an_owner_mentions_nobody():
    facts = WarningFacts(claimed(), post(), DEPARTMENTS[0], run(NOW), None, NOW, LINK)
    shown = warning(replace(facts, case=replace(facts.case, assignee=None)))
    assert mentioned(shown) == []
    assert read(shown).startswith("*Customer service*: nobody has it.")
