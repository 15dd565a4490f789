"""The card: one case in at most six lines, then what can be done about it.

Which buttons are drawn follows from the case's state alone, since a message looks the same to all:
new         Claim · Reply · Hand off · Escalate · No reply needed · More
claimed     Reply · Hand off · Escalate · Solve · No reply needed (until answered) · More
handed off  Accept · Return · More
in triage   a button for each department, and below them those of any new or claimed case
"""

from bot.domain.case import Case, Closing, Outcome
from bot.domain.facts import CardFacts
from bot.domain.ids import TRIAGE
from bot.domain.reply import OPEN_STATES, ReplyState
from bot.views.alerts import HERE
from bot.views.blocks import actions, button, context, options, section, static_select
from bot.views.card_lines import (
    author_line,
    head_line,
    offered_line,
    outside_line,
    post_lines,
    state_line,
    why_line,
)
from bot.views.delivery import delivery
from bot.views.drawn import Drawn
from bot.views.follower_card import follower_buttons, follower_card
from bot.views.ids import Action, merging, route_to, routing
from bot.views.incident import headline, room_of
from bot.views.limits import Block
from bot.views.phrases import counted, dotted, drawn, ending, name, number, opened, summary

UNDECIDED = (*OPEN_STATES, ReplyState.REJECTED)
_CLAIM = ("Claim", Action.CLAIM)
_REPLY = ("Reply", Action.REPLY)
_HAND_OFF = ("Hand off", Action.HAND_OFF)
_ESCALATE = ("Escalate", Action.ESCALATE)
_SOLVE = ("Solve", Action.SOLVE)
_NO_REPLY = ("No reply needed", Action.NO_REPLY)
_MORE = ("More", Action.MORE)

_BUTTONS = 10  # departments; the others stand in a menu beside them

_NEW = (_CLAIM, _REPLY, _HAND_OFF, _ESCALATE, _NO_REPLY, _MORE)
_CLAIMED = (_REPLY, _HAND_OFF, _ESCALATE, _SOLVE, _NO_REPLY, _MORE)
_ANSWERED = (_REPLY, _HAND_OFF, _ESCALATE, _SOLVE, _MORE)
_HANDED_OFF = (("Accept", Action.ACCEPT), ("Return", Action.GIVE_BACK), _MORE)


def card(facts: CardFacts) -> Drawn:
    """The case as `shown_in` sees it: its owner, a follower, or the department it has left."""
    if not facts.is_owner:
        return follower_card(facts) if facts.ask or facts.was_asked else _moved(facts)
    if facts.case.closing:
        return _closed(facts.case, facts.case.closing)
    here = f"{HERE} " if facts.is_alerting else ""
    return drawn(
        f"{here}{summary(facts.case, facts.post)}",
        section(f"{here}{head_line(facts)}"),
        *_banner(facts),
        context(author_line(facts)),
        post_lines(facts),
        context(why_line(facts)),
        section(state_line(facts), _merge(facts)),
        *_delivery(facts),
        *_departments(facts),
        actions(*buttons(facts.case)),
    )


def buttons(case: Case) -> list[Block]:
    """What can be done, from the state alone."""
    return [button(label, action, str(case.id)) for label, action in _offered(case)]


def offered(facts: CardFacts) -> list[Block]:
    """The same for whoever opens the case elsewhere than on its card."""
    if not facts.is_owner:
        return [actions(*follower_buttons(facts))] if facts.ask_waits else []
    if facts.case.closing:
        return [actions(_again(facts.case, facts.case.closing))]
    return [*_departments(facts), actions(*buttons(facts.case))]


def _offered(case: Case) -> tuple[tuple[str, Action], ...]:
    if case.hand_off:
        return _HANDED_OFF
    if case.assignee:
        return _ANSWERED if case.waiting_since else _CLAIMED
    return _NEW


def _departments(facts: CardFacts) -> list[Block]:
    """Triage decides with one press."""
    if facts.shown_in != TRIAGE or not facts.choices or facts.case.hand_off:
        return []
    case = facts.case.id
    others = [one for one in facts.choices if one.key != TRIAGE]
    first = [button(one.name, route_to(one.key), str(case)) for one in others[:_BUTTONS]]
    rest = options((one.name, routing(case, one.key)) for one in others[_BUTTONS:])
    more = counted(len(rest), "more department")
    menu = [static_select(Action.ROUTE_MENU, rest, more)] if rest else []
    return [actions(*first, *menu)]


def _banner(facts: CardFacts) -> list[Block]:
    """Whoever answers this case should know that it is one of many."""
    incident = facts.incident
    if incident is None:
        return []
    return [context(f"◼ Part of {headline(incident)} · {room_of(incident)}")]


def _delivery(facts: CardFacts) -> list[Block]:
    """How far the last answer came; one from outside the desk stands here unless one waits."""
    outside = outside_line(facts)
    if outside and not (facts.reply and facts.reply.state in UNDECIDED):
        return [section(outside)]
    if facts.reply is None:
        return []
    post = facts.answered or facts.post
    return delivery(facts.reply, post, facts.outgoing, facts.is_answered_deleted)


def _merge(facts: CardFacts) -> Block | None:
    if not facts.nearby:
        return None
    return button("Merge", Action.MERGE, merging(facts.case.id, facts.nearby[0].case))


def _closed(case: Case, closing: Closing) -> Drawn:
    told = f"✓ {number(case.id)} {ending(case, closing)}"
    return drawn(f"#{case.id} is closed: {closing.outcome}", section(told, _again(case, closing)))


def _again(case: Case, closing: Closing) -> Block:
    if closing.into:
        return button("Undo", Action.SPLIT, str(case.id))
    if closing.outcome is Outcome.NO_REPLY:
        return button("Undo", Action.UNDO_CLOSE, str(case.id))
    return button("Reopen", Action.REOPEN, str(case.id))


def _moved(facts: CardFacts) -> Drawn:
    """Offered is not moved: until somebody accepts it, it may come back."""
    case, link = facts.case, opened(facts.link, "open the card")
    department = name(facts.department.name)
    if case.hand_off and case.is_open:
        line = offered_line(case, case.hand_off, facts)
        return drawn(f"#{case.id} is offered to {department}", section(dotted(line, link)))
    line = f"{number(case.id)} moved to *{department}*"
    return drawn(f"#{case.id} moved to {department}", section(dotted(line, link)))
