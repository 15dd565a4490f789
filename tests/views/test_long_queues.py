"""A queue in a storm is longer than any list of it: what is not shown is counted, too."""

from bot.domain.boards import MineBoard, QueueBoard
from bot.domain.figure_boards import HomeBoard
from bot.views.drawn import Drawn
from bot.views.home import MINE, QUEUED, home
from bot.views.lists import mine, queue
from tests.views.made import DEPARTMENTS, NOW
from tests.views.shown import LINES
from tests.views.slack_markup import seen, texts_in

LISTED = 40
STORM = QueueBoard(DEPARTMENTS[0], (LINES * LISTED)[:LISTED], 302, 301, NOW)
MANY = MineBoard((LINES * LISTED)[:LISTED], LINES[:1], 57, NOW)


def said(drawn: Drawn) -> list[str]:
    return [seen(text) for block in drawn.blocks for text in texts_in(block)]


def test_the_home_tab_counts_what_it_does_not_show():
    told = said(home(HomeBoard(MineBoard((), (), 0, NOW), (STORM,), None, None, NOW)))
    assert f"… and {301 - QUEUED} more: `/case queue service`" in told


def test_a_queue_says_how_to_see_the_rest_of_it():
    last = said(queue(STORM))[-1]
    assert last.startswith(f"… and {301 - LISTED} more, due later")
    assert "`/case find is:unclaimed words:…`" in last


def test_all_that_is_mine_is_counted_and_how_to_see_the_rest_is_said():
    told = said(mine(MANY))
    assert "*You have 57 cases*" in told
    assert told[-1].startswith(f"… and {57 + 1 - LISTED} more, newer")
    assert "`/case find is:mine is:open`" in told[-1]


def test_the_home_tab_counts_all_that_is_mine():
    told = said(home(HomeBoard(MANY, (), None, None, NOW)))
    assert "*Yours*: 58 cases" in told
    assert f"… and {58 - MINE} more: `/case`" in told
