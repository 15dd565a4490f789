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
    """Short while its part is open; one line once it is done, or the case is closed."""
    ask = facts.ask
    if ask is None:
        return _line(facts, "your department is asked no longer")
    if not ask.is_open:
        by = f" by {user(ask.done_by)}" if ask.done_by else ""
        return _line(facts, f"your part is done{by}")
    if facts.case.closing:
        return _after_the_end(facts, ask)
    here = f"{HERE} " if facts.is_alerting else ""
    head = dotted(number(facts.case.id), mark(facts.case.priority), place(facts.post))
    return drawn(
        f"{here}{summary(facts.case, facts.post)}",
        section(f"{here}{head}"),
        context(dotted(handle(facts.post), opened(facts.link, "open the owner's card"))),
        quote(facts.post.text, _EXCERPT),
        section(_part(ask)),
        context(_owner(facts)),
        actions(*follower_buttons(facts)),
    )


def _after_the_end(facts: CardFacts, ask: Ask) -> Drawn:
    """The owner is through; what words asked for may still be to do."""
    if not facts.ask_waits:
        return _line(facts, "nothing is left to do for you")
    done = button("Done", Action.DONE, str(facts.case.id))
    return _line(facts, f"your part is still open: {said(ask.ask)}", actions(done), sign="☐")


def _line(facts: CardFacts, told: str, *presses: Block, sign: str = "✓") -> Drawn:
    line = dotted(
        f"{sign} {number(facts.case.id)} {told}", _owner(facts), opened(facts.link, "open the card")
    )
    return drawn(f"#{facts.case.id}: {told}", section(line), *presses)


def _part(ask: Ask) -> str:
    by = f" · asked by {user(ask.asked_by)}" if ask.asked_by else ""
    return f"Your part: {said(ask.ask) if ask.ask else 'follow along'}{by}"


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
