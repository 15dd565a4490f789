"""`/desk`: departments, people, and taking changes back."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.department import Role as Part
from bot.domain.durations import parse_duration
from bot.domain.ids import ChannelId, MemberId
from bot.views.desk_lists import all_members, changes, departments, help_of, networks, setup_steps
from bot.views.figures import report
from bot.views.mutes import mutes, unmuted
from bot.views.phrases import name, people
from bot.views.removals import removal_preview, undo_preview
from bot.views.sheets import sheet
from handlers.answers import Answer, Slow, say, taken_back, undoable
from handlers.commands import grammar
from handlers.commands.grammar import Misread, Place, first, keyword
from handlers.commands.places import department, person
from handlers.commands.registry import BARE, Role, command, forms_of
from handlers.desk import Desk
from handlers.guard import later
from handlers.payload import Typed

LONGEST_REPORT = timedelta(days=92)


@dataclass(frozen=True)
class NewDepartment:
    """`chosen`: the channel itself, where somebody picked one that is there."""

    key: str
    channel: str
    name: str
    chosen: ChannelId | None = None


@dataclass(frozen=True)
class Naming:
    """Who is named for which department, as what."""

    person: Place
    department: Place
    part: Part


def new_department(text: str) -> NewDepartment:
    key, rest = first(text)
    channel, called = first(rest)
    if not channel or not called:
        raise Misread
    chosen, named = grammar.place(channel).name, grammar.as_typed(channel)
    picked = ChannelId(chosen) if chosen != named.removeprefix("#") else None
    return NewDepartment(keyword(key), named, grammar.as_typed(called).strip('"“”'), picked)


def author(text: str) -> tuple[str, str]:
    """Whose posts: the network's name, and how they are called there."""
    network, rest = first(grammar.as_typed(text))
    if not network or not rest:
        raise Misread
    return keyword(network), rest


def naming(text: str) -> Naming:
    who, rest = first(text)
    where, part = first(rest)
    try:
        return Naming(grammar.place(who), grammar.place(where), Part(keyword(part) or Part.MEMBER))
    except ValueError:
        raise Misread from None


@command("desk help", usage="/desk", takes=grammar.any_words, help="everything you can type")
def help_desk(desk: Desk, _typed: Typed, _: str) -> Answer:
    return help_of([form for noun in BARE for form in forms_of(noun, desk.prefix)])


@command(
    "desk setup",
    usage="/desk setup",
    takes=grammar.nothing,
    role=Role.ADMIN,
    help="what is still missing, step by step",
)
def setup(desk: Desk, typed: Typed, _: None) -> Answer:
    return setup_steps(desk.administration.setup_steps(by=typed.by))


@command("desk departments", usage="/desk departments", takes=grammar.nothing, help="who there is")
def show_departments(desk: Desk, typed: Typed, _: None) -> Answer:
    return departments(desk.administration.departments(by=typed.by), desk.now())


@command(
    "desk department add",
    usage="/desk department add KEY #channel NAME",
    takes=new_department,
    role=Role.ADMIN,
    help="its channel is made where there is none",
)
def add_department(desk: Desk, typed: Typed, new: NewDepartment) -> Answer:
    change = desk.administration.add_department(new.key, new.channel, new.name, by=typed.by)
    if new.chosen:
        desk.roster.let_use(f"department:{new.key}", new.chosen, by=typed.by, chosen=True)
    later(desk, desk.roster.sweep)  # its posts have nowhere to go until there is a channel
    return undoable(f"*{name(new.name)}* is a department now.", change)


@command(
    "desk department remove",
    usage="/desk department remove KEY",
    takes=grammar.place,
    role=Role.ADMIN,
    help="you see first what points at it; an undo brings it back",
)
def remove_department(desk: Desk, typed: Typed, which: Place) -> Answer:
    key = department(desk, which.name)
    return removal_preview(desk.administration.removal(key, by=typed.by))


@command(
    "desk members",
    usage="/desk members [DEPARTMENT]",
    takes=grammar.any_place,
    help="who works where, as what",
)
def show_members(desk: Desk, typed: Typed, where: Place | None) -> Answer:
    key = department(desk, where.name) if where else None
    return all_members(desk.administration.members(key, by=typed.by))


