"""The list of what is late: whom it calls, a line for each case, *Acknowledge* and *Open*."""

import re

from bot.domain.durations import spoken
from bot.domain.escalation import PingKind
from bot.domain.facts import BundleFacts, MovedFacts, PingFacts
from bot.domain.ids import MemberId
from bot.domain.post import Priority
from bot.views import inert
from bot.views.blocks import actions, button, confirm, context, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import MESSAGE_BLOCKS, Block
from bot.views.phrases import (
    PROMISES,
    clock_time,
    counted,
    dotted,
    drawn,
    name,
    note,
    number,
    opened,
    people,
    reason,
    said,
)

_EXCERPT = 80
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_NAME = 30
_CALLED_AS: dict[str, str] = {
    PingKind.ON_CALL: "who is on call",
    PingKind.SECOND: "the second on call; the first did not acknowledge",
    PingKind.TEAM: "the whole team; no acknowledgement yet",
    PingKind.LEAD: "the lead; no acknowledgement yet",
    PingKind.CHANNEL: "the channel",
}
_EVERYBODY = "<!channel> Nobody is on duty"
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_REST = "`/case queue #rapid-response` lists all of them"


def late_list(facts: BundleFacts | MovedFacts) -> Drawn:
    """One line a case; counts are numbers of cases."""
    if isinstance(facts, MovedFacts):
        return _moved(facts)
    is_short = _blocks_of(facts) <= MESSAGE_BLOCKS - 2
    lines = [block for one in facts.pings for block in _line(one, is_short)]
    cases = ", ".join(f"#{one.case.id}" for one in facts.pings)
    return drawn(
        dotted(_title(facts), cases),
        section(dotted(_called(facts), f"*{_title(facts)}*"), _acknowledge_all(facts)),
        *lines,
        *([context(f"… and {facts.rest:,} more · {_REST}")] if facts.rest > 0 else []),
    )


def ping(facts: PingFacts | MovedFacts) -> Drawn:
    """A call that an older program said by itself."""
    if isinstance(facts, MovedFacts):
        return _moved(facts)
    blocks = _line(facts, is_short=True)
    return drawn(f"#{facts.case.id}: {_settled(facts) or _wrong(facts)}", *blocks)


def pinged_as(why: str) -> str:
    """Why somebody is called: the step of the escalation in words, or the desk's reason."""
    kind = why.partition(":")[0]
    return _CALLED_AS.get(kind, inert.ended(reason(why)))


def late_line(facts: PingFacts) -> str:
    """One case in one line: what is late, who has it, who is called."""
    return dotted(
        f"{_sign(facts)} {number(facts.case.id)} {_who(facts)}",
        _wrong(facts),
        _holder(facts),
        _settled(facts) or _call(facts),
    )


def _moved(facts: MovedFacts) -> Drawn:
    whom = people(facts.called) or "the channel"
    when = clock_time(facts.posted_at)
    line = f"Called {whom} at {when} about {counted(facts.cases, 'case')} · see the newest list"
    return drawn("See the newest list", context(line))


def _blocks_of(facts: BundleFacts) -> int:
    """With all the room that each line likes to have."""
    return sum(1 if one.is_over else 2 for one in facts.pings)


def _title(facts: BundleFacts) -> str:
    if not facts.late:
        return "Nothing here is late any more"
    if not facts.waiting:
        return "Acknowledged" if facts.late == 1 else f"All {facts.late:,} cases are acknowledged"
    is_late = all(one.run for one in facts.pings if not one.settled)
    verb = "is" if facts.late == 1 else "are"
    needs = "needs" if facts.late == 1 else "need"
    title = (
        f"{counted(facts.late, 'case')} {f'{verb} late' if is_late else f'{needs} somebody now'}"
    )
    seen = facts.late - facts.waiting
    return f"{title}, {seen:,} acknowledged" if seen else title


