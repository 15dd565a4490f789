"""One press asks Slack for one form, whatever Slack answers: every act, everywhere it can be done.

At most one form is opened or put on top, and at most two calls in all are spent on showing
something: Slack takes about a hundred a minute from a whole workspace.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.outbox import NotExecuted, Refused, Unknown
from bot.slack.errors import Failure
from bot.slack.forms import SlackForms
from bot.slack.gateway import SlackFailed
from tests.authorisation.cast import Cell, Door, Role, Target, case_for, home_of, words_of
from tests.authorisation.rows import Row
from tests.authorisation.test_matrix import COMMANDS, FORMS, PRESSES, SHORTCUTS, Stage
from tests.authorisation.test_matrix import stage as stage
from tests.handlers.house import Forms, House, Json, Mailbox, mailbox

SLOWER = NotExecuted("ratelimited", wait=timedelta(seconds=30), limited=True)
ON_TOP, ANEW = frozenset({"open", "push"}), frozenset({"update"})


@dataclass(frozen=True)
class Weather:
    """What Slack says to which calls."""

    name: str
    answer: Failure
    of: frozenset[str] = ON_TOP | ANEW


FAIR = Weather("fair", Refused(""), frozenset())
EXPIRED = Weather("expired", Refused("expired_trigger_id"))
AWAY = (
    Weather("500", Unknown("http_500")),
    Weather("429", SLOWER),
    Weather("timeout", Unknown("TimeoutError")),
)
FULL = Weather("full stack", Refused("push_limit_reached"), ON_TOP)
NOT_ANEW = (
    Weather("gone meanwhile", Refused("not_found"), ANEW),
    Weather("moved on", Refused("hash_conflict"), ANEW),
)
PLACES = ("message", "home", "form")


class Slack(Forms):
    """Counts what it is asked to show, and answers as the weather is."""

    def __init__(self) -> None:
        super().__init__()
        self.weather = FAIR
        self.asked: list[str] = []

    def _show(self, how: str, where: str, view: Json) -> Any:
        self.asked.append(how)
        if how in self.weather.of:
            raise SlackFailed(self.weather.answer)
        return super()._show(how, where, view)


class Everywhere(Door):
    """The way through Bolt, from any place a button may stand in."""

    def __init__(self, stage: Stage, box: Mailbox):
        super().__init__(stage.desk)
        self.mailbox = box
        self.slack = self.forms = Slack()
        self.desk = replace(self.desk, forms=SlackForms(self.slack, lambda _: None))
        self.place = "message"
        self.again()

    def send(self, body: Json) -> Json:
        if body.get("type") == "block_actions" and "view" not in body:
            body = body | _standing(self.place)
        return House.send(self, body)

    def spent(self) -> Counter[str]:
        """Of Slack's calls that show something, since it was last asked."""
        asked = Counter([*self.slack.asked, *("publish" for _ in self.homes)])
        self.slack.asked.clear()
        self.homes.clear()
        return asked


def _standing(place: str) -> Json:
    if place in ("home", "form"):
        kind = "modal" if place == "form" else "home"
        view = {"id": "V1", "type": kind, "callback_id": "more", "private_metadata": "1"}
        return {"container": {"type": "view", "view_id": "V1"}, "view": view, "channel": None}
    return {}


@pytest.fixture(scope="module")
def door(stage: Stage) -> Iterator[Everywhere]:
    with mailbox() as box:
        yield Everywhere(stage, box)


ACTS: dict[str, tuple[Row, str]] = {
    **{f"{name}, {place}": (row, place) for name, row in PRESSES.items() for place in PLACES},
    **{f"form {name}": (row, "form") for name, row in FORMS.items()},
    **{f"/{name}": (row, "message") for name, row in COMMANDS.items()},
    **{f"shortcut {name}": (row, "message") for name, row in SHORTCUTS.items()},
}


def done(stage: Stage, door: Everywhere, row: Row, role: Role) -> Counter[str]:
    """What the act costs, done by one of this role on a case that is theirs."""
    stage.again()
    home = home_of(role, Target.OWN)
    case = case_for(stage.desk, stage.cases[home], Target.OWN)
    cell = Cell(door, role, Target.OWN, case, words_of(home))
    value = row.scene(cell)
    door.spent()
    row.act(cell, value)
    return door.spent()


def weather_for(act: str) -> list[Weather]:
    """Each act meets every kind of answer; those that the desk cannot tell apart by turns."""
    turn = list(ACTS).index(act)
    return [EXPIRED, AWAY[turn % len(AWAY)], FULL, NOT_ANEW[turn % len(NOT_ANEW)]]


def costs(stage: Stage, door: Everywhere, act: str, weather: Weather) -> Counter[str]:
    row, door.place = ACTS[act]
    door.slack.weather = weather
    role = next(role for role in Role if row.right.holds(role, Target.OWN))
    return done(stage, door, row, role)


@pytest.mark.parametrize("act", ACTS)
def test_one_press_asks_for_one_form_and_shows_at_most_twice(
    stage: Stage, door: Everywhere, act: str
) -> None:
    spent = {one.name: costs(stage, door, act, one) for one in weather_for(act)}
    assert {name: one for name, one in spent.items() if one["open"] + one["push"] > 1} == {}
    assert {name: one for name, one in spent.items() if one.total() > 2} == {}


def test_many_of_them_open_a_form(stage: Stage, door: Everywhere) -> None:
    spent = {act: costs(stage, door, act, FAIR) for act in ACTS if not act.endswith(", home")}
    opened = [act for act, one in spent.items() if one["open"] + one["push"]]
    print(f"{len(opened)} of {len(spent)} acts open a form")  # noqa: T201
    assert len(opened) > 60
