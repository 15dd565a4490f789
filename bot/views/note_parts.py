"""What the lines of `bot.views.notes` are built of, and how they read their facts."""

from datetime import UTC, datetime

from bot.domain.case import Case
from bot.domain.facts import NoteFacts
from bot.domain.ids import DESK, MemberId
from bot.views.blocks import actions, button, context, quote, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import (
    counted,
    dotted,
    drawn,
    handle,
    mark,
    number,
    opened,
    people,
    place,
    who,
)

QUOTED = 2000
_CONTEXT = 600


def line(facts: NoteFacts, words: str) -> Drawn:
    """For the card's own thread, or about no case."""
    if is_direct(facts):
        return about(facts, _of_its_case(facts, words))
    return drawn(title(facts, words), section(spaced(mentioned(facts), _named(facts, words))))


def quoting(facts: NoteFacts, words: str) -> Drawn:
    """A line above the customer's own words."""
    if is_direct(facts):
        return about(facts, _of_its_case(facts, words))
    quoted = [quote(facts.post.text, QUOTED)] if facts.post else []
    head = spaced(mentioned(facts), f"{_named(facts, words)}:")
    return drawn(title(facts, words), section(head), *quoted)


def mentioned(facts: NoteFacts) -> str:
    """Whose phone is to buzz: they are named in the message as it is posted."""
    to = facts.args.get("to")
    return people(MemberId(str(one)) for one in to) if isinstance(to, list) else ""


def is_direct(facts: NoteFacts) -> bool:
    """Said to one person, who does not have the card before them."""
    return facts.args.get("direct") is True


def spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def about(facts: NoteFacts, words: str, *more: Block) -> Drawn:
    """A line to somebody who does not have the card before them."""
    head = section(dotted(words, opened(facts.link)))
    return drawn(title(facts, words), head, *surroundings(facts), *more)


def with_more(facts: NoteFacts, shown: Drawn) -> Drawn:
    """The same person has caused it again and again, which is said in one message."""
    more = facts.args.get("more")
    if not isinstance(more, int):
        return shown
    times = counted(more, "more message")
    told = f"and {times} like this before; *Show* on the card has them all"
    return drawn(shown.text, *shown.blocks, context(told))


def surroundings(facts: NoteFacts) -> list[Block]:
    if facts.post is None:
        return []
    urgency = mark(facts.case.priority) if facts.case else ""
    head = context(dotted(urgency, place(facts.post), handle(facts.post)))
    return [head, quote(facts.post.text, _CONTEXT)]


def accepting(case: Case | None) -> list[Block]:
    if case is None or case.hand_off is None:
        return []
    accept = button("Accept", Action.ACCEPT, str(case.id), style="primary")
    return [actions(accept, button("Return", Action.GIVE_BACK, str(case.id)))]


def title(facts: NoteFacts, words: str) -> str:
    """The words for a notification, with the case they are about."""
    if facts.case is None or f"#{facts.case.id}" in words:
        return words
    return f"#{facts.case.id}: {words}"


def _named(facts: NoteFacts, words: str) -> str:
    """Where several cases share a thread, each line says which one it is about."""
    return _of_its_case(facts, words) if facts.is_shared else words


def _of_its_case(facts: NoteFacts, words: str) -> str:
    if facts.case is None or f"#{facts.case.id}" in words:
        return words
    return f"{number(facts.case.id)}: {words}"


def case_of(facts: NoteFacts) -> str:
    return number(facts.case.id) if facts.case else "this case"


def author(facts: NoteFacts) -> str:
    return user(facts.reply.author) if facts.reply else "Please look"


def writer(facts: NoteFacts) -> str:
    """Who wrote the post that the line is about."""
    return f"*{who(facts.post)}*" if facts.post else "The customer"


def by(facts: NoteFacts) -> str:
    return member(facts, "by") or user(DESK)


def member(facts: NoteFacts, key: str) -> str:
    written = word(facts, key)
    return user(MemberId(written)) if written else ""


def word(facts: NoteFacts, key: str) -> str:
    value = facts.args.get(key)
    return value if isinstance(value, str) else ""


def at(facts: NoteFacts, key: str) -> datetime | None:
    """A moment, written in milliseconds."""
    written = figure(facts, key)
    return datetime.fromtimestamp(written / 1000, UTC) if written else None


def figure(facts: NoteFacts, key: str) -> int:
    value = facts.args.get(key)
    return value if isinstance(value, int) else 0
