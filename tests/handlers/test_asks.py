"""Asking another department along, typed and in the form, and what its people press."""

import json
from dataclasses import replace

from bot.domain.ids import ChannelId, MemberId
from bot.views.admin_forms import typed
from handlers.commands.routing import rule, typed_rule
from tests.company import ANN, BOB, EVE, MARKETING, SALES, SUE, channel_of
from tests.handlers.house import House, chosen

LEAD = "follow up the lead"


def said(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False)


def asks(house: House, case: int) -> dict[str, str]:
    with house.story.reading() as tx:
        return {ask.department: ask.ask for ask in tx.asks.of_case(case) if ask.is_open}


def test_a_department_is_asked_along_by_command_and_by_form(house: House) -> None:
    case = house.story.post()
    answer = said(house.type(f"/case also {case} <#{channel_of(SALES)}> {LEAD}"))
    assert LEAD in answer
    assert f"{case}:sales" in answer

    house.submit("also", case, {"department": chosen("marketing"), "text": "tell the story"})
    assert asks(house, case) == {SALES: LEAD, MARKETING: "tell the story"}


def test_without_words_a_form_asks_for_them(house: House) -> None:
    case = house.story.post()
    house.type(f"/case also {case}")
    assert house.form["callback_id"] == "also"


def test_the_answer_s_undo_takes_it_back(house: House) -> None:
    case = house.story.post()
    house.type(f"/case also {case} #care-sales {LEAD}")

    house.press("undo_also", f"{case}:sales")

    assert asks(house, case) == {}


def test_who_is_asked_sees_it_and_presses_done(house: House) -> None:
    case = house.story.post()
    house.type(f"/case also {case} #care-sales {LEAD}")
    assert LEAD in said(house.type("/case", by=SUE))
    assert LEAD in said(house.type("/case queue sales", by=SUE))

    house.press("ask_done", f"{case}:sales", by=SUE)

    assert asks(house, case) == {}
    assert LEAD not in said(house.type("/case", by=SUE))


def test_resolving_names_what_is_still_open(house: House) -> None:
    case = house.story.post()
    house.type(f"/case also {case} #care-sales {LEAD}")

    assert LEAD in said(house.type(f"/case resolve {case} told her"))


def test_a_typed_rule_says_what_its_followers_are_asked(house: House) -> None:
    words = f"sales words:buy also:pr,marketing=“{LEAD}, &amp; call” set-priority:high"
    answer = house.type(f"/routing add {words}", by=EVE)

    made = house.story.policies.rules(by=EVE).book.rules[-1]
    assert (made.when, made.also) == ("words:buy", ("pr", "marketing"))
    assert made.asks == ((MARKETING, f"{LEAD}, & call"),)
    assert "Undo" in said(answer)
    assert LEAD in said(house.type("/routing", by=EVE))


def test_a_rule_is_carried_by_its_form_as_it_is_typed(house: House) -> None:
    wanted = typed_rule('sales words:buy also:pr,marketing="say \\"yes\\", call"')
    assert wanted
    made = rule(house.desk, wanted)
    again = typed_rule(typed(made))
    assert again
    assert rule(house.desk, again) == made
    assert made.ask_of(MARKETING) == 'say "yes", call'


def test_who_has_just_come_answers_what_their_channel_is_asked_and_a_guest_does_not(
    house: House,
) -> None:
    asked = house.story.questions.ask_channel(
        house.story.post(), ChannelId("C0LAB00001"), "is it?", by=ANN
    )
    guest, new = MemberId("UNEWGUEST"), MemberId("UNEW")
    house.town.people_here[guest] = replace(house.town.people_here[BOB], id=guest, is_outside=True)
    house.town.people_here[new] = replace(house.town.people_here[BOB], id=new)

    house.press("answer", asked.id, by=guest)
    house.submit("answer", asked.id, {"text": "a lie"}, by=guest)
    assert house.forms.shown == []
    assert "guests and people of other companies need naming" in house.told[-1]

    house.press("answer", asked.id, by=new)
    house.submit("answer", asked.id, {"text": "it is"}, by=new)
    assert house.form["callback_id"] == "answer"
    assert house.story.questions.get(asked.id).answer == "it is"
