"""`/rota`: who is on duty, and the changes of it that admins make; each with its undo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.duty import holes
from bot.domain.errors import BadRotaEntry, NoSuchRotaEntry
from bot.domain.ids import MemberId
from bot.domain.local_time import find_zone, known_zone
from bot.domain.moments import TypedSpan, read_day, read_span
from bot.domain.on_call import Entry, Event, Override, Rota, Shift, Swap, parse_shift
from bot.domain.rota_board import WEEK, RotaBoard, RotaChange
from bot.domain.setup import rota_document, rota_from
from bot.services import rota_check
from bot.services.kernel import Kernel, Work
from bot.services.rota_week import group_fault, level_board

T = TypeVar("T")
Make = Callable[[Work], Entry]


@dataclass(frozen=True)
class ShiftOrder:
    """A shift in words; `zone` is a name, "" for that of who typed it."""

    person: MemberId
    days: str
    hours: str
    level: int = 1
    zone: str = ""


class Rotas:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def board(self, *, by: MemberId) -> RotaBoard:
        with self._kernel.look() as work:
            _must_have_a_part(work, by)
            rota = work.setup.rota.since(work.at)
            found = {one: work.find_person(one) for one in rota.people}
            levels = tuple(level_board(work, rota, level) for level in rota.levels)
            return RotaBoard(
                levels,
                rota.entries,
                {one: person.id for one, person in found.items() if person},
                holes(levels[0].week) if rota.entries else (),
                group_fault(work),
                work.at,
            )

    def add(self, order: ShiftOrder, *, by: MemberId) -> RotaChange:
        return self._enter(lambda work: _shift(work, order, by), by, order.zone)

    def override(
        self, member: MemberId, span: TypedSpan, level: int = 1, *, by: MemberId
    ) -> RotaChange:
        def made(work: Work) -> Entry:
            start, end = _span(work, span, by)
            return Override(_written(work, member), start, end, level)

        return self._enter(made, by, span.zone)

    def swap(self, one: MemberId, other: MemberId, day: str, *, by: MemberId) -> RotaChange:
        def made(work: Work) -> Entry:
            on = _read(lambda: read_day(day, work.at, _zone(work, "", by)))
            return Swap((_written(work, one), _written(work, other)), on)

        return self._enter(made, by)

    def event(
        self, name: str, people: tuple[MemberId, ...], span: TypedSpan, *, by: MemberId
    ) -> RotaChange:
        def made(work: Work) -> Entry:
            start, end = _span(work, span, by)
            written = tuple(dict.fromkeys(_written(work, one) for one in people))
            return Event(name, written, start, end)

        return self._enter(made, by, span.zone)

    def remove(self, number: int, *, by: MemberId) -> RotaChange:
        with self._kernel.work() as work:
            work.standing(by).must_be_admin()
            before = work.setup.rota.since(work.at)
            if not 0 < number <= len(before.entries):
                raise NoSuchRotaEntry(number, len(before.entries))
            entry = before.entries[number - 1]
            after = before.without(entry)
            said = rota_check.says(work, entry, _zone(work, "", by))
            what = f"removed from the rota: {said}"
            kept = work.change("on_call", rota_document(after), by, what)
        return self._changed(before, after, entry, what, kept)

    def _enter(self, make: Make, by: MemberId, named: str = "") -> RotaChange:
        with self._kernel.work() as work:
            work.standing(by).must_be_admin()
            before = work.setup.rota.since(work.at)
            entry, zone = make(work), _zone(work, named, by)
            rota_check.must_fit(work, before, entry, zone)
            after = rota_from(rota_document(before.with_entry(entry)))
            what = rota_check.says(work, entry, zone)
            kept = work.change("on_call", rota_document(after), by, what)
        return self._changed(before, after, entry, what, kept)

    def _changed(
        self, before: Rota, after: Rota, entry: Entry, what: str, number: int
    ) -> RotaChange:
        """What comes of it is worked out while nobody waits for the store."""
        with self._kernel.look() as work:
            notices = rota_check.notices(work, before, after, entry)
            if not isinstance(entry, Shift):
                return RotaChange(what, number, notices, None, 0)
            return RotaChange(what, number, notices, *_looked_back(work, before, after))


def _looked_back(work: Work, before: Rota, after: Rota) -> tuple[int, int]:
    """The breaches of the last days, and how many would have called somebody else."""
    since = work.at - WEEK
    runs = work.tx.promises.started_since(since - timedelta(days=1), limit=1000)
    moments = [run.breached_at for run in runs if run.breached_at and run.breached_at > since]
    return len(moments), sum(before.on_duty(at) != after.on_duty(at) for at in moments)


def _must_have_a_part(work: Work, by: MemberId) -> None:
    """Everybody of a department, of rapid response, or on the rota itself."""
    rights = work.standing(by)
    if not rights.is_responder and by not in work.rota_team():
        rights.must_belong_somewhere(work.setup)


def _shift(work: Work, order: ShiftOrder, by: MemberId) -> Shift:
    who, zone = _written(work, order.person), str(_zone(work, order.zone, by))
    return _read(lambda: parse_shift(who, order.days, order.hours, zone, order.level))


def _span(work: Work, typed: TypedSpan, by: MemberId) -> tuple[datetime, datetime]:
    return _read(lambda: read_span(typed, work.at, _zone(work, typed.zone, by)))


def _read(reader: Callable[[], T]) -> T:
    """What was typed, or a refusal with the reader's own reason."""
    try:
        return reader()
    except ValueError as fault:
        raise BadRotaEntry(str(fault)) from None


def _zone(work: Work, named: str, by: MemberId) -> ZoneInfo:
    """The one that was named, else where who types is; Slack tells that of each person."""
    if named:
        return _read(lambda: find_zone(named))
    person = work.tx.people.get(by)
    return known_zone(person.time_zone if person else "UTC")


def _written(work: Work, member: MemberId) -> str:
    """A person as the rota has them already, so that a swap finds their shifts."""
    for one in work.setup.rota.people:
        found = work.find_person(one)
        if found and found.id == member:
            return one
    return member
