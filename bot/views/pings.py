"""What disturbs people: pings with *Acknowledge*, warnings before them, and many of either."""

from bot.domain.durations import spoken
from bot.domain.escalation import PingKind
from bot.domain.facts import BundleFacts, PingFacts, WarningFacts, WarningsFacts
from bot.views.blocks import actions, button, confirm, context, quote, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import MESSAGE_BLOCKS, Block
from bot.views.phrases import (
    PROMISES,
    clock_time,
    counted,
    dotted,
    drawn,
    in_words,
    joined,
    moment,
    name,
    note,
    number,
    opened,
    people,
    place,
    reason,
    said,
)

_EXCERPT = 200
_CALLED_AS: dict[str, str] = {
    PingKind.ON_CALL: "who is on call",
    PingKind.SECOND: "the second on call, nobody acknowledged",
    PingKind.TEAM: "the whole team, nobody acknowledged",
    PingKind.LEAD: "the lead, nobody acknowledged",
    PingKind.CHANNEL: "the channel",
}
_EVERYBODY = "<!channel>"
_TOGETHER = 8  # lines of one block
_BUNDLED = MESSAGE_BLOCKS - 5  # room for the head, and for the count of the rest


def ping(facts: PingFacts) -> Drawn:
    """Whom it concerns, what is wrong, who is there, and one button that stops it."""
    return drawn(
        _text(facts),
        section(_line(facts)),
        quote(facts.post.text, _EXCERPT),
        context(dotted(place(facts.post), _cause(facts))),
        _end(facts),
    )


def bundle(facts: BundleFacts) -> Drawn:
    """A line for each, so that each can be acknowledged by itself, and all that wait at once."""
    called = dict.fromkeys(member for one in facts.pings for member in one.people)
    title = f"*{counted(len(facts.pings), 'case')} need somebody now*"
    shown, rest = facts.pings[:_BUNDLED], len(facts.pings) - _BUNDLED
    more = [context(f"… and {rest} more; `/case queue` lists them")] if rest > 0 else []
    waiting = sum(not one.is_over for one in shown)
    press = _acknowledge_all(facts.key, waiting) if waiting > 1 else None
    return drawn(
        f"{counted(len(facts.pings), 'case')} need somebody now",
        section(dotted(people(called) or f"{_EVERYBODY} Nobody is on duty", title), press),
        *(_bundled(one) for one in shown),
        *more,
    )


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


def _text(facts: PingFacts) -> str:
    if facts.is_over:
        return f"#{facts.case.id}: {_settled(facts)}"
    return f"{_called(facts)} #{facts.case.id} {_wrong(facts)}"


def _line(facts: PingFacts) -> str:
    wrong = f"{_called(facts)} {number(facts.case.id)} {_wrong(facts)}"
    return dotted(wrong, _there(facts), opened(facts.link))


def _called(facts: PingFacts) -> str:
    """Whose phone buzzes: people by name, else everybody in the channel."""
    everybody = "" if facts.why == PingKind.CHANNEL else " Nobody is on duty."
    return people(facts.people) or f"{_EVERYBODY}{everybody}"


def _wrong(facts: PingFacts) -> str:
    """What happened: a broken promise in figures, anything else in its own words."""
    run = facts.run
    if run is None or run.due_at is None or run.due_at > facts.now:
        urgent = f": {said(facts.case.escalated)}" if facts.case.escalated else ""
        return f"{reason(facts.why)}{urgent}"
    late = spoken(facts.now - run.due_at)
    return f"{PROMISES[run.promise]} is {late} late (due {clock_time(run.due_at)})"


def _there(facts: PingFacts) -> str:
    """Who has the case, else who could."""
    if facts.case.assignee:
        return f"{user(facts.case.assignee)} has it"
    people_on = f"{in_words(facts.members)} {'person' if facts.members == 1 else 'people'} on"
    there = people_on if facts.members else "nobody there"
    return f"nobody has claimed it, {name(facts.department.name)} has {there}"


def pinged_as(why: str) -> str:
    """Why somebody is called: the step of the escalation in words, or the desk's reason."""
    kind = why.partition(":")[0]
    return _CALLED_AS.get(kind, reason(why))


def _cause(facts: PingFacts) -> str:
    """Why this ping, where the line says the promise."""
    return f"called: {pinged_as(facts.why)}" if facts.run and facts.why else ""


def _end(facts: PingFacts) -> Block:
    if facts.is_over:
        return context(_settled(facts))
    return actions(button("Acknowledge", Action.ACKNOWLEDGE, facts.key, style="primary"))


def _settled(facts: PingFacts) -> str:
    """Why nothing is to be done about it any more."""
    settled = f"✓ {note(facts.settled)}" if facts.settled else ""
    return dotted(settled, _acknowledged(facts))


def _acknowledged(facts: PingFacts) -> str:
    if not facts.acknowledged_by or not facts.acknowledged_at:
        return ""
    after, run = "", facts.run
    if run and run.due_at and run.due_at < facts.acknowledged_at:
        after = f", {spoken(facts.acknowledged_at - run.due_at)} after it was due"
    when = clock_time(facts.acknowledged_at)
    return f"✓ acknowledged by {user(facts.acknowledged_by)} at {when}{after}"


def _bundled(facts: PingFacts) -> Block:
    """One case in a bundle: mentions stand in its head, so that nobody is called twice."""
    line = f"{number(facts.case.id)} {_wrong(facts)}"
    if facts.is_over:
        return section(dotted(line, _settled(facts)))
    press = button("Acknowledge", Action.ACKNOWLEDGE, facts.key)
    return section(dotted(line, _there(facts), opened(facts.link)), press)


def _acknowledge_all(key: str, waiting: int) -> Block:
    """One press for so many is asked about first: it says of each that somebody has seen it."""
    title = f"Acknowledge all {waiting}"
    means = (
        f"You have seen these {waiting}. It stops their climbing; what the customers were promised"
        " stands."
    )
    sure = confirm(f"{title}?", means, title)
    return button(title, Action.ACKNOWLEDGE_ALL, key, confirm=sure)


def _coming(facts: WarningFacts) -> str:
    run = facts.run
    if run.due_at is None:
        return f"{PROMISES[run.promise]} is owed"
    left = spoken(run.due_at - facts.now)
    return f"{PROMISES[run.promise]} is due {moment(run.due_at, facts.now, f'in {left}')}"
