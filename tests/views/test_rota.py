"""The rota as it is read; whatever entries are called, nothing in them comes alive."""

import pytest

from bot.domain.duty import Stretch
from bot.domain.on_call import Event, Shift
from bot.domain.rota_board import LevelBoard, Notice, RotaBoard, RotaChange
from bot.views import rota
from tests.views.gallery_rota import ROTA, stretch
from tests.views.made import ANN, BEN, NOW
from tests.views.slack_markup import HOSTILE, live_in_message, seen, texts_in

WEEK = (stretch(0, 9, ANN), stretch(9, 168, BEN))


def read(drawn: rota.Drawn) -> str:
    return seen("\n".join(texts_in(drawn.blocks)))


def board(*entries: Event | Shift, group: str = "", week: tuple[Stretch, ...] = WEEK) -> rota.Drawn:
    return rota.board(RotaBoard((LevelBoard(1, week),), entries, {}, (), group, NOW))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_come_alive_nowhere(text: str):
    event = Event(text, (text,), NOW, NOW)
    shift = Shift(text, frozenset([1]))
    quiet = live_in_message(vars(board(Event("Fair", ("x",), NOW, NOW), Shift("x", shift.days))))
    live = live_in_message(vars(board(event, shift, group="no plan")))
    assert {one.kind for one in live} <= {one.kind for one in quiet}


def test_who_is_on_and_who_is_next_stand_first():
    told = read(board(Shift("x", frozenset([1]))))
    assert told.startswith("*On duty now*: <@U1> until")
    assert "then <@U2>" in told


def test_what_is_wrong_is_said_with_what_to_do():
    told = read(ROTA["rota_with_faults"])
    assert "Nobody is on duty from" in told
    assert "and 1 more gap. Fill it with `/rota add`" in told
    assert "Not here any more, so not called: zoe@example.com" in told
    assert "The user group is not kept: this Slack plan has no user groups" in told


def test_a_change_says_what_last_week_would_have_been():
    made = RotaChange("<@U1> is on call", 3, (Notice("Nobody is planned"),), 1, 1)
    told = read(rota.change(made))
    assert "⚠ Nobody is planned" in told
    assert "Of 1 breach of the last 7 days 1 would have called somebody else." in told
