"""What a new entry of the rota must not be, what it brings with it, and how it is said."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.duty import holes
from bot.domain.errors import BadRotaEntry, NoSuchPerson, NothingToChange
from bot.domain.ids import RAPID_RESPONSE
from bot.domain.on_call import FIRST_LEVEL, Entry, Event, Override, Rota, Shift, Swap
from bot.domain.rota_board import WEEK, Notice
from bot.domain.setup_rota import days_written, hours_written
from bot.services.kernel import Work
from bot.services.rota_week import end_of, laid_out

MOST_ENTRIES = 200
MOST_WEEKS = 8  # of an entry that are laid out to see whether it changes anything
LONGEST_NAME = 60

_SHOWN_HOLES = 3
_FORM = "%Y-%m-%d %H:%M"


def must_fit(work: Work, rota: Rota, entry: Entry, zone: ZoneInfo) -> None:
    """Refuses who is gone, what is over, what is there already and what contradicts it."""
    _must_be_here(work, entry)
    if len(rota.entries) >= MOST_ENTRIES:
        raise BadRotaEntry(f"it has {MOST_ENTRIES} entries, and more cannot be read")
    if entry in rota.entries:
        raise NothingToChange("that is on the rota already")
    match entry:
        case Override():
            _must_be_free(work, rota, entry, zone)
        case Event():
            _must_be_an_event(work, entry)
        case Swap():
            _must_exchange(work, rota, entry)
        case Shift():
            _must_add(work, rota, entry)


def _must_be_here(work: Work, entry: Entry) -> None:
    for one in entry.people:
        if work.find_person(one) is None:
            raise NoSuchPerson(one)


def says(work: Work, entry: Entry, zone: ZoneInfo) -> str:
    """An entry in one line, for the record; its moments in the zone of who typed it."""
    match entry:
        case Shift():
            level = f", level {entry.level}" if entry.level != FIRST_LEVEL else ""
            days, hours = days_written(entry.days), hours_written(entry)
            return f"{_names(work, entry)} is on call {days} {hours} {entry.time_zone}{level}"
        case Override():
            level = f", level {entry.level}" if entry.level != FIRST_LEVEL else ""
            return f"{_names(work, entry)} covers {_span(entry, zone)}{level}"
        case Swap():
            return f"{_names(work, entry)} swap their shifts of {entry.day}"
        case Event():
            span = _span(entry, zone)
            # Only people of the workspace may be mentioned by it, whatever it is called.
            called = entry.name.replace("<", "‹").replace(">", "›")
            return f"event “{called}” {span}: {_names(work, entry)} too"


def notices(work: Work, before: Rota, after: Rota, entry: Entry) -> tuple[Notice, ...]:
    """What may not be meant: nobody there, somebody else there too, out of reach of pings."""
    return (*_of_people(work, before, after, entry), *_of_holes(work, before, after))


def _of_people(work: Work, before: Rota, after: Rota, entry: Entry) -> Iterator[Notice]:
    if entry not in after.entries:
        return
    if isinstance(entry, Shift):
        yield from _beside(work, after, entry)
    if isinstance(entry, Swap):
        yield from _one_way(work, after, entry)
    if isinstance(entry, Override | Event):
        yield from _idle(work, before, after, entry)
    channel = work.tx.people.channel_at(RAPID_RESPONSE)
    there = work.tx.people.members(channel.channel) if channel and channel.channel else []
    for one in entry.people:
        person = work.find_person(one)
        if person and person.id not in there:
            out = "is not in #rapid-response, where pings are posted: invite them"
            yield Notice(f"<@{person.id}> {out}")
        if person and person.is_outside and not work.standing(person.id).is_welcome:
            outside = "is from outside the company; a ping shows them what customers write"
            yield Notice(f"<@{person.id}> {outside}")


def _beside(work: Work, after: Rota, entry: Shift) -> Iterator[Notice]:
    """Others of the same level at the same time: meant, or an overlap."""
    person = work.find_person(entry.person)
    end = work.at + WEEK
    for stretch in laid_out(work, after, work.at, end, entry.level):
        others = [one for one in stretch.people if not person or one != person.id]
        if others and entry.covers(stretch.start):
            names = ", ".join(f"<@{one}>" for one in others)
            verb = "is" if len(others) == 1 else "are"
            yield Notice(
                f"{names} {verb} on duty then too", stretch.start, end_of(stretch, work.at)
            )
            return


def _idle(work: Work, before: Rota, after: Rota, entry: Override | Event) -> Iterator[Notice]:
    level = entry.level if isinstance(entry, Override) else FIRST_LEVEL
    at, end = max(entry.start, work.at), entry.end
    for _ in range(MOST_WEEKS):
        until = min(at + WEEK, end)
        if laid_out(work, before, at, until, level) != laid_out(work, after, at, until, level):
            return
        at = until
    if at == end:  # of a longer one nobody knows
        yield Notice("It changes nothing yet: they are on duty then anyway")


def _one_way(work: Work, after: Rota, entry: Swap) -> Iterator[Notice]:
    one, other = entry.people
    for giver, taker in ((one, other), (other, one)):
        if not _shifts_of(after, giver, entry.day) and _shifts_of(after, taker, entry.day):
            person = work.find_person(giver)
            who = f"<@{person.id}>" if person else giver
            yield Notice(f"{who} has no shift that begins on that day, and only takes over")


def _of_holes(work: Work, before: Rota, after: Rota) -> Iterator[Notice]:
    if not after.entries:
        yield Notice("Nobody is planned any more: pings call the whole channel")
        return
    end = work.at + WEEK
    known = {(one.start, one.end) for one in holes(laid_out(work, before, work.at, end))}
    fresh = [
        one
        for one in holes(laid_out(work, after, work.at, end))
        if not before.entries or (one.start, one.end) not in known
    ]
    for hole in fresh[:_SHOWN_HOLES]:
        yield Notice("Nobody is on duty", hole.start, end_of(hole, work.at))
    if len(fresh) > _SHOWN_HOLES:
        yield Notice(f"and {len(fresh) - _SHOWN_HOLES} more gaps within a week")


def _must_be_ahead(work: Work, entry: Override | Event) -> None:
    if entry.end <= work.at:
        raise BadRotaEntry(f"it is over since {entry.end:{_FORM}} UTC")


def _must_be_an_event(work: Work, entry: Event) -> None:
    _must_be_ahead(work, entry)
    if not entry.people or len(entry.name) > LONGEST_NAME:
        raise BadRotaEntry(f"an event has people and a name of at most {LONGEST_NAME} characters")


def _must_be_free(work: Work, rota: Rota, entry: Override, zone: ZoneInfo) -> None:
    _must_be_ahead(work, entry)
    for number, other in enumerate(rota.entries, start=1):
        if isinstance(other, Override) and _overlap(other, entry):
            said = says(work, other, zone)
            raise BadRotaEntry(f"{said} (entry {number}); remove that first, or choose other hours")


def _overlap(one: Override, other: Override) -> bool:
    return one.level == other.level and one.start < other.end and other.start < one.end


def _must_exchange(work: Work, rota: Rota, swap: Swap) -> None:
    one, other = swap.people
    if one == other:
        raise BadRotaEntry("the two who swap are one person; name two")
    if any(set(past.people) == set(swap.people) and past.day == swap.day for past in rota.swaps):
        raise NothingToChange("they swap that day already; remove that entry to take it back")
    theirs = [*_shifts_of(rota, one, swap.day), *_shifts_of(rota, other, swap.day)]
    if not theirs:
        raise BadRotaEntry(f"neither has a shift that begins on {swap.day}")
    if all(shift.ends(swap.day) <= work.at for shift in theirs):
        raise BadRotaEntry(f"their shifts of {swap.day} are over")


def _shifts_of(rota: Rota, person: str, day: date) -> list[Shift]:
    """Those of theirs that begin on that day."""
    return [one for one in rota.shifts if one.person == person and day.weekday() in one.days]


def _must_add(work: Work, rota: Rota, shift: Shift) -> None:
    """Hours that the same person has already would change nothing."""
    standing, more = Rota(rota.shifts), Rota((*rota.shifts, shift))
    if _lays_out(work, standing, shift) == _lays_out(work, more, shift):
        raise NothingToChange("they are on duty then already")


def _lays_out(work: Work, rota: Rota, shift: Shift) -> object:
    return laid_out(work, rota, work.at, work.at + WEEK, shift.level)


def _names(work: Work, entry: Entry) -> str:
    found = [(work.find_person(one), one) for one in entry.people]
    return " and ".join(f"<@{person.id}>" if person else written for person, written in found)


def _span(entry: Override | Event, zone: ZoneInfo) -> str:
    start, end = (f"{at.astimezone(zone):{_FORM}}" for at in (entry.start, entry.end))
    return f"from {start} until {end} {zone}"
