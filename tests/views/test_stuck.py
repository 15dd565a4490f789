"""What needs a person: said in words, bounded, and gone where there is nothing."""

import pytest

from bot.domain.boards import MOST_DEAD_LETTERS, DeadLetter, MineBoard
from bot.domain.figure_boards import HomeBoard
from bot.domain.outbox import PlaceClosed, Vanished
from bot.slack.errors import DRAWING_FAULTS, ERRORS
from bot.views.home import home
from bot.views.limits import MESSAGE_BLOCKS, Block
from bot.views.stuck import SHOWN, in_plain_words, stuck
from tests.views.gallery_figures import LONG, MINE, QUEUE, STEPS, TODAY
from tests.views.gallery_stuck import HELD, IN_AN_INCIDENT, OF_NO_CASE, PARKED, STUCK, UNKNOWN
from tests.views.made import NOW
from tests.views.shown import LINES
from tests.views.slack_markup import texts_in

SLACKS_OWN = sorted(
    DRAWING_FAULTS | {code for code, is_ in ERRORS.items() if is_ in (PlaceClosed, Vanished)}
)


def words(blocks: list[Block]) -> str:
    return "\n".join(text for block in blocks for text in texts_in(block))


def presses(blocks: list[Block]) -> list[object]:
    accessories = (block.get("accessory") for block in blocks)
    return [one["value"] for one in accessories if isinstance(one, dict)]


@pytest.mark.parametrize("code", SLACKS_OWN)
def test_what_slack_does_not_take_is_said_in_words_and_not_as_a_code(code: str):
    assert "_" not in in_plain_words(code)
    assert in_plain_words(code) != code.replace("_", " ")


def test_a_code_that_is_new_is_spelled_and_none_at_all_is_said_too():
    assert in_plain_words("too_many_hats") == "too many hats"
    assert in_plain_words("the desk could not draw it") == "the desk could not draw it"
    assert in_plain_words("") == "no reason given"


def test_nothing_stuck_is_no_section():
    assert stuck((), NOW) == []


def test_five_are_shown_and_the_others_counted():
    shown = stuck(STUCK, NOW)
    assert presses(shown) == ["1042"] * SHOWN
    assert "… and 2 more" in words(shown)
    assert "more" not in words(stuck(STUCK[:SHOWN], NOW))


def test_where_so_many_were_looked_at_there_may_be_more():
    most = (HELD,) * MOST_DEAD_LETTERS
    assert f"… and at least {len(most) - SHOWN} more" in words(stuck(most, NOW))


def test_what_is_about_no_case_has_nothing_to_open():
    assert presses(stuck((OF_NO_CASE, IN_AN_INCIDENT), NOW)) == []


@pytest.mark.parametrize(
    ("letter", "says"),
    [
        (UNKNOWN, ("#1042", "to @jane", "Outcome unknown: it may be public", "no answer")),
        (HELD, ("#1042", "answer is on hold: public replies are on hold",)),
        (PARKED, ("#1042", "the card for *Sales*", "waits and is not lost", "is archived")),
    ],
)  # fmt: skip
def test_a_line_says_what_it_is_of_which_case_for_whom_and_why(
    letter: DeadLetter, says: tuple[str, ...]
):
    shown = words(stuck((letter,), NOW))
    assert [one for one in (*says, "since <!date^") if one not in shown] == []


def test_it_stands_right_below_what_is_mine():
    shown = words(home(HomeBoard(MINE, (QUEUE,), TODAY, None, NOW, STUCK)).blocks)
    assert shown.index("*Yours*") < shown.index("*These need a person*") < shown.index("unclaimed")


def test_the_fullest_home_has_room_for_all_of_its_parts():
    steps = (STEPS[1],) * 7
    mine = MineBoard(LINES[:1] * 40, (), 40, NOW)
    drawn = home(HomeBoard(mine, (LONG, QUEUE), TODAY, steps, NOW, STUCK))
    assert len(drawn.blocks) <= MESSAGE_BLOCKS
    assert "*Today*" in words(drawn.blocks)
    assert "… and 2 more" in words(drawn.blocks)
