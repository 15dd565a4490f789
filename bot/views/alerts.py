"""`@here`: one line for every case that nobody has taken, and who has taken it meanwhile."""

from bot.domain.case import Case
from bot.domain.facts import AlertFacts, AlertLine
from bot.views.blocks import context, section
from bot.views.drawn import Drawn
from bot.views.phrases import (
    counted,
    dotted,
    drawn,
    ending,
    handle,
    holder,
    joined,
    mark,
    moment,
    name,
    number,
    opened,
    time_left,
)

HERE = "<!here>"
_TOGETHER = 5  # lines of one block


def alert(facts: AlertFacts) -> Drawn:
    """Calls everybody only while somebody is still to take one of them."""
    lines = [_line(one, facts) for one in facts.lines]
    taken = sum(not one.waits for one in facts.lines)
    if taken == facts.total:
        return drawn("Nothing here is unclaimed any more", context("\n".join(lines)))
    title = _title(facts, facts.total - taken)
    called = f"{HERE} *{title}*" if facts.is_loud else f"*{title}*"
    rest = facts.total - len(facts.lines)
    queue = f"/case queue {name(facts.department.key)}"
    more = [context(f"… and {rest:,} more: `{queue}`")] if rest > 0 else []
    return drawn(called.replace("*", ""), section(called), *joined(lines, _TOGETHER), *more)


def _title(facts: AlertFacts, waiting: int) -> str:
    if facts.is_new:
        return "A new urgent case" if waiting == 1 else f"{waiting:,} more urgent cases"
    return counted(waiting, "unclaimed case")


def _line(line: AlertLine, facts: AlertFacts) -> str:
    case = line.case
    link = opened(line.link, "Open the card")
    if not line.waits:
        return dotted(f"✓ {number(case.id)}", handle(line.post), _taken(case), link)
    return dotted(
        f"{mark(case.priority)} {number(case.id)}",
        handle(line.post),
        f"unclaimed since {moment(line.since, facts.now)}",
        time_left(case, line.due, facts.now),
        link,
    )


def _taken(case: Case) -> str:
    """What became of it; the channel is called for it no more."""
    if case.closing:
        return ending(case, case.closing)
    if case.assignee or case.hand_off:
        return holder(case)
    return "answered" if case.waiting_since else "no longer in this queue"
