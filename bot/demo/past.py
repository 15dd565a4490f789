"""Seven days already lived: stories done through the real services, on a clock moved by hand.

So that figures, previews and searches have something to show, and the channels a history.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.demo.clock import DemoClock
from bot.demo.customers import Customer, read_lines
from bot.demo.network import SampleNetwork
from bot.domain.effects import Kind
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.post import Post
from bot.services.delivery import Delivery
from bot.services.sending import Sending
from bot.wiring import Services, machine_time

PAST = "scenario_past.jsonl"
TO_BEGIN_WITH = "scenario_now.jsonl"
UNDO = timedelta(seconds=10)
NOT_YET = CaseId(0)

People = Mapping[str, MemberId]
Act = Callable[[], object]


@dataclass(frozen=True)
class World:
    """What the past is lived with."""

    clock: DemoClock
    services: Services
    network: SampleNetwork
    customers: Mapping[str, Customer]
    people: People
    sending: Sending
    delivery: Delivery

    def live(self, acts: list[tuple[datetime, Act]]) -> None:
        """Each at its moment; between them the clocks of the desk run."""
        for at, act in sorted(acts, key=lambda one: one[0]):
            self._pass_until(at)
            act()

    def show(self) -> None:
        """Everything that waits is said in Slack, at this moment of the past."""
        while self.delivery.deliver_due():
            pass

    def _pass_until(self, at: datetime) -> None:
        watch = self.services.watch
        while (due := watch.next_at()) and due <= at:
            self.clock.stand(max(due, self.clock.now()))
            watch.sweep()
            self.show()
        self.clock.stand(at)


@dataclass
class Story:
    """One post and what became of it; `told` is a line of the file."""

    world: World
    told: Mapping[str, Any]
    at: datetime
    post: Post
    case: CaseId = NOT_YET

    def acts(self) -> Iterator[tuple[datetime, Act]]:
        """The post, what people did, and the end, each with its moment."""
        yield self.at, self._write
        at = self.at + timedelta(minutes=float(self.told.get("in", 10)))
        if "late" in self.told:
            yield at - timedelta(minutes=3), self._acknowledge
        if "route" in self.told:
            yield self.at + timedelta(minutes=2), self._route
        if "hand_to" in self.told:
            yield self.at + timedelta(minutes=3), self._hand_off
            yield self.at + timedelta(minutes=5), self._accept
        if "answer" not in self.told:
            yield at, self._let_be
            return
        yield at, self._answer
        yield at + UNDO, self._send
        if "thanks" in self.told:
            yield at + timedelta(minutes=7), self._thank
        yield at + timedelta(minutes=12), self._solve

    @property
    def _who(self) -> MemberId:
        return self.world.people[self.told["who"]]

    def _write(self) -> None:
        receipt = self.world.network.publish(self.post)
        assert receipt.case is not None  # it was written to the brand
        self.case = receipt.case

    def _route(self) -> None:
        triage = self.world.people["Ann"]
        to = DepartmentKey(self.told["route"])
        self.world.services.casework.route(self.case, to, by=triage)

    def _hand_off(self) -> None:
        sender = self.world.people[self.told["from"]]
        to, ask = DepartmentKey(self.told["hand_to"]), self.told["ask"]
        self.world.services.hand_offs.to_department(self.case, to, ask, by=sender)

    def _accept(self) -> None:
        self.world.services.hand_offs.accept(self.case, by=self._who)

    def _acknowledge(self) -> None:
        """On call has seen the breach."""
        with self.world.services.kernel.look() as work:
            pings = work.tx.outbox.of_case(self.case, Kind.PING)
        for matter in {str(ping.args["matter"]) for ping in pings}:
            self.world.services.watch.acknowledge(self.case, matter, by=self.world.people["Cem"])

    def _answer(self) -> None:
        replies, once = self.world.services.replies, f"past:{self.case}"
        replies.submit(self.case, self.told["answer"], by=self._who, once=once)

    def _send(self) -> None:
        self.world.sending.send_due()
        self.world.show()

    def _thank(self) -> None:
        customer = self.world.customers[self.told["by"]]
        id, words = f"{self.post.id}-thanks", self.told["thanks"]
        self.world.network.publish(customer.post(id, words, in_reply_to=self.post.id))

    def _solve(self) -> None:
        self.world.services.closings.solve(
            self.case, self.told.get("note", "answered"), by=self._who
        )
        self.world.show()

    def _let_be(self) -> None:
        self.world.services.closings.no_reply(self.case, by=self._who)
        self.world.show()


def first_moment() -> datetime:
    """Midnight seven days ago: nothing of the demo is older."""
    today = machine_time().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=7)


def live_the_past(world: World) -> None:
    """Seven days up to yesterday, each story at its hour."""
    acts: list[tuple[datetime, Act]] = []
    for number, told in enumerate(read_lines(PAST), start=1):
        hour, minute = map(int, str(told["at"]).split(":"))
        day = timedelta(days=int(str(told["day"])), hours=hour, minutes=minute)
        acts += _story(world, f"w{number}", told, first_moment() + day).acts()
    world.live(acts)
    world.show()


def begin_the_day(world: World) -> None:
    """The cards to start with, some minutes old already."""
    acts: list[tuple[datetime, Act]] = []
    for number, told in enumerate(read_lines(TO_BEGIN_WITH), start=1):
        at = machine_time() - timedelta(minutes=float(str(told["ago"])))
        post = world.customers[str(told["by"])].post(f"n{number}", str(told["text"]))
        acts.append((at, partial(_appear, world, post)))
    world.live(acts)


def _appear(world: World, post: Post) -> None:
    world.network.publish(post)
    world.show()


def _story(world: World, id: str, told: Mapping[str, Any], at: datetime) -> Story:
    return Story(world, told, at, world.customers[str(told["by"])].post(id, str(told["text"])))