def _called(facts: BundleFacts) -> str:
    """Whose phones buzz: people by name, and everybody where nobody could be named."""
    is_channel = any(one.why == PingKind.CHANNEL for one in facts.pings)
    everybody = "<!channel>" if is_channel else _EVERYBODY
    return dotted(people(facts.called), everybody if facts.calls_everybody else "")


def _acknowledge_all(facts: BundleFacts) -> Block | None:
    """One press for so many is asked about first: it says of each that somebody has seen it."""
    if facts.waiting < 2:
        return None
    title = f"Acknowledge all {facts.waiting}"
    means = (
        f"Marks {facts.waiting} cases as seen and stops escalating them. Deadlines don't change."
    )
    sure = confirm(f"{title}?", means, title)
    return button(title, Action.ACKNOWLEDGE_ALL, facts.key, confirm=sure)


def _line(facts: PingFacts, is_short: bool) -> list[Block]:
    """What waits has its buttons; what is over shrinks."""
    if facts.settled:
        return [context(late_line(facts))]
    open_it = button("Open", Action.OPEN, str(facts.case.id))
    if facts.acknowledged_by:
        return [section(late_line(facts), open_it)]
    press = button("Acknowledge", Action.ACKNOWLEDGE, facts.key, style="primary")
    if is_short:
        words = said(facts.post.text, _EXCERPT)
        return [section(f"{late_line(facts)}\n{words}"), actions(press, open_it)]
    return [section(dotted(late_line(facts), opened(facts.link, "card")), press)]


def _sign(facts: PingFacts) -> str:
    if facts.is_over:
        return "✓"
    return "🔴 *Urgent*" if facts.case.priority is Priority.URGENT else "🔴"


def _who(facts: PingFacts) -> str:
    author = facts.post.author
    return inert.plain(inert.one_line(author.name or author.handle, _NAME))


def _wrong(facts: PingFacts) -> str:
    """What happened: a broken promise in figures, anything else in its own words."""
    run = facts.run
    if facts.settled or (facts.acknowledged_by and run is None):
        return ""
    if run is None or run.due_at is None or run.due_at > facts.now:
        urgent = f": {said(facts.case.escalated)}" if facts.case.escalated else ""
        return f"{_named(facts)}{urgent}"
    late = spoken(facts.now - run.due_at)
    return f"{PROMISES[run.promise]} {late} late (due {clock_time(run.due_at)})"


def _named(facts: PingFacts) -> str:
    """The desk's reason; whom it names was not called by it, so no phone buzzes."""
    parts = _MENTION.split(facts.why)
    names = [
        _say(facts, MemberId(part)) if n % 2 else pinged_as(part)
        for n, part in enumerate(parts)
        if part
    ]
    return " ".join(names)


def _holder(facts: PingFacts) -> str:
    if facts.settled:
        return ""
    if facts.case.assignee:
        return f"{_say(facts, facts.case.assignee)} has it"
    return f"unclaimed in {name(facts.department.channel or facts.department.name)}"


def _call(facts: PingFacts) -> str:
    """How often somebody was called about it, and who now; nobody is called by this line."""
    ending = _ORDINALS.get(facts.times, "th") if facts.times < 20 else "th"
    whom = ", ".join(_say(facts, one) for one in facts.people) or "the channel"
    return f"{facts.times}{ending} call: {whom}"


def _settled(facts: PingFacts) -> str:
    """Why nothing is to be done about it any more."""
    return dotted(note(facts.settled), _acknowledged(facts))


def _acknowledged(facts: PingFacts) -> str:
    if not facts.acknowledged_by or not facts.acknowledged_at:
        return ""
    when = clock_time(facts.acknowledged_at)
    since = ", no answer since" if facts.why.endswith("no answer since") else ""
    return f"acknowledged by {_say(facts, facts.acknowledged_by)} at {when}{since}"


def _say(facts: PingFacts, member: MemberId) -> str:
    known = facts.names.get(member)
    return name(known) if known else user(member)
