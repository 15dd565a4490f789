"""Whatever people and the clock do to cases, in any order, these things stay true."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.domain.case import Case
from bot.domain.durations import hours
from bot.domain.effects import Kind
from bot.domain.errors import Refused
from bot.domain.ids import RAPID_RESPONSE, CaseId, DepartmentKey, MemberId
from bot.domain.post import Priority
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services.hand_offs import give_up_cases
from tests.company import ANN, BEN, CEM, DORA, SALES, SERVICE, SUE, TECHNICAL, TOM
from tests.desk import TestDesk

PEOPLE = st.sampled_from([ANN, BEN, DORA, TOM, SUE, CEM])
DEPARTMENTS = st.sampled_from([SERVICE, SALES, TECHNICAL])
PINGED = {What.PINGED, What.HANGING}
ALARMS = ("hanging:", "escalated:")
RESPONSES = {Promise.FIRST_RESPONSE, Promise.NEXT_RESPONSE}


class Cases(RuleBasedStateMachine):
    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.desk = TestDesk(Path(self.folder.name) / "desk.db")
        self.desk.target(priority="urgent", first_response="20m", next_response="30m")
        self.desk.department("technical", hours={"mon": ["09:00-12:00"], "tue": ["09:00-17:00"]})
        self.versions: dict[CaseId, int] = {}
        self.entries: dict[CaseId, int] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(target=cases, text=st.sampled_from(["my bag", "the app", "I buy", "a mystery"]))
    def post(self, text: str) -> CaseId:
        number = CaseId(1001 + len(self.versions))
        assert self.desk.post(text, conversation=f"t{number}") == number
        self.versions[number] = 0
        return number

    @rule(case=cases, text=st.sampled_from(["thanks!", "and now?"]))
    def follow_up(self, case: CaseId, text: str) -> None:
        number = self.desk.post(text, conversation=f"t{case}")
        self.versions.setdefault(number, 0)

    @rule(case=cases, who=PEOPLE)
    def claim(self, case: CaseId, who: MemberId) -> None:
        with suppress(Refused):
            assert self.desk.casework.claim(case, by=who).assignee == who

    @rule(case=cases, who=PEOPLE)
    def release(self, case: CaseId, who: MemberId) -> None:
        with suppress(Refused):
            assert self.desk.casework.release(case, by=who).assignee is None

    @rule(case=cases, who=PEOPLE, to=PEOPLE)
    def assign(self, case: CaseId, who: MemberId, to: MemberId) -> None:
        with suppress(Refused):
            assert self.desk.casework.assign(case, to=to, by=who).assignee == to

    @rule(case=cases, who=PEOPLE, to=DEPARTMENTS)
    def hand_off(self, case: CaseId, who: MemberId, to: DepartmentKey) -> None:
        with suppress(Refused):
            assert self.desk.hand_offs.to_department(case, to, "yours?", by=who).hand_off

    @rule(case=cases, who=PEOPLE, to=PEOPLE)
    def hand_to_a_person(self, case: CaseId, who: MemberId, to: MemberId) -> None:
        with suppress(Refused):
            assert self.desk.hand_offs.to_person(case, to, "yours?", by=who).hand_off

    @rule(case=cases, who=PEOPLE, accepts=st.booleans())
    def answer_the_hand_off(self, case: CaseId, who: MemberId, accepts: bool) -> None:
        act = self.desk.hand_offs.accept if accepts else self.desk.hand_offs.give_back
        with suppress(Refused):
            assert act(case, by=who).hand_off is None

    @rule(case=cases, who=PEOPLE, to=DEPARTMENTS)
    def route(self, case: CaseId, who: MemberId, to: DepartmentKey) -> None:
        with suppress(Refused):
            self.desk.casework.route(case, to, by=who)

    @rule(case=cases, who=PEOPLE, solves=st.booleans())
    def close(self, case: CaseId, who: MemberId, solves: bool) -> None:
        with suppress(Refused):
            if solves:
                self.desk.closings.solve(case, "done", by=who)
            else:
                self.desk.closings.no_reply(case, by=who)

    @rule(case=cases, who=PEOPLE)
    def reopen(self, case: CaseId, who: MemberId) -> None:
        with suppress(Refused):
            assert self.desk.closings.reopen(case, by=who).is_open

    @rule(case=cases, into=cases, who=PEOPLE)
    def merge(self, case: CaseId, into: CaseId, who: MemberId) -> None:
        with suppress(Refused):
            self.desk.merging.merge(case, into, by=who)

    @rule(case=cases, who=PEOPLE)
    def answer(self, case: CaseId, who: MemberId) -> None:
        with suppress(Refused):
            self.desk.answer(case, by=who)

    @rule(case=cases, who=PEOPLE, priority=st.sampled_from([Priority.NORMAL, Priority.URGENT]))
    def prioritise(self, case: CaseId, who: MemberId, priority: Priority) -> None:
        with suppress(Refused):
            self.desk.casework.prioritise(case, priority, by=who)

    @rule(case=cases, who=PEOPLE)
    def snooze(self, case: CaseId, who: MemberId) -> None:
        with suppress(Refused):
            self.desk.casework.snooze(case, hours(1), by=who)

    @rule(case=cases, promise=st.sampled_from(list(Promise)))
    def acknowledge(self, case: CaseId, promise: Promise) -> None:
        run = self.desk.clocks(case).get(promise)
        with suppress(Refused):
            self.desk.watch.acknowledge(case, run.name if run else "", by=CEM)

    @rule(who=PEOPLE)
    def leave_and_come_back(self, who: MemberId) -> None:
        with self.desk.work() as work:
            channels = work.tx.people.channels_of(who)
            for channel in channels:
                work.tx.people.left(channel, [who])
            give_up_cases(work, who)
            for channel in channels:
                work.tx.people.joined(channel, [who])

    @rule(length=st.sampled_from(["5m", "15m", "1h", "5h", "3d", "8d"]), sweeps=st.booleans())
    def pass_time(self, length: str, sweeps: bool) -> None:
        self.desk.pass_time(length, sweep=sweeps)

    @invariant()
    def every_case_is_sound(self) -> None:
        with self.desk.reading() as tx:
            for number in self.versions:
                case, runs = tx.cases.get(number), tx.promises.running(number)
                timeline = tx.timeline.of_case(number)
                self._check_growth(case, len(timeline))
                names = {timer.name for timer in tx.timers.of_case(number)}
                pinged = [event for event in timeline if event.what in PINGED]
                not_called = [event for event in timeline if event.what is What.NOT_CALLED]
                calls = [
                    one for one in tx.outbox.of_case(number, Kind.PING)
                    if one.place == RAPID_RESPONSE
                ]  # fmt: skip
                # Calls about a case that was merged go on here: nobody was pinged once more.
                brings = any(event.what is What.MERGED for event in timeline)
                own, called = len(pinged), len(calls) + len(not_called)
                assert own <= called if brings else own == called
                # Whoever acknowledged a call that is about no promise is reminded of it too.
                matters = {str(call.args["matter"]) for call in calls}
                alarms = {matter for matter in matters if matter.startswith(ALARMS)}
                self._check_clocks(case, runs, names, alarms)

    def _check_growth(self, case: Case, entries: int) -> None:
        """A version never shrinks, and what changed a case has an entry in its timeline."""
        before = self.versions[case.id], self.entries.get(case.id, 0)
        assert case.version >= before[0]
        assert case.version == before[0] or entries > before[1]
        self.versions[case.id], self.entries[case.id] = case.version, entries

    def _check_clocks(
        self, case: Case, runs: list[PromiseRun], timers: set[str], alarms: set[str]
    ) -> None:
        if not case.is_open:
            assert (runs, timers) == ([], set())
            return
        assert not (case.assignee and case.hand_off)
        assert bool(case.waiting_since) != any(run.promise in RESPONSES for run in runs)
        assert ("hand_off" in timers) == bool(case.hand_off)
        # An alert looks at its case when it is due; it calls for none that somebody has.
        others = {name for name in timers if not name.startswith("alert:")}
        watched = {":".join(name.split(":")[:2]) for name in others if ":" in name}
        assert watched <= {run.name for run in runs} | alarms


TestCases = Cases.TestCase
TestCases.settings = settings(
    max_examples=50,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
