"""Warnings, before a promise slips: nothing to acknowledge, something to do."""

from collections import Counter

from bot.domain.durations import spoken
from bot.domain.facts import WarningFacts, WarningsFacts
from bot.views.blocks import context, quote, section
from bot.views.drawn import Drawn
from bot.views.phrases import (
    PROMISES,
    clock_time,
    counted,
    dotted,
    drawn,
    joined,
    moment,
    name,
    note,
    number,
    opened,
    people,
)

_EXCERPT = 200
_TOGETHER = 8  # lines of one block


def warning(facts: WarningFacts) -> Drawn:
    """Before a promise slips; nothing to acknowledge, something to do."""
    case = facts.case
    if facts.became:
        return drawn(f"#{case.id}: {facts.became}", context(_past(facts)))
    where = "" if case.assignee else f"unclaimed in *{name(facts.department.name)}*, "
    line = f"{_called(facts)}{number(case.id)} {where}{_coming(facts)}. {opened(facts.link)}"
    return drawn(
        f"#{case.id} {PROMISES[facts.run.promise]} is due soon",
        section(line),
        quote(facts.post.text, _EXCERPT),
    )


def warnings(facts: WarningsFacts) -> Drawn:
    """The same of many, a line for each; all are for the same reader."""
    coming = [one for one in facts.warnings if not one.became]
    if not coming:
        return drawn("Nothing here is due any more", context(_what_became(facts)))
    first = coming[0]
    of = "case" if first.case.assignee else "unclaimed case"
    title = f"{counted(len(coming), of)} due soon"
    lines = [
        _past(one)
        if one.became
        else dotted(f"{number(one.case.id)} {_coming(one)}", opened(one.link, "card"))
        for one in facts.warnings
    ]
    return drawn(
        title,
        section(f"{_called(first)}*{title}*"),
        *joined(lines, _TOGETHER),
    )


def _called(facts: WarningFacts) -> str:
    """By name, where there is somebody to name."""
    return f"{people(facts.to)} " if facts.to else ""


def _coming(facts: WarningFacts) -> str:
    run = facts.run
    if run.due_at is None:
        return f"{PROMISES[run.promise]} is owed"
    left = spoken(run.due_at - facts.now)
    return f"{PROMISES[run.promise]} is due {moment(run.due_at, facts.now, f'in {left}')}"


def _past(facts: WarningFacts) -> str:
    """One line of what was, once it is over."""
    run, due = facts.run, facts.run.due_at
    was = f"{PROMISES[run.promise]} was due {clock_time(due)}" if due else PROMISES[run.promise]
    is_late = bool(due and run.stopped_at and run.stopped_at > due)
    when = f" {clock_time(run.stopped_at)}" if run.stopped_at else ""
    missed = "missed" if is_late and facts.became != "missed" else ""
    return dotted(f"{number(facts.case.id)} {was}", missed, f"{note(facts.became)}{when}")


def _what_became(facts: WarningsFacts) -> str:
    """How many were answered, missed or closed."""
    counts = Counter(one.became for one in facts.warnings)
    cases = counted(len(facts.warnings), "case")
    return f"{cases} were due: " + ", ".join(f"{n} {note(what)}" for what, n in counts.items())
