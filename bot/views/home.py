"""The home tab: what is yours, stuck, waiting in your departments, today, and what is missing."""

from collections.abc import Sequence

from bot.domain.boards import MineBoard, QueueBoard, Step
from bot.domain.figure_boards import HomeBoard
from bot.views import inert
from bot.views.asked import asked
from bot.views.blocks import button, context, divider, section
from bot.views.drawn import Drawn
from bot.views.figures import today
from bot.views.ids import Action
from bot.views.limits import MESSAGE_BLOCKS, Block
from bot.views.lists import asleep_too, line
from bot.views.outgoing import at_home
from bot.views.phrases import counted, drawn, name, reason
from bot.views.stuck import stuck

MINE = 8  # a home tab is read at a glance; the rest is in `/case` and `/case queue`
ASKED = 3  # each takes two rows
QUEUED = 14  # in all departments together, where there is room for so many


def home(board: HomeBoard) -> Drawn:
    """Whole, within what one view may hold."""
    above = [
        _steps(board.steps) if board.steps else [],
        asked(board.mine.asked, ASKED),
        _mine(board.mine),
        stuck(board.stuck, board.now),
        at_home(board.outgoing),
    ]
    below = [today(board.today) if board.today else []]
    taken = sum(len(part) + 1 for part in (*above, *below))
    parts = [*above, _queues(board.queues, MESSAGE_BLOCKS - taken), *below]
    blocks = [block for part in parts if part for block in (divider(), *part)]
    return drawn("Home", *blocks[1:])


def step_to_do(step: Step) -> Drawn:
    """One missing step, and how it is done."""
    if step.done:
        return drawn("Done", section(f"✓ {inert.ended(reason(step.title))}: that is done."))
    title = reason(step.title)
    return drawn(title, section(f"*{title}*\n{reason(step.todo)}"))


def _steps(steps: Sequence[Step]) -> list[Block]:
    """Nothing once all is ready."""
    missing = [(number, step) for number, step in enumerate(steps, start=1) if not step.done]
    if not missing:
        return []
    done = len(steps) - len(missing)
    rows = [
        section(f"☐ {reason(step.title)}", button("Show how", Action.SETUP_STEP, str(number)))
        for number, step in missing
    ]
    return [section(f"*Set-up {done} of {len(steps)}*"), *rows]


def _mine(board: MineBoard) -> list[Block]:
    cases = [
        *(line(one, board.now, ("Accept", Action.ACCEPT)) for one in board.offered),
        *(line(one, board.now) for one in board.lines),
    ]
    if not cases:
        return [section("*Yours*: you have no case.")]
    total = board.held + len(board.offered)
    head = section(f"*Yours*: {counted(total, 'case')}")
    return [head, *_first(cases, MINE, total, "/case")]


def _queues(boards: Sequence[QueueBoard], space: int) -> list[Block]:
    if not boards:
        how = "You are in no department's channel yet. Ask to be invited: its cases show here then."
        return [section(f"*Queues*: {how}")]
    ends = 2 * len(boards) + sum(bool(board.asleep) for board in boards)  # headlines, last lines
    room = min(QUEUED, space - ends)
    blocks: list[Block] = []
    for board in boards:
        blocks += _queue(board, room)
        room = max(room - len(board.lines), 0)
    return blocks


def _queue(board: QueueBoard, room: int) -> list[Block]:
    title = f"*{name(board.department.name)}*"
    if not board.lines:
        still = f", {counted(board.total_open, 'case')} open" if board.total_open else ""
        return [section(f"{title}: nothing waits{still}"), *asleep_too(board)]
    cases = [line(one, board.now, ("Claim", Action.CLAIM)) for one in board.lines]
    head = section(f"{title}: {board.free:,} of {counted(board.total_open, 'open case')} unclaimed")
    where = f"/case queue {name(board.department.key)}"
    return [head, *_first(cases, max(room, 0), board.free, where), *asleep_too(board)]


def _first(cases: Sequence[Block], room: int, of: int, where: str) -> list[Block]:
    """`of` so many, of which the cases may be the first only."""
    shown = cases[:room]
    more = of - len(shown)
    end = [context(f"… and {more:,} more: `{where}`")] if more > 0 else []
    return [*shown, *end]
