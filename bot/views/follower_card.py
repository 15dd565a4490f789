"""The short card of a department that follows a case: its own part, and how the owner stands."""

from bot.domain.ask import Ask
from bot.domain.facts import CardFacts
from bot.views.alerts import HERE
from bot.views.blocks import actions, button, context, quote, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import (
    dotted,
    drawn,
    ending,
    handle,
    holder,
    mark,
    name,
    number,
    opened,
    place,
    said,
    summary,
    time_left,
)

_EXCERPT = 300


def follower_card(facts: CardFacts) -> Drawn:
    """Short while its part is open; one line once it is done, or moot."""
    ask = facts.ask
    if ask is None or not ask.is_open:
        return _finished(facts, ask)
    here = f"{HERE} " if facts.is_alerting else ""
    head = dotted(number(facts.case.id), mark(facts.case.priority), place(facts.post))
    return drawn(
        f"{here}{summary(facts.case, facts.post)}",
        section(f"{here}{head}"),
        context(dotted(handle(facts.post), opened(facts.link, "open the owner's card"))),
        quote(facts.post.text, _EXCERPT),
        section(f"Your part: {said(ask.ask)}" if ask.ask else "Your part: follow along"),
        context(_owner(facts)),
        actions(*follower_buttons(facts)),
    )


def _finished(facts: CardFacts, ask: Ask | None) -> Drawn:
    by = f" by {user(ask.done_by)}" if ask and ask.done_by else ""
    line = f"✓ {number(facts.case.id)} your part is done{by}"
    text = f"#{facts.case.id}: your part is done"
    return drawn(text, section(dotted(line, _owner(facts), opened(facts.link, "open the card"))))


def _owner(facts: CardFacts) -> str:
    """The owner's state, as their own card has it."""
    case, department = facts.case, f"*{name(facts.department.name)}*"
    if case.closing:
        return f"{department}: {ending(case, case.closing)}"
    return dotted(f"{department}: {holder(case)}", time_left(case, facts.due, facts.now))


def follower_buttons(facts: CardFacts) -> list[Block]:
    """What a following department can do."""
    value = str(facts.case.id)
    done = button("Done", Action.DONE, value)
    take_over = button("Take over", Action.TAKE_OVER, value)
    return [done, take_over] if facts.case.is_open else [done]
