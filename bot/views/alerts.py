"""`@here`: one line for every case that nobody has taken, and who has taken it meanwhile."""

from bot.domain.facts import AlertFacts, AlertLine
from bot.views.blocks import context, section, user
from bot.views.drawn import Drawn
from bot.views.phrases import (
    counted,
    dotted,
    drawn,
    handle,
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
    waiting = [one for one in facts.lines if one.waits]
    title = _title(facts)
    called = f"{HERE} *{title}*" if facts.is_loud and waiting else f"*{title}*"
    lines = [_line(one, facts) for one in facts.lines]
    rest = facts.total - len(facts.lines)
    queue = f"/case queue {name(facts.department.key)}"
    more = [context(f"… and {rest:,} more: `{queue}`")] if rest > 0 else []
    return drawn(called.replace("*", ""), section(called), *joined(lines, _TOGETHER), *more)


def _title(facts: AlertFacts) -> str:
    if facts.is_new:
        return "A new urgent case" if facts.total == 1 else f"{facts.total:,} more urgent cases"
    return counted(facts.total, "unclaimed case")


def _line(line: AlertLine, facts: AlertFacts) -> str:
    case = line.case
    link = opened(line.link, "Open the card")
    if not line.waits:
        taken = f"{user(case.assignee)} has it" if case.assignee else "nothing to do any more"
        return dotted(f"✓ {number(case.id)}: {taken}", link)
    return dotted(
        f"{mark(case.priority)} {number(case.id)}",
        handle(line.post),
        f"unclaimed since {moment(line.since, facts.now)}",
        time_left(case, line.due, facts.now),
        link,
    )
