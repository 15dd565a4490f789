"""A desk's month, lived through the real services with a clock moved by hand; by its seed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.domain.durations import minutes
from bot.domain.errors import BotError
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Delivered, Refused, Unknown
from bot.domain.post import Priority
from bot.domain.reply import ReplyState
from tests.company import (
    ANN,
    BEN,
    CEM,
    DORA,
    EVE,
    NINE_TO_FIVE,
    SALES,
    SERVICE,
    SUE,
    TECHNICAL,
    TOM,
)
from tests.desk import TestDesk

WORDS = ("where is my bag?", "the app fails", "I want to buy ten", "a mystery", "so angry!")
PEOPLE = {SERVICE: (ANN, BEN, DORA), SALES: (SUE,), TECHNICAL: (TOM,)}
WIDE = {"mon": ["08:00-12:00", "12:30-18:15"], "wed": ["00:00-24:00"], "sat": ["10:00-11:00"]}


class Month:
    """Posts come, people act, time passes; what is refused is part of a working day."""

    def __init__(self, path: Path, *, cases: int, seed: int):
        self._chance = Random(seed)
        self.desk = TestDesk(path)
        self._cases = cases
        self.numbers: list[CaseId] = []
        self._hours()

    def live(self) -> None:
        while len(self.numbers) < self._cases:
            self._pass_time()
            if self._chance.random() < 0.45:
                self._post()
            for _ in range(self._chance.randint(0, 3)):
                self._act()
            self.desk.watch.sweep()
            self.desk.sending.send_due()

    def _hours(self) -> None:
        zone = "Europe/Amsterdam"
        self.desk.department("sales", hours=NINE_TO_FIVE, time_zone=zone)
        days_off = [{"date": "2026-03-09", "name": "Founders' day"}]
        self.desk.department("technical", hours=WIDE, time_zone="America/New_York")
        self.desk.department("technical", holidays=days_off)
        self.desk.target(department="technical", first_response="20m", hours="always")

    def _pass_time(self) -> None:
        self.desk.now += timedelta(seconds=self._chance.uniform(0, 2400))

    def _post(self) -> None:
        by = f"@c{self._chance.randint(1, 400)}"
        priority = self._chance.choice([None, *Priority])
        self.numbers.append(self.desk.post(self._chance.choice(WORDS), by=by, priority=priority))

    def _act(self) -> None:
        if not self.numbers:
            return
        number = self._chance.choice(self.numbers[-self._chance.choice([6, 60]) :])
        case = self.desk.case(number)
        by = self._chance.choice(PEOPLE.get(case.department, (EVE,)))
        act = self._chance.choice(self._acts())
        with suppress(BotError):
            act(number, case.assignee or by)

    def _acts(self) -> list[Callable[[CaseId, MemberId], object]]:
        desk = self.desk
        return [
            lambda case, by: desk.casework.claim(case, by=by),
            lambda case, by: desk.casework.release(case, by=by),
            lambda case, by: desk.casework.prioritise(
                case, self._chance.choice([*Priority]), by=by
            ),
            lambda case, by: desk.casework.route(case, self._elsewhere(), by=by),
            lambda case, by: desk.casework.escalate(case, "help", by=by),
            lambda case, by: desk.casework.snooze(case, minutes(45), by=by),
            lambda case, by: desk.hand_offs.to_department(case, self._elsewhere(), "ask", by=by),
            lambda case, by: desk.hand_offs.accept(case, by=by),
            lambda case, by: desk.hand_offs.give_back(case, by=by),
            self._answer, self._answer, self._answer,
            lambda case, by: desk.closings.solve(case, "done", by=by),
            lambda case, by: desk.closings.solve(case, "done", by=by),
            lambda case, by: desk.closings.no_reply(case, by=by),
            lambda case, by: desk.closings.reopen(case, by=by),
            lambda case, by: desk.merging.merge(case, self._chance.choice(self.numbers), by=by),
            self._follow_up, self._follow_up,
            self._regret,
            self._acknowledge,
            self._decide,
        ]  # fmt: skip

    def _elsewhere(self) -> object:
        return self._chance.choice([*PEOPLE])

    def _answer(self, case: CaseId, by: MemberId) -> None:
        answers = [Delivered("r"), Delivered("r"), Delivered("r"), Refused("no"), Unknown("?")]
        self.desk.network.answers = [self._chance.choice(answers)]
        words = f"We are on it ({self._chance.random()})."
        self.desk.replies.submit(case, words, by=by, once=words)

    def _decide(self, case: CaseId, by: MemberId) -> None:
        """Somebody looks after an answer that is held, or whose outcome nobody knows."""
        with self.desk.reading() as tx:
            reply = tx.replies.latest(case)
        if reply and reply.state is ReplyState.UNKNOWN:
            self.desk.replies.found(reply.key, "", by=reply.author)
        elif reply:
            self.desk.replies.drop(reply.key, by=by)

    def _follow_up(self, case: CaseId, _by: MemberId) -> None:
        with self.desk.reading() as tx:
            stored = tx.posts.get(tx.cases.get(case).post)
        assert stored is not None  # a case has its post
        post = stored.post
        text = self._chance.choice(["and now?", "thanks!", "still waiting"])
        self.desk.receive(self.desk.a_post(text, by=post.author.handle, in_reply_to=post.id))

    def _regret(self, case: CaseId, by: MemberId) -> None:
        """Closed, and taken back: sometimes in time for it never to have been."""
        self.desk.closings.no_reply(case, by=by)
        self.desk.now += timedelta(minutes=self._chance.uniform(1, 90))
        self.desk.closings.reopen(case, by=by)

    def _acknowledge(self, case: CaseId, _by: MemberId) -> None:
        run = self.desk.clocks(case)
        for one in run.values():
            self.desk.watch.acknowledge(case, one.name, by=CEM)
