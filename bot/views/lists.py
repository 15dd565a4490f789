"""Lists of cases: a department's queue, what is mine, what was found. Each says what to do next."""

from datetime import datetime

from bot.domain.boards import FoundBoard, Line, MineBoard, QueueBoard
from bot.views.asked import asked
from bot.views.blocks import button, context, section
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import (
    asleep,
    counted,
    dotted,
    drawn,
    ending,
    holder,
    mark,
    name,
    number,
    opened,
    place,
    rest,
    said,
    time_left,
)

_LISTED = 40
_ASKED = 5  # each takes two rows
_EXCERPT = 70
_NARROW = ", due later; `/case find is:unclaimed words:…` finds some of them"
_NEWER = ", newer ones; `/case find is:mine is:open` begins with the newest"
_OTHERS = ". One more condition finds fewer, like `is:unclaimed`, `network:x` or `words:…`"


def queue(board: QueueBoard) -> Drawn:
    """What nobody has yet, each with *Claim*."""
    department = name(board.department.name)
    free = f"{board.free:,} of {counted(board.total_open, 'open case')} unclaimed"
    if not board.lines:
        open_now = counted(board.total_open, "case")
        idle = f"*{department}*: nothing waits. {open_now} open, all claimed."
        if board.asleep:
            idle = f"*{department}*: nothing waits. {open_now} open."
        more = [*asleep_too(board), *_called_too(board)]
        return drawn(f"{department}: nothing waits", *_asked(board), section(idle), *more)
    shown = board.lines[: _LISTED - 2 * min(len(board.asked.lines), _ASKED)]
    lines = [line(one, board.now, ("Claim", Action.CLAIM)) for one in shown]
    more = rest(board.free - len(lines), _NARROW)
    head = section(f"*{department}*: {free}")
    more += [*asleep_too(board), *_called_too(board)]
    return drawn(f"{department}: {free}", *_asked(board), head, *lines, *more)


def _called_too(board: QueueBoard) -> list[Block]:
    """What this person is called for elsewhere, and where it is listed."""
    if not board.called:
        return []
    cases = counted(board.called, "late case")
    calls = "calls" if board.called == 1 else "call"
    return [context(f"{cases} of other departments {calls} you: `/case queue #rapid-response`")]


def _asked(board: QueueBoard | MineBoard) -> list[Block]:
    return asked(board.asked, _ASKED)


def asleep_too(board: QueueBoard) -> list[Block]:
    """What stands in no queue for a while, and where it is listed."""
    if not board.asleep:
        return []
    return [context(f"{board.asleep:,} snoozed: `/case find is:snoozed is:unclaimed`")]


def mine(board: MineBoard) -> Drawn:
    """What I hold, and what waits for me to accept it."""
    if not board.lines and not board.offered:
        idle = "You have no case. `/case queue` shows what waits for somebody."
        return drawn("You have no case", *_asked(board), section(idle))
    offered = [
        line(one, board.now, ("Accept", Action.ACCEPT))
        for one in board.offered[: _LISTED - 2 * _ASKED]
    ]
    room = _LISTED - len(offered) - 2 * min(len(board.asked.lines), _ASKED)
    held = [line(one, board.now) for one in board.lines[: max(room, 0)]]
    title = f"You have {counted(board.held, 'case')}"
    return drawn(
        title,
        *_asked(board),
        *([section("*Handed to you*"), *offered] if offered else []),
        section(f"*{title}*"),
        *held,
        *rest(board.held + len(board.offered) - len(held) - len(offered), _NEWER),
    )


def found(board: FoundBoard) -> Drawn:
    if not board.lines:
        hint = "Fewer words find more; `words:refund,voucher is:open` finds either word."
        return drawn("Nothing was found", section(f"{said(board.query)} finds nothing. {hint}"))
    lines = [line(one, board.now, state=True) for one in _shown(board.lines)]
    title = counted(len(board.lines), "case")
    newest = "; these are the newest" if board.more or board.at_least else ""
    head = section(f"*{title}* found by {said(board.query)}{newest}")
    more = rest(board.more, _OTHERS, at_least=board.at_least)
    return drawn(f"{title} found", head, *lines, *more)


def line(
    one: Line, now: datetime, press: tuple[str, Action] | None = None, state: bool = False
) -> Block:
    """One case in two rows: what it is, and how it begins."""
    case = one.case
    standing = ending(case, case.closing) if case.closing else holder(case)
    head = dotted(
        number(case.id),
        mark(case.priority),
        place(one.post),
        time_left(case, one.due, now) if case.is_open else "",
        asleep(case, now),
        standing if state else "",
        opened(one.link, "card"),
    )
    accessory = button(*press, str(case.id)) if press else None
    again = "wrote again: " if one.latest else ""
    return section(f"{head}\n{again}{said(one.newest.text, _EXCERPT)}", accessory)


def _shown(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return lines[:_LISTED]
