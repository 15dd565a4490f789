"""When a storm begins and ends: by how long the newest card would wait for its turn."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain import effects
from bot.domain.ports import Speaker
from bot.domain.storm import BEGINS_OVER, Storm, Waiting
from bot.services.kernel import Kernel, Work
from bot.services.places import where

LOOKS_EVERY = timedelta(seconds=1)


class Storms:
    """Looked at once a second; what is on stands in rows."""

    def __init__(self, kernel: Kernel, speaker: Speaker):
        self._kernel = kernel
        self._speaker = speaker
        self._looked_at: datetime | None = None

    def watch(self) -> None:
        at = self._kernel.now()
        if self._looked_at and at - self._looked_at < LOOKS_EVERY:
            return
        self._looked_at = at
        with self._kernel.look() as work:
            changes = list(self._changes(work))
        if changes:
            with self._kernel.work() as work:
                for storm in self._changes(work):
                    _keep(work, storm)

    def _changes(self, work: Work) -> Iterable[Storm]:
        """The storms that begin, calm down, grow again or are over."""
        on = work.tx.storms.all()
        waiting = {one.place: one for one in work.tx.queue.waiting()}
        for place in sorted({*waiting, *on}):
            delay = self._delay(work, place, waiting, on)
            if place not in on:
                if delay > BEGINS_OVER and waiting[place].cards and _has_cards(place):
                    yield Storm(place, work.at)
            elif (felt := on[place].felt(delay, work.at)) != on[place] or felt.is_over(work.at):
                yield felt

    def _delay(
        self, work: Work, place: str, waiting: dict[str, Waiting], on: dict[str, Storm]
    ) -> timedelta:
        """Of the newest card there, said by itself, while the other places have their turns."""
        here = waiting.get(place)
        channel = where(work, place)
        if here is None or channel is None:
            return timedelta()
        others = (one.calls(is_stormy=one.place in on) for one in waiting.values() if one != here)
        before = here.messages + sum(min(calls, here.messages) for calls in others)
        return self._speaker.takes(channel, here.messages, before)


def _has_cards(place: str) -> bool:
    return place.startswith("department:")


def _keep(work: Work, storm: Storm) -> None:
    if not storm.is_over(work.at):
        work.tx.storms.put(storm)
        return
    work.tx.storms.end(storm)
    if storm.digests:
        work.tx.queue.redraw(storm.place, storm.began_at, at=work.at)
        listed = work.tx.cases.among(work.tx.queue.listed(storm.place, storm.began_at))
        words = {
            "say": "storm_over",
            "listed": storm.cards,
            "digests": storm.digests,
            "open": sum(case.is_open for case in listed.values()),
        }
        key = f"storm:{storm.place}:{int(storm.began_at.timestamp())}"
        work.tell(effects.tell(key, storm.place, words))
