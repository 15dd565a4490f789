"""Warnings, before a promise slips: nothing to acknowledge, something to do."""

from bot.domain.durations import spoken
from bot.domain.facts import WarningFacts, WarningsFacts
from bot.views.blocks import quote, section, user
from bot.views.drawn import Drawn
from bot.views.phrases import (
    PROMISES,
    counted,
    dotted,
    drawn,
    joined,
    moment,
    name,
    number,
    opened,
)

_EXCERPT = 200
_TOGETHER = 8  # lines of one block


def warning(facts: WarningFacts) -> Drawn:
    """Before a promise slips; nothing to acknowledge, something to do."""
    case = facts.case
    to = user(facts.to) if facts.to else f"*{name(facts.department.name)}*: nobody has it."
    line = f"{to} {number(case.id)} {_coming(facts)}. {opened(facts.link)}"
    return drawn(
        f"#{case.id} {PROMISES[facts.run.promise]} is due soon",
        section(line),
        quote(facts.post.text, _EXCERPT),
    )


def warnings(facts: WarningsFacts) -> Drawn:
    """The same of many, a line for each; all are for the same reader."""
    title = f"{counted(len(facts.warnings), 'case')} due soon"
    reader = facts.warnings[0].to
    lines = [
        dotted(f"{number(one.case.id)} {_coming(one)}", opened(one.link, "card"))
        for one in facts.warnings
    ]
    return drawn(
        title,
        section(f"{user(reader)} *{title}*" if reader else f"*{title}, and nobody has them*"),
        *joined(lines, _TOGETHER),
    )


def _coming(facts: WarningFacts) -> str:
    run = facts.run
    if run.due_at is None:
        return f"{PROMISES[run.promise]} is owed"
    left = spoken(run.due_at - facts.now)
    return f"{PROMISES[run.promise]} is due {moment(run.due_at, facts.now, f'in {left}')}"
