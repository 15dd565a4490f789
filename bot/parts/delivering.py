"""The part that speaks outside: messages to Slack, public replies, the channels of incidents."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.domain.leases import Task
from bot.domain.ports import Network
from bot.jobs import Loop
from bot.parts.at_work import AtWork
from bot.services.delivery import Delivery
from bot.services.rooms import Rooms
from bot.services.roster import Roster
from bot.services.sending import Sending
from bot.services.terms import Begin, Term
from bot.slack.budget import Budget
from bot.slack.line import SlackLine
from bot.slack.rooms import SlackRooms
from bot.slack.speaker import SlackSpeaker
from bot.slack.voice import Voice
from bot.wiring import Services
from config.settings import Settings

DELIVERERS = 4  # messages on their way at once: a call takes about a fifth of a second
LOOKED_UP_EVERY = timedelta(seconds=1)


class Delivering:
    """Each term begins with everything anew, as a process does; only the budget is remembered."""

    def __init__(
        self, settings: Settings, services: Services, line: SlackLine,
        networks: Mapping[str, Network], roster: Roster,
    ):  # fmt: skip
        self._services = services
        self._line = line
        self._networks = networks
        self._roster = roster
        self._budget = _budget(settings)
        self._deliverers = ThreadPoolExecutor(DELIVERERS, "delivery")
        self._delivering: tuple[Term, Delivery] | None = None

    def tasks(self) -> dict[Task, Begin]:
        return {
            Task.SENDING: self._send,
            Task.DELIVERY: self._deliver,
            Task.ROOMS: self._furnish,
        }

    def fault(self) -> str | None:
        """Why Slack takes nothing at all from the desk, or None."""
        if self._delivering is None:
            return None
        term, delivery = self._delivering
        return delivery.fault if term.is_on() else None

    def stop(self) -> None:
        self._deliverers.shutdown()

    def _deliver(self, term: Term) -> AtWork:
        kernel, line = self._services.kernel.under(term.guard), self._line
        client, off = line.client(term.must_be_on), self._clocks_differ
        speaker = SlackSpeaker(client, line.draw, clocks_differ=off)
        limited = self._services.metrics.limited
        voice = Voice(speaker, self._budget, kernel.now, line.hooks, limited)
        delivery = Delivery(kernel, voice, self._deliverers)
        self._delivering = term, delivery
        loop = Loop(
            "delivery",
            self._once_known(term.is_on, delivery.deliver_due),
            first=lambda: delivery.recover(term.settles_in),
        )
        look_ups = Loop(
            "look-ups", _while(term.is_on, delivery.look_for_unknown), idle=LOOKED_UP_EVERY
        )
        return self._at_work(loop, look_ups)

    def _clocks_differ(self) -> timedelta:
        return self._services.time.report().widest

    def _send(self, term: Term) -> AtWork:
        kernel = self._services.kernel.under(term.guard)
        sending = Sending(kernel, self._networks, term.must_be_on)
        loop = Loop("replies", _while(term.is_on, sending.send_due), first=sending.recover)
        return self._at_work(loop)

    def _furnish(self, term: Term) -> AtWork:
        client = self._line.client(term.must_be_on)
        maker = SlackRooms(client, self._line.directory(client))
        rooms = Rooms(self._services.kernel.under(term.guard), maker)
        # A channel that the holder before has asked for may be made only now.
        return self._at_work(Loop("rooms", self._once_known(term.is_settled, rooms.furnish_due)))

    def _at_work(self, loop: Loop, *others: Loop) -> AtWork:
        return AtWork((loop, *others), self._services.nudges, (loop.nudge,)).start()

    def _once_known(self, may: Callable[[], bool], step: Callable[[], int]) -> Callable[[], int]:
        """Before the desk has read once who is where, it would find every place closed."""
        known: list[bool] = []

        def is_known() -> bool:
            if not known and self._roster.is_known():
                known.append(True)
            return bool(known)

        return _while(lambda: may() and is_known(), step)


def _while(may: Callable[[], bool], step: Callable[[], int]) -> Callable[[], int]:
    return lambda: step() if may() else 0


def _budget(settings: Settings) -> Budget:
    pace = settings.messages_per_second
    return Budget(None if pace == float("inf") else pace)
