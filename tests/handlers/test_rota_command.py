"""`/rota`, from the words to what it did."""

import pytest

from tests.company import ANN, BEN, BOB, CEM, EVE
from tests.handlers.house import House
from tests.handlers.test_commands import said as acknowledged


def said(answer: dict[str, object]) -> str:
    """As it is read: what keeps words inert is not seen."""
    return acknowledged(answer).replace("\u2060", "")


def test_bare_it_shows_who_is_on_in_any_channel(house: House):
    for channel in ("service", "technical", "town-hall"):
        shown = said(house.type("/rota", channel=channel))
        assert f"*On duty now*: <@{CEM}> all week" in shown
        assert f"*1.* <@{CEM}> · daily 00:00-24:00 UTC" in shown
    assert "mon-fri 09:00-17:00" in said(house.type("/rota help"))
    assert "This belongs to" in said(house.type("/rota", by=BOB))


@pytest.mark.parametrize(
    "typed",
    [
        "@ann mon-fri 09:00-17:00 level:2 zone:Europe/Amsterdam",
        "<@UANN|ann> mon–fri 09:00 – 17:00 zone:Europe/Amsterdam level:2",
        "level:2 zone:Europe/Amsterdam ann Mon-Fri 9:00-17:00",
    ],
)
def test_a_shift_is_added_however_it_is_typed(house: House, typed: str):
    shown = said(house.type(f"/rota add {typed}", by=EVE))
    assert f"<@{ANN}> is on call mon-fri 09:00-17:00 Europe/Amsterdam, level 2" in shown
    assert "Undo" in shown
    assert f"*Level 2*: <@{ANN}>" in said(house.type("/rota"))


def test_days_with_spaces_after_their_commas_are_days(house: House):
    shown = said(house.type("/rota add @ann sat, sun 22:00-06:00", by=EVE))
    assert "sat,sun 22:00-06:00" in shown


def test_somebody_stands_in(house: House):
    shown = said(house.type("/rota override @ben 10:00 to 12:00", by=EVE))
    assert f"<@{BEN}> covers from 2026-03-02 10:00 until 2026-03-02 12:00 UTC" in shown
    shown = said(house.type("/rota override <@UANN> fri 18:00 until mon 09:00 level:2", by=EVE))
    assert "from 2026-03-06 18:00 until 2026-03-09 09:00 UTC, level 2" in shown


def test_two_swap(house: House):
    shown = said(house.type("/rota swap @cem <@UANN|ann> 2026-03-04", by=EVE))
    assert f"<@{CEM}> and <@{ANN}> swap their shifts of 2026-03-04" in shown
    assert "It is about days to come" in shown


def test_an_event_has_a_name_of_several_words_and_several_people(house: House):
    typed = "“Super Bowl to remember” sun 18:00 until mon 02:00 @ann, <@UBEN>"
    shown = said(house.type(f"/rota event {typed}", by=EVE))
    assert "event “Super Bowl to remember” from 2026-03-08 18:00 until 2026-03-09 02:00" in shown
    assert f"<@{ANN}> and <@{BEN}> too" in shown


def test_an_entry_is_removed_and_the_undo_beside_it_brings_it_back(house: House):
    assert "removed from the rota" in said(house.type("/rota remove 1", by=EVE))
    assert "Nobody is on the rota" in said(house.type("/rota"))
    house.press("undo_change", 1, by=EVE)
    assert f"<@{CEM}>" in said(house.type("/rota"))
    assert "undid 1" in said(house.type("/desk changes", by=EVE))


@pytest.mark.parametrize(
    ("typed", "usage"),
    [
        ("add", "/rota add @person DAYS HOURS"),
        ("add @ann mon", "/rota add @person DAYS HOURS"),
        ("add @ann mon 09:00-17:00 level:0", "/rota add @person"),
        ("override @ann fri", "/rota override @person FROM to UNTIL"),
        ("swap @ann @ben", "/rota swap @person @person DATE"),
        ("event Fair fri until sat", "/rota event NAME FROM until UNTIL @people"),
        ("event fri until sat @ann", "/rota event NAME"),
        ("remove first", "/rota remove N"),
        ("ad @ann", "/rota add @person"),
        ("now please", "/rota "),
    ],
)
def test_wrong_usage_is_answered_with_the_usage(house: House, typed: str, usage: str):
    assert f"`{usage}" in said(house.type(f"/rota {typed}", by=EVE))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("add @zoe mon 09:00-17:00", "“@zoe” is nobody the desk knows"),
        ("add @ann monday-friday 09:00-17:00", "This cannot go on the rota: “monday-friday”"),
        ("override @ann fri 18:00 to soon", "“soon” is no moment"),
        ("override @ann 2026-02-01 to 2026-02-02", "it is over since"),
        ("swap @ann @ben fri", "neither has a shift that begins on 2026-03-06"),
        ("remove 9", "There is no entry 9 on the rota; the last one is 1"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(house: House, typed: str, reason: str):
    assert reason in said(house.type(f"/rota {typed}", by=EVE))


def test_only_admins_change_it(house: House):
    assert "Only admins of the desk may do this" in said(house.type("/rota remove 1"))
