"""`/rota`: who is on call; shifts, stand-ins, swaps and events."""

import re
from dataclasses import dataclass

from bot.domain.ids import MemberId
from bot.domain.moments import TypedSpan, is_moment
from bot.services.rota import ShiftOrder
from bot.views.desk_lists import help_of
from bot.views.rota import board, change
from handlers.answers import Answer
from handlers.commands import grammar
from handlers.commands.grammar import Misread, Place, as_typed, first
from handlers.commands.places import person
from handlers.commands.registry import Role, command, forms_of
from handlers.desk import Desk
from handlers.payload import Typed

_OPTION = re.compile(r"(?P<name>level|zone):(?P<value>\S+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:to|until|till)\s+", re.IGNORECASE)
_DASHED = re.compile(r"\s*[-‐‑–—−]\s*")
_LEVEL = re.compile(r"[1-9]")
_QUOTES = "\"'“”„‟«»‘’ "


@dataclass(frozen=True)
class TypedShift:
    who: Place
    days: str
    hours: str
    level: int
    zone: str


@dataclass(frozen=True)
class TypedOverride:
    who: Place
    span: TypedSpan
    level: int


@dataclass(frozen=True)
class TypedSwap:
    one: Place
    other: Place
    day: str


@dataclass(frozen=True)
class TypedEvent:
    name: str
    span: TypedSpan
    who: tuple[Place, ...]


def shift(text: str) -> TypedShift:
    """`@ann mon-fri 09:00-17:00 level:2 zone:Europe/Amsterdam`, also with long dashes."""
    text, level, zone = _without_options(text)
    who, rest = first(text)
    days, hours = first(_DASHED.sub("-", re.sub(r"\s*,\s*", ",", rest)))
    if not hours or " " in hours:
        raise Misread
    return TypedShift(_person(who), days, hours, level, zone)


def override(text: str) -> TypedOverride:
    text, level, zone = _without_options(text)
    who, rest = first(text)
    return TypedOverride(_person(who), _span(rest, zone), level)


def swap(text: str) -> TypedSwap:
    one, rest = first(text)
    other, day = first(rest)
    if not day:
        raise Misread
    return TypedSwap(_person(one), _person(other), as_typed(day))


def event(text: str) -> TypedEvent:
    """The name, the moments behind it, and the people at the end."""
    text, level, zone = _without_options(text)
    text, people = _people_at_the_end(text)
    named, until = _cut(text)
    name, start = _without_moment(named)
    if not people or not name or level != 1:
        raise Misread
    return TypedEvent(name, TypedSpan(start, until, zone), people)


@command(
    "rota list", usage="/rota", takes=grammar.nothing, help="who is on duty, now and this week"
)
def show(desk: Desk, typed: Typed, _: None) -> Answer:
    return board(desk.rota.board(by=typed.by))


@command(
    "rota add",
    usage="/rota add @person DAYS HOURS [level:2] [zone:Europe/Amsterdam]",
    takes=shift,
    role=Role.ADMIN,
    help="every week, like mon-fri 09:00-17:00 or sat,sun 22:00-06:00",
)
def add(desk: Desk, typed: Typed, wanted: TypedShift) -> Answer:
    who = person(desk, wanted.who)
    order = ShiftOrder(who, wanted.days, wanted.hours, wanted.level, wanted.zone)
    return change(desk.rota.add(order, by=typed.by))


@command(
    "rota override",
    usage="/rota override @person FROM to UNTIL [level:2] [zone:Europe/Amsterdam]",
    takes=override,
    role=Role.ADMIN,
    help="covers for everybody, like fri 18:00 to mon 09:00",
)
def stand_in(desk: Desk, typed: Typed, wanted: TypedOverride) -> Answer:
    who = person(desk, wanted.who)
    return change(desk.rota.override(who, wanted.span, wanted.level, by=typed.by))


@command(
    "rota swap",
    usage="/rota swap @person @person DATE",
    takes=swap,
    role=Role.ADMIN,
    help="they exchange the shifts that begin on that day",
)
def exchange(desk: Desk, typed: Typed, wanted: TypedSwap) -> Answer:
    one, other = person(desk, wanted.one), person(desk, wanted.other)
    return change(desk.rota.swap(one, other, wanted.day, by=typed.by))


@command(
    "rota event",
    usage="/rota event NAME FROM until UNTIL @people",
    takes=event,
    role=Role.ADMIN,
    help="they are on duty too, with whoever is",
)
def plan_event(desk: Desk, typed: Typed, wanted: TypedEvent) -> Answer:
    people: tuple[MemberId, ...] = tuple(person(desk, one) for one in wanted.who)
    return change(desk.rota.event(wanted.name, people, wanted.span, by=typed.by))


@command(
    "rota remove",
    usage="/rota remove N",
    takes=grammar.count,
    role=Role.ADMIN,
    help="the entry of that number",
)
def remove(desk: Desk, typed: Typed, number: int) -> Answer:
    return change(desk.rota.remove(number, by=typed.by))


@command("rota help", usage="/rota help", takes=grammar.any_words, help="this list")
def help_rota(desk: Desk, _typed: Typed, _: str) -> Answer:
    return help_of(forms_of("rota", desk.prefix))


def _person(word: str) -> Place:
    """Somebody, also by a bare name."""
    where = grammar.place(word)
    if word.strip().startswith("<#") or not where.name:
        raise Misread
    return where


def _without_options(text: str) -> tuple[str, int, str]:
    """The text, the level and the zone, wherever they were typed."""
    options = {one["name"].casefold(): one["value"] for one in _OPTION.finditer(text)}
    level = options.get("level", "1")
    if not _LEVEL.fullmatch(level):
        raise Misread
    return " ".join(_OPTION.sub("", text).split()), int(level), options.get("zone", "")


def _span(text: str, zone: str) -> TypedSpan:
    start, end = _cut(text)
    return TypedSpan(start, end, zone)


def _cut(text: str) -> tuple[str, str]:
    """What stands before the last `to` or `until`, and after it."""
    parts = _BETWEEN.split(as_typed(text))
    if len(parts) < 2 or not parts[-1]:
        raise Misread
    return " to ".join(parts[:-1]), parts[-1]


def _people_at_the_end(text: str) -> tuple[str, tuple[Place, ...]]:
    words = text.split(" ")
    people: list[Place] = []
    while words and words[-1].lstrip("<").startswith("@"):
        people.insert(0, grammar.place(words.pop().rstrip(",")))
    return " ".join(words), tuple(people)


def _without_moment(text: str) -> tuple[str, str]:
    """A name, and the one or two words at its end that are a moment."""
    words = text.split()
    for count in (2, 1):
        moment = " ".join(words[-count:])
        if len(words) > count and is_moment(moment):
            return " ".join(words[:-count]).strip(_QUOTES), moment
    raise Misread
