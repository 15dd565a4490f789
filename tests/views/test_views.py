"""All views together: Slack takes each, every name is listed, and no foreign word comes alive."""

import re
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.reply_form import Preview
from bot.views import ids, inert, reply_forms
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.notes import NOTES
from tests.views.accepted import accept_form, accept_message, elements
from tests.views.gallery import MESSAGES, VIEWS
from tests.views.shown import writing
from tests.views.slack_markup import HOSTILE, live_in, live_in_text
from tests.views.spoiled import forms_with, messages_with

SERVICES = Path(__file__).parents[2] / "bot" / "services"
AN_ID = re.compile(r"[CDGUW][A-Z0-9]+")  # Slack's own; no customer writes where one stands
FOREIGN = st.text(st.characters(exclude_categories=()), max_size=300).filter(
    lambda text: not AN_ID.fullmatch(text)
)
FEW = settings(max_examples=8, deadline=None)  # each draws every view there is

PRESSED = [
    element
    for blocks in [
        *(drawn.blocks for drawn in MESSAGES.values()),
        *(form["blocks"] for form in VIEWS.values()),
    ]
    for block in blocks
    for element in elements(block)
]


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_every_message(name):
    accept_message(MESSAGES[name])


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_every_form(name):
    accept_form(VIEWS[name])


def test_every_button_and_field_has_a_listed_name_and_every_listed_one_is_drawn():
    drawn = {str(element["action_id"]) for element in PRESSED}
    patterns = (ids.ROUTE_TO, ids.SHOW_FIGURE, re.compile(r"text:\d+"))
    several = {name for name in drawn if any(one.fullmatch(name) for one in patterns)}
    assert drawn - several == set(ids.Action) | set(ids.Field)


def test_every_form_has_a_listed_name_and_every_listed_one_is_drawn():
    assert {str(form["callback_id"]) for form in VIEWS.values()} == set(ids.Form)


def test_a_buttons_value_is_an_identity_and_nothing_else():
    values = {str(element["value"]) for element in PRESSED if element["type"] == "button"}
    own = r"\d+(:(\d+|sales))?|key-1|bundle:1|ping:\S+|sales|(C0\w+)?:(department:\w+)?"
    assert all(re.fullmatch(own, value) for value in values), values


def test_every_note_that_a_service_says_has_a_sentence():
    texts = "".join(path.read_text() for path in SERVICES.glob("*.py"))
    said = re.findall(r"""(?:say=|"say": |say = )"(\w+)""", texts)
    assert said
    assert set(said) <= set(NOTES)


def test_a_preview_shows_an_answer_to_the_last_letter():
    text = "".join(str(n % 10) for n in range(reply_forms.LONGEST))
    preview = Preview(writing(text), text, timedelta(seconds=10))
    blocks = reply_forms.reply_preview(preview)["blocks"]
    shown = [
        part["text"]
        for block in blocks
        if block["type"] == "rich_text"
        for part in block["elements"][0]["elements"]
    ]
    assert "".join(shown) == text


def shown(text: str) -> tuple[list[Drawn], list[Block]]:
    return messages_with(text), forms_with(text)


def alive(messages: list[Drawn], forms: list[Block]) -> list[Counter[str]]:
    """What comes alive in each view, by kind."""
    seen = [live_in(one.blocks) + live_in_text(one.text) for one in messages]
    seen += [live_in(form) for form in forms]
    return [Counter(found.kind for found in view) for view in seen]


@cache
def harmless() -> list[Counter[str]]:
    """Drawn once; with all other words the views would fill the memory."""
    return alive(*shown("innocent & co"))


def assert_taken_and_inert(text: str) -> None:
    """Words come alive nowhere if harmless ones show as much."""
    messages, forms = shown(text)
    for drawn in messages:
        accept_message(drawn)
    for form in forms:
        accept_form(form)
    if inert.clean(text).strip():  # without a word there is nothing to compare
        for quiet, tried in zip(harmless(), alive(messages, forms), strict=True):
            assert tried - quiet == Counter()


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_takes_every_view_and_hostile_words_come_alive_in_none(text):
    assert_taken_and_inert(text)


@FEW
@example("0:0")
@given(FOREIGN)
def test_no_text_at_all_comes_alive_or_breaks_a_limit(text):
    assert_taken_and_inert(text)
