"""Where nothing can be seen in words that have to say something, every door refuses them."""

import pytest

from bot.domain.errors import BotError, EmptyReply, NeedsWords, NothingSaid
from bot.domain.incident import Severity
from tests.company import ANN, CEM, SALES, TOM
from tests.handlers.house import House, chosen, chosen_person

UNSEEN = "\u200b\u2060\u00ad\u200e \u3164\ufe0f"


@pytest.mark.parametrize(
    ("form", "field", "others"),
    [
        ("escalate", "reason", {"whom": chosen("rapid_response")}),
        ("hand_off", "text", {"department": chosen("sales")}),
        ("ask", "text", {"person": chosen_person(TOM)}),
        ("mute", "reason", {}),
        ("new_case", "text", {}),
        ("reply", "text", {}),
        ("declare", "title", {"severity": chosen("2")}),
    ],
)
def test_a_form_says_so_at_the_field(house: House, form: str, field: str, others: dict[str, str]):
    case = house.story.post()
    before = house.story.whats(case)
    answer = house.submit(form, case, {field: UNSEEN, **others})
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [field]
    assert house.story.whats(case) == before


@pytest.mark.parametrize("verb", ["escalate 1001", "handoff 1001 #care-sales", "ask 1001 @tom"])
def test_a_command_without_a_word_opens_its_form(house: House, verb: str):
    house.story.post()
    house.type(f"/case {verb} {UNSEEN}")
    assert house.forms.shown
    assert house.story.notes(1001) == []


def test_no_service_takes_it(house: House):
    desk = house.story
    case = desk.post()
    question = desk.questions.ask_person(case, TOM, "Where is it?", by=ANN)
    refused = [
        lambda: desk.replies.preview(case, UNSEEN, by=ANN),
        lambda: desk.replies.submit(case, UNSEEN, by=ANN, once="1"),
        lambda: desk.casework.escalate(case, UNSEEN, by=ANN),
        lambda: desk.casework.tell_lead(case, UNSEEN, by=ANN),
        lambda: desk.hand_offs.to_department(case, SALES, UNSEEN, by=ANN),
        lambda: desk.questions.ask_person(case, TOM, UNSEEN, by=ANN),
        lambda: desk.questions.answer(question.id, UNSEEN, by=TOM),
        lambda: desk.closings.mute(case, UNSEEN, by=ANN),
        lambda: desk.incidents.declare(UNSEEN, Severity.SEV2, [], by=CEM),
        lambda: desk.incidents.escalate(case, UNSEEN, by=ANN),
    ]
    for act in refused:
        with pytest.raises((EmptyReply, NothingSaid, NeedsWords)):
            act()
    assert desk.network.said == []


def test_an_answer_of_nothing_reaches_nobody(house: House):
    case = house.story.post()
    for unseen in ("\u200b", "\u2060\u00ad", "\u200f\u202e", "\ufe0f", "\u2800"):
        with pytest.raises(BotError):
            house.story.answer(case, text=unseen)
    assert house.story.network.said == []