@command(
    "desk member add",
    usage="/desk member add @person DEPARTMENT [lead|trainee]",
    takes=naming,
    help="leads name who may publish; guests need it everywhere",
)
def add_member(desk: Desk, typed: Typed, named: Naming) -> Answer:
    member, key = person(desk, named.person), department(desk, named.department.name)
    change = desk.administration.name_member(member, key, named.part, by=typed.by)
    return undoable(f"{people([member])} is {named.part} of {name(key)} now.", change)


@command(
    "desk member remove",
    usage="/desk member remove @person DEPARTMENT",
    takes=naming,
    help="no longer named; in a private channel they still work",
)
def remove_member(desk: Desk, typed: Typed, named: Naming) -> Answer:
    member, key = person(desk, named.person), department(desk, named.department.name)
    change = desk.administration.remove_member(member, key, by=typed.by)
    return undoable(f"{people([member])} is no longer named for {name(key)}.", change)


@command("desk admins", usage="/desk admins", takes=grammar.nothing, help="who sets the rules")
def show_admins(desk: Desk, typed: Typed, _: None) -> Answer:
    return say(_admins(desk.administration.admins(by=typed.by)))


@command(
    "desk admins add",
    usage="/desk admins add @person",
    takes=grammar.place,
    role=Role.ADMIN,
    help="they may set the rules too",
)
def add_admin(desk: Desk, typed: Typed, who: Place) -> Answer:
    member = person(desk, who)
    change = desk.administration.add_admin(member, by=typed.by)
    return undoable(f"{people([member])} is an admin of the desk now.", change)


@command(
    "desk admins remove",
    usage="/desk admins remove @person",
    takes=grammar.place,
    role=Role.ADMIN,
    help="they set the rules no longer",
)
def remove_admin(desk: Desk, typed: Typed, who: Place) -> Answer:
    member = person(desk, who)
    change = desk.administration.remove_admin(member, by=typed.by)
    return undoable(f"{people([member])} is no admin of the desk any more.", change)


@command(
    "desk networks",
    usage="/desk networks",
    takes=grammar.nothing,
    help="where posts come from, our accounts, and what is missing",
)
def show_networks(desk: Desk, typed: Typed, _: None) -> Answer:
    seen = desk.administration.networks(by=typed.by)
    return networks(seen, desk.administration.accounts(by=typed.by))


@command(
    "desk mutes",
    usage="/desk mutes",
    takes=grammar.nothing,
    help="authors who are muted, each with the way back",
)
def show_mutes(desk: Desk, typed: Typed, _: None) -> Answer:
    return mutes(desk.closings.mutes(by=typed.by), desk.now())


@command(
    "desk mutes remove",
    usage="/desk mutes remove NETWORK @handle",
    takes=author,
    help="posts of that author ask for an answer again",
)
def unmute(desk: Desk, typed: Typed, who: tuple[str, str]) -> Answer:
    return unmuted(desk.closings.unmute_author(*who, by=typed.by))


def length(text: str) -> timedelta:
    """`7d` where nothing was typed."""
    elapsed = parse_duration(text.strip() or "7d").elapsed
    if not timedelta() < elapsed <= LONGEST_REPORT:
        raise Misread
    return elapsed


@command(
    "desk report",
    usage="/desk report [7d]",
    takes=length,
    help="the figures of the last days, each with the cases behind it",
)
def show_report(desk: Desk, typed: Typed, back: timedelta) -> Answer:
    title = "Figures"
    return Slow(title, lambda: sheet(title, report(desk.figures.since(back, by=typed.by))))


@command(
    "desk changes",
    usage="/desk changes [BEFORE]",
    takes=grammar.perhaps_count,
    role=Role.ADMIN,
    help="who changed what, each with its undo; those before a number",
)
def show_changes(desk: Desk, typed: Typed, before: int | None) -> Answer:
    found = desk.administration.changes(by=typed.by, before=before)
    older = desk.administration.older_changes(found[-1].id) if found else 0
    return changes(found, desk.now(), older)


@command(
    "desk undo",
    usage="/desk undo N",
    takes=grammar.count,
    role=Role.ADMIN,
    help="puts back what was before that change",
)
def undo(desk: Desk, typed: Typed, change: int) -> Answer:
    removed = desk.administration.removed_by_undo(change, by=typed.by)
    if removed:
        return undo_preview(change, removed)
    return taken_back(desk.administration.undo(change, by=typed.by))


def _admins(admins: tuple[MemberId, ...]) -> str:
    return f"Admins of the desk: {people(admins)}" if admins else "There are no admins yet."
