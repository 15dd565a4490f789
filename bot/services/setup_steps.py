"""What is still missing before the desk serves everybody: a tick only for what really works."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.accounts import WEBHOOK
from bot.domain.boards import Step
from bot.domain.department import Department
from bot.domain.duty import Stretch, holes
from bot.domain.ids import RAPID_RESPONSE
from bot.domain.reply import Outgoing
from bot.domain.rota_board import WEEK
from bot.services.kernel import Work
from bot.services.rota_week import laid_out
from bot.services.staff import is_staffed, people_in
from bot.store.people import KnownChannel

_MOST_GAPS = 3  # named; how many more there are is said


def steps(work: Work) -> Sequence[Step]:
    known = {one.place: one for one in work.tx.people.channels()}
    queues = tuple(work.setup.queues.values())
    leads = [one.name for one in queues if work.lead_of(one) is None]
    return (
        _channels(queues, known),
        _members(work, queues),
        Step("Every department has a lead", not leads,
             f"/desk member add @person DEPARTMENT lead, for {', '.join(leads)}"),
        Step("Posts are routed by rules", bool(work.setup.book.rules),
             "/routing add service words:refund,voucher", has_form=True),
        _on_call(work, known.get(RAPID_RESPONSE)),
        _replies(work),
        Step("Posts come in", bool(work.tx.posts.sources()),
             "post one to /intake/webhook, or try: python -m bot import FILE"),
    )  # fmt: skip


def _channels(queues: Sequence[Department], known: dict[str, KnownChannel]) -> Step:
    places = {f"department:{one.key}": one.channel for one in queues}
    places[RAPID_RESPONSE] = f"#{RAPID_RESPONSE}"
    unsound = [place for place in places if not _is_sound(known.get(place))]
    asked = [place for place in unsound if place in known and known[place].offer]
    closed = [places[place] for place in unsound if place not in asked]
    todo = [f"Invite the desk to {', '.join(closed)}"] if closed else []
    if asked:
        waiting = ", ".join(places[place] for place in asked)
        todo += [f"Say whether {waiting} may be used: the desk has asked you in a message"]
    return Step("Every channel can be written to", not unsound, ". ".join(todo))


def _is_sound(known: KnownChannel | None) -> bool:
    return bool(known and known.channel and not known.fault)


def _members(work: Work, queues: Sequence[Department]) -> Step:
    """Somebody who may act: a guest who is not named only reads along."""
    empty = [one for one in queues if not is_staffed(work, one.key)]
    guests = [one.key for one in empty if people_in(work, one.key)]
    todo = f"Invite people for {', '.join(one.name for one in empty)}"
    if guests:
        todo += f". Guests there may act once they are named: /desk member add @person {guests[0]}"
    return Step("Every department has members", not empty, todo)


def _on_call(work: Work, channel: KnownChannel | None) -> Step:
    """Somebody whom a ping reaches, in most hours of the coming week."""
    title, how = "Somebody is on call", "/rota add @person mon-fri 09:00-17:00"
    week = laid_out(work, work.setup.rota, work.at, work.at + WEEK)
    called = dict.fromkeys(one for stretch in week for one in stretch.people)
    if not called:
        return Step(title, False, how)
    there = work.tx.people.members(channel.channel) if channel and channel.channel else []
    out = [one for one in called if one not in there]
    if out:
        return Step(title, False, f"Invite to #{RAPID_RESPONSE}, where they are called: "
                    + ", ".join(f"<@{one}>" for one in out))  # fmt: skip
    gaps = holes(week)
    is_mostly = sum((one.end - one.start for one in gaps), timedelta()) * 2 <= WEEK
    return Step(title, is_mostly, f"Nobody is on call {_named(work, gaps)}: {how}")


def _named(work: Work, gaps: Sequence[Stretch]) -> str:
    """The first gaps, in the zone of the first shift."""
    zone = next((shift.time_zone for shift in work.setup.rota.shifts), "UTC")
    first = [f"{_at(one.start, zone)} until {_at(one.end, zone)}" for one in gaps[:_MOST_GAPS]]
    more = [f"and {len(gaps) - _MOST_GAPS} more times"] if len(gaps) > _MOST_GAPS else []
    return f"{', '.join([*first, *more])} ({zone}, in the next seven days)"


def _at(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %H:%M}"


def _replies(work: Work) -> Step:
    """On, and with an address that they can go to."""
    title = "Public replies are sent"
    doors, missing = work.accounts.doors, work.accounts.missing
    if doors and not any(one.reply_url and one.secret not in missing for one in doors):
        wanted = next((one for one in doors if one.name == WEBHOOK), doors[0])
        unset = [wanted.secret] if wanted.secret in missing else []
        unset += [] if wanted.reply_url else ["WEBHOOK_REPLY_URL"]
        return Step(title, False, f"They have nowhere to go: set {' and '.join(unset)} in .env")
    is_on = work.setup.outgoing is Outgoing.ON
    return Step(title, is_on, "/desk outgoing on, when you have tried it")
