"""The clock's look at the rota: holes are said a day before, each once."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain import effects
from bot.domain.duty import Stretch, holes
from bot.domain.effects import Effect
from bot.domain.ids import RAPID_RESPONSE, MemberId
from bot.domain.rota_board import WEEK
from bot.services.kernel import Kernel, Work
from bot.services.rota_week import end_of, laid_out

AHEAD = timedelta(days=1)


class RotaWatch:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def say_holes(self) -> int:
        """To rapid response and the leads; how many are said now for the first time."""
        with self._kernel.look() as work:
            fresh = [one for one in _coming(work) if not _is_said(work, one)]
        if fresh:
            with self._kernel.work() as work:
                for hole in fresh:
                    work.tell(*_told(work, hole))
        return len(fresh)


def _coming(work: Work) -> tuple[Stretch, ...]:
    """Holes that begin within a day; one that has begun is said while its beginning is known."""
    rota, since = work.setup.rota, work.at - AHEAD
    if not rota.since(work.at).entries or not work.tx.people.channels():
        return ()  # said at every ping; or nobody is known yet, before the first roster
    found = holes(laid_out(work, rota, since, work.at + WEEK))
    soon = (one for one in found if since < one.start <= work.at + AHEAD)
    return tuple(one for one in soon if one.end > work.at)


def _is_said(work: Work, hole: Stretch) -> bool:
    return work.tx.outbox.get(f"note:{_key(hole)}") is not None


def _told(work: Work, hole: Stretch) -> Iterator[Effect]:
    ends = end_of(hole, work.at)
    words = {
        "say": "rota_hole",
        "start": int(hole.start.timestamp()),
        "until": int(ends.timestamp()) if ends else 0,
    }
    yield effects.tell(_key(hole), RAPID_RESPONSE, words)
    for lead in _leads(work):
        yield effects.tell(f"{_key(hole)}:{lead}", f"person:{lead}", words)


def _leads(work: Work) -> tuple[MemberId, ...]:
    """Of every department with a queue; where there is none, the admins of the desk."""
    leads = (work.lead_of(one) for one in work.setup.queues.values())
    found = tuple(dict.fromkeys(lead for lead in leads if lead))
    return found or work.standing(MemberId("")).admins


def _key(hole: Stretch) -> str:
    return f"rota-hole:{int(hole.start.timestamp())}"
