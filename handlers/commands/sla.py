"""`/sla`: what customers are promised, and the receipt of a case's clocks."""

import re
from dataclasses import dataclass

from bot.domain.durations import Duration, parse_duration
from bot.domain.ids import CaseId
from bot.domain.post import Priority
from bot.domain.sla import EVERY, Promise, parse_percent
from bot.services.policies import SlaOrder
from bot.views.admin_forms import sla_form
from bot.views.desk_lists import help_of
from bot.views.rules import sla_change, sla_table
from bot.views.whole_case import receipt
from handlers.answers import Answer
from handlers.commands import grammar
from handlers.commands.grammar import Misread, Place, keyword
from handlers.commands.places import department
from handlers.commands.registry import Role, command, forms_of
from handlers.desk import Desk
from handlers.payload import Typed

_PROMISES = {
    "first": Promise.FIRST_RESPONSE,
    "first-response": Promise.FIRST_RESPONSE,
    "next": Promise.NEXT_RESPONSE,
    "next-response": Promise.NEXT_RESPONSE,
    "resolution": Promise.RESOLUTION,
}
HOURS = {"business": True, "always": False}
_OPTION = re.compile(r"(?P<name>priority|hours):(?P<value>\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """A promise as it was typed; whose, the desk has to look up."""

    where: Place
    promise: Promise
    duration: Duration
    priority: Priority | None = None
    business: bool | None = None


def wish(text: str) -> Wish | None:
    """`service first-response 30m priority:urgent hours:always`; None where there are no words."""
    if not text.strip():
        return None
    where, rest = grammar.first(text)
    promise, rest = grammar.first(rest)
    length, rest = grammar.first(rest)
    if not length or keyword(promise) not in _PROMISES:
        raise Misread
    duration = parse_duration(length)
    return Wish(grammar.place(where), _PROMISES[keyword(promise)], duration, *_options(rest))


def worded(order: SlaOrder) -> str:
    """The promise as `/sla set` takes it."""
    words = [order.department, order.promise.replace("_", "-"), str(order.duration)]
    if order.priority:
        words.append(f"priority:{order.priority}")
    if order.business is not None:
        words.append(f"hours:{'business' if order.business else 'always'}")
    return " ".join(words)


@command("sla list", usage="/sla", takes=grammar.nothing, help="what is promised to whom")
def show_promises(desk: Desk, typed: Typed, _: None) -> Answer:
    return sla_table(*desk.policies.policy(by=typed.by))


@command(
    "sla set",
    usage="/sla set DEPARTMENT first-response|next-response|resolution DURATION"
    " [priority:P] [hours:business|always]",
    takes=wish,
    role=Role.ADMIN,
    help="`*` means every department; alone it opens a form",
)
def set_promise(desk: Desk, typed: Typed, wished: Wish | None) -> Answer:
    if wished is None:
        return sla_form(desk.policies.policy(by=typed.by)[1])
    return sla_change(desk.policies.set_promise(order(desk, wished), by=typed.by))


def percent(text: str) -> int:
    try:
        return parse_percent(text)
    except ValueError:
        raise Misread from None


@command(
    "sla warn",
    usage="/sla warn 75%",
    takes=percent,
    role=Role.ADMIN,
    help="how much of the time is gone when the owner is warned",
)
def warn(desk: Desk, typed: Typed, at: int) -> Answer:
    return sla_change(desk.policies.set_warning(at, by=typed.by))


@command(
    "sla explain",
    usage="/sla explain N",
    takes=grammar.case,
    help="every stretch of a case's clocks that counted or not, and why",
)
def explain(desk: Desk, typed: Typed, case: CaseId) -> Answer:
    return receipt(desk.boards.receipt(case, by=typed.by))


@command("sla help", usage="/sla help", takes=grammar.any_words, help="this list")
def help_sla(desk: Desk, _typed: Typed, _: str) -> Answer:
    return help_of(forms_of("sla", desk.prefix))


def order(desk: Desk, wished: Wish) -> SlaOrder:
    name = wished.where.name
    return SlaOrder(
        EVERY if name in (EVERY, "all") else department(desk, name),
        wished.promise,
        wished.duration,
        wished.priority,
        wished.business,
    )


def _options(text: str) -> tuple[Priority | None, bool | None]:
    found = [_OPTION.fullmatch(word) for word in text.split()]
    options = {one["name"].casefold(): one["value"] for one in found if one}
    hours = keyword(options.get("hours", ""))
    if len(options) != len(found) or (hours and hours not in HOURS):
        raise Misread
    priority = options.get("priority")
    return grammar.priority(priority) if priority else None, HOURS.get(hours)
