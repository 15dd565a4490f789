"""`/case queue #rapid-response`: all that is late, where the list in the channel has no room."""

from itertools import accumulate

from bot.domain.boards import LateBoard
from bot.domain.facts import PingFacts
from bot.views.blocks import button, context, section
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import VIEW_BLOCKS, VIEW_BYTES, Block, view_size
from bot.views.phrases import counted, drawn, paged, said
from bot.views.pings import late_line
from bot.views.sheets import sheet

_WITH_BUTTONS = 40
_TOGETHER = 8  # lines of one block
_EXCERPT = 70
_AROUND = 4  # blocks of the form beside the lines, and bytes
_BYTES_AROUND = 2_000


def late_queue(board: LateBoard) -> Drawn | Block:
    """A few with their buttons; many as lines to read, each opened by its number."""
    title = f"{counted(board.late, 'case')} {'is' if board.late == 1 else 'are'} late"
    if not board.lines:
        return drawn("Nothing is late", section("Nothing is late now, and nobody is called."))
    if board.late <= _WITH_BUTTONS:
        return drawn(title, section(f"*{title}*"), *(_line(one) for one in board.lines))
    shown = _held([late_line(one) for one in board.lines])
    rest = board.late - sum(map(len, shown))
    more = [context(f"… and {rest:,} more: `/case find is:breached is:open`")] if rest else []
    how = context("`/case N` opens a case, `/case claim N` takes it.")
    lines = [section("\n".join(page)) for page in shown]
    return sheet("Late cases", Drawn(title, [section(f"*{title}*"), how, *lines, *more]))


def _held(lines: list[str]) -> list[list[str]]:
    """As many as a form can hold, by its blocks and by its bytes."""
    pages = paged(lines, _TOGETHER)[: VIEW_BLOCKS - _AROUND]
    sizes = accumulate(view_size([section("\n".join(page))]) for page in pages)
    return pages[: sum(size <= VIEW_BYTES - _BYTES_AROUND for size in sizes)]


def _line(facts: PingFacts) -> Block:
    press = button("Open", Action.OPEN, str(facts.case.id))
    return section(f"{late_line(facts)}\n{said(facts.post.text, _EXCERPT)}", press)
