"""Who works through the storm: people press what stands before them, at moments of their own."""

import heapq
import json
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from benchmarks.sight import where_it_stands
from benchmarks.storm_desk import StormDesk
from benchmarks.virtual import Bell, VirtualTime
from bot.domain.case import Case
from bot.domain.ids import CaseId, MemberId
from bot.views.ids import Action, Field, Form
from slack_sandbox import Message, Person, Sandbox
from slack_sandbox.blocks import Json
from slack_sandbox.delivery import Ack
from slack_sandbox.elements import placed
from slack_sandbox.http_line import encoded
from slack_sandbox.interactions import Exchange

Values = Mapping[str | tuple[str, str], str]  # as people type and pick, by field

WORKED_ON = {"urgent": 0.9}  # the share of cases that anybody gets to
OTHERS_WORKED_ON = 0.25
LOOKS_AGAIN = 15.0  # seconds, where the button is not there yet
MOST_LOOKS = 200


@dataclass(frozen=True)
class Colleague:
    """One person at one case, with the message before them in which it stands."""

    person: Person
    message: Message
    case: Case

    def claim(self) -> None:
        self._press(Action.CLAIM)

    def answer(self) -> None:
        """Written, looked at twice, sent."""
        words = f"We are sorry, and somebody of ours is on the way. ({self.case.id})"
        self._fill_in(Action.REPLY, Form.REPLY, {Field.TEXT: words})
        self._submit(Form.REPLY_PREVIEW, {})

    def hand_off(self) -> None:
        to = "technical" if self.case.department == "service" else "service"
        self._fill_in(Action.HAND_OFF, Form.HAND_OFF, {Field.TEXT: "yours?", Field.DEPARTMENT: to})

    def accept_or_solve(self) -> None:
        """What nobody has accepted in time has come back to its sender."""
        if self.case.hand_off:
            self._press(Action.ACCEPT)
        else:
            self.solve()

    def solve(self) -> None:
        self._fill_in(Action.SOLVE, Form.SOLVE, {Field.REASON: "rebooked"})

    def solve_by_command(self) -> None:
        self.person.command("/case", f"resolve {self.case.id} rebooked", self.message.channel_id)

    def _press(self, action: Action) -> None:
        """On its card, or in the form that its line in a digest opens."""
        number = str(self.case.id)
        for one in placed(self.message.blocks):
            if one.is_called(Action.OPEN) and one.element.get("value") == number:
                self.person.press(self.message, Action.OPEN, block_id=one.block_id)
                if form := self.person.view:
                    self.person.press(form, action)
                return
        self.person.press(self.message, action)

    def _fill_in(self, action: Action, form: Form, values: Values) -> None:
        self._press(action)
        self._submit(form, values)

    def _submit(self, form: Form, values: Values) -> None:
        view = self.person.view
        if view and view.callback_id == form:
            self.person.submit(values)


Step = Callable[[Colleague], object]
Story = tuple[Step, ...]
STORIES: dict[Story, float] = {
    (Colleague.claim, Colleague.answer, Colleague.solve): 0.45,
    (Colleague.claim, Colleague.answer, Colleague.solve_by_command): 0.45,
    (Colleague.claim, Colleague.hand_off, Colleague.accept_or_solve): 0.1,
}


def moments_of_work(dice: random.Random, severity: str, within: float) -> list[float]:
    """So many seconds after a case has appeared it is changed: never, or three times."""
    if dice.random() >= WORKED_ON.get(severity, OTHERS_WORKED_ON):
        return []
    return sorted(dice.uniform(0, within) for _ in range(3))


@dataclass(order=True)
class Errand:
    """The next step at a case, and those after it; `looks` counts what was tried in vain."""

    at: float
    serial: int
    case: CaseId
    left: list[tuple[float, Step]]
    looks: int = 0


class People:
    """A quarter of the cases, and nine of ten urgent ones, see three changes each."""

    def __init__(
        self, time: VirtualTime, slack: Sandbox, desk: StormDesk, seed: int, within: float
    ):
        self._time = time
        self._within = within
        self._slack = slack.workspace
        self._kernel, self._door, self._sight = desk.services.kernel, desk.door, desk.sight
        self._dice = random.Random(seed)
        self._exchange = Exchange(slack.workspace, self._ask, lambda: slack.url)
        self._errands: list[Errand] = []
        self._serials = count()
        self._called = Bell(time)
        self._stopped = False
        self.changes = 0
        self.looks_in_vain = 0
        self.given_up = 0

    @property
    def are_busy(self) -> bool:
        return bool(self._errands)

    def appeared(self, case: CaseId) -> None:
        """Somebody sees it; perhaps somebody works on it."""
        moments = moments_of_work(self._dice, self._sight.severity(case), self._within)
        story = self._dice.choices(list(STORIES), list(STORIES.values()))[0]
        left = [(self._time.seconds + wait, act) for wait, act in zip(moments, story, strict=False)]
        self._plan(case, left)

    def work(self) -> None:
        """An actor: every errand at its moment."""
        while not self._stopped:
            due = self._errands[0].at - self._time.seconds if self._errands else None
            if due is None or due > 0:
                self._called.wait(due)
            else:
                self._run(heapq.heappop(self._errands))

    def stop(self) -> None:
        self._stopped = True
        self._called.ring()

    def _plan(self, case: CaseId, left: list[tuple[float, Step]]) -> None:
        if left:
            heapq.heappush(self._errands, Errand(left[0][0], next(self._serials), case, left))
            self._called.ring()

    def _run(self, errand: Errand) -> None:
        """Until the case has changed: who does not find the button looks again after a while."""
        before = self._case(errand.case)
        with suppress(LookupError):
            errand.left[0][1](self._colleague(before))
        if self._case(errand.case).version != before.version:
            self.changes += 1
            self._sight.changed(errand.case)
            self._plan(errand.case, errand.left[1:])
        elif errand.looks < MOST_LOOKS:
            self.looks_in_vain += 1
            errand.at, errand.looks = self._time.seconds + LOOKS_AGAIN, errand.looks + 1
            heapq.heappush(self._errands, errand)
        else:
            self.given_up += 1

    def _case(self, number: CaseId) -> Case:
        with self._kernel.look() as work:
            return work.case(number)

    def _colleague(self, case: Case) -> Colleague:
        """Who has the case, else always the same of the department."""
        with self._kernel.look() as work:
            stands = where_it_stands(work, case.id)
        message = self._slack.channels[str(stands.channel)].history.get(stands.ts)
        if message is None:
            raise LookupError(f"case {case.id} stands nowhere yet")
        member = case.assignee or self._member(message.channel_id, case.id)
        return Colleague(Person(self._exchange, member), message, case)

    def _member(self, channel: str, case: CaseId) -> MemberId:
        people = [one for one in self._slack.channels[channel].members if self._is_human(one)]
        return MemberId(people[case % len(people)])

    def _is_human(self, member: str) -> bool:
        return not self._slack.members[member].is_bot

    def _ask(self, kind: str, payload: Json) -> Ack:
        """Through the app's own door, as HTTP would bring it."""
        body, content_type = encoded(kind, payload)
        status, _, answer = self._door(body, {"content-type": content_type})
        return Ack(status == 200, json.loads(answer) if answer.startswith("{") else None)
