"""A desk at work while its set-up is changed at random, and what no change may stop.

Departments come and go, are renamed, get other keys, hours and covers; channels are archived,
opened and deleted; people leave and are deactivated; rules, targets and the rota change; anything
may be undone. Meanwhile posts come in over HTTP, people work, and the clock goes.
"""

import json
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from bot.domain.durations import parse_duration
from bot.domain.errors import BotError
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.routing import Rule
from bot.domain.sla import Promise
from bot.services.desk_page import desk_page
from bot.services.policies import SlaOrder
from bot.services.roster import Roster
from bot.services.rota import ShiftOrder
from bot.services.taking_effect import take_effect
from tests.company import EVE, MEMBERS, PEOPLE, channel_of
from tests.desk import TestDesk
from tests.room import BOT, Workspace, office_of
from tests.web.house import House, deliver

STAFF = [one.id for one in PEOPLE]
TEXTS = ("where is my bag?", "I would buy ten", "the app fails", "a mystery", "gold please")
ALWAYS = DepartmentKey("triage")


@dataclass
class Counts:
    changes: int = 0
    refused: int = 0
    posts: int = 0
    moves: int = 0  # claims, hand-offs, answers …
    displaced: int = 0
    breaches: int = 0

    def add(self, more: "Counts") -> None:
        for name, value in vars(more).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Company:
    """One desk, its Slack, and the dice."""

    desk: TestDesk
    dice: Random
    counts: Counts = field(default_factory=Counts)
    faults: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kept = self.desk.document("departments")
        self.slack = Workspace()
        for key, members in MEMBERS.items():
            self.slack.has(f"care-{key}", members=[*members, BOT], id=str(channel_of(key)))
        self.slack.has("rapid-response", members=[MemberId("UCEM"), BOT],
                       id=str(channel_of("rapid-response")))  # fmt: skip
        self.slack.people_ = {one.id: one for one in PEOPLE}
        self.roster = Roster(self.desk.kernel, self.slack)
        self.web = House().client(receive=self.desk.intake.receive)
        self.out = ExitStack()
        self.office = self.out.enter_context(office_of(self.desk))

    def run(self, changes: int) -> None:
        with self.out:
            for _ in range(changes):
                self._try(self.dice.choice(CHANGES), "changes")
                for _ in range(self.dice.randint(2, 8)):
                    self._try(self.dice.choice(WORK), "moves")
                self._pass_time()
            self._put_all_back()

    # What is done

    def _try(self, act: Callable[["Company"], object], counted: str = "") -> None:
        """A refusal is an answer; anything else that is raised is a fault."""
        try:
            act(self)
            if counted:
                setattr(self.counts, counted, getattr(self.counts, counted) + 1)
        except BotError:
            self.counts.refused += 1
        except Exception as error:
            where = "".join(traceback.format_tb(error.__traceback__)[-3:])
            self.faults.append(f"{getattr(act, '__name__', act)}: {error!r}\n{where}")

    def _pass_time(self) -> None:
        self.desk.pass_time(f"{self.dice.randint(1, 25)}m")
        for act in CLOCKS:
            self._try(act)
        self._look()

    def _look(self) -> None:
        """Nothing that was due waits, and every open case is where somebody looks after it."""
        still = self._open()
        with self.desk.kernel.look() as work:
            late = work.tx.timers.due(work.at, limit=10)
            aside = work.tx.set_aside.all()
            homeless = [key for key in work.tx.displaced.holders() if work.setup.why_gone(key)]
            runs = [run for case in still for run in work.tx.promises.running(case)]
        silent = [r for r in runs if r.due_at and r.due_at <= self.desk.now and not r.breached_at]
        self.counts.breaches = max(self.counts.breaches, sum(bool(r.breached_at) for r in runs))
        for what, found in (("timers wait", late), ("set aside", aside),
                            ("in no department", homeless), ("not told", silent)):  # fmt: skip
            if found:
                self.faults.append(f"{what}: {found[:3]}")

    def due(self) -> dict[tuple[CaseId, str], datetime | None]:
        """When each promise of an open case is due."""
        still = self._open()
        with self.desk.store.reading() as tx:
            return {(c, r.name): r.due_at for c in still for r in tx.promises.running(c)}

    def _open(self) -> list[CaseId]:
        sql = "select id from cases where closed_at is null order by id"
        with self.desk.store.reading():
            return [CaseId(row["id"]) for row in self.desk.db.rows(sql)]

    def _put_all_back(self) -> None:
        """Everything is undone: each case that was displaced is somebody's again."""
        for channel, seen in list(self.slack.channels_.items()):
            self.slack.channels_[channel] = replace(seen, is_archived=False, is_member=True)
        for one in PEOPLE:
            self.slack.people_[one.id] = one
        put(self, self.kept)
        self.roster.sweep()
        self.desk.watch.sweep()
        self._pass_time()
        with self.desk.kernel.look() as work:
            left = work.tx.displaced.departments()
            lost = [key for key in self.sent if not (work.tx.posts.get(key) or _none).case]  # type: ignore[arg-type]
        gone = [key for key in left if key in {one["key"] for one in self.kept["department"]}]
        if gone:
            self.faults.append(f"not brought back: {gone}")
        if lost:
            self.faults.append(f"posts lost: {lost[:3]}")

    # What the acts need

    def some_department(self) -> str:
        tables = self.desk.document("departments")["department"]
        keys = [str(one["key"]) for one in tables if one["key"] != ALWAYS]
        return self.dice.choice(keys or ["service"])

    def some_case(self) -> CaseId:
        found = self._open() or [CaseId(1001)]
        return self.dice.choice(found)

    def somebody(self, case: CaseId | None = None) -> MemberId:
        """Mostly who works where the case is."""
        if case is None or self.dice.random() < 0.2:
            return self.dice.choice(STAFF)
        with self.desk.kernel.look() as work:
            found = work.tx.cases.find(case)
            key = found.department if found else ALWAYS
            there = [one for one in work.members_in(key) if one in STAFF]
        return self.dice.choice(there or STAFF)


class _none:
    case = None


def put(company: Company, document: object, area: str = "departments") -> None:
    desk = company.desk
    with desk.kernel.work() as work:
        work.change(area, document, EVE, f"changed {area}")
        take_effect(desk.kernel, work, EVE)


def table(company: Company, **facts: object) -> None:
    document, key = company.desk.document("departments"), company.some_department()
    for one in document["department"]:
        one.update(facts if one["key"] == key else {})
    put(company, document)


def remove(company: Company) -> None:
    key = DepartmentKey(company.some_department())
    company.counts.displaced += company.desk.administration.removal(key, by=EVE).cases
    before = company.due()
    company.desk.administration.remove_department(key, by=EVE)
    if company.due() != before:
        company.faults.append(f"removing {key} has moved a deadline")


def add_again(company: Company) -> None:
    document = company.desk.document("departments")
    there = {one["key"] for one in document["department"]}
    gone = [one for one in company.kept["department"] if one["key"] not in there]
    put(company, {"department": [*document["department"], *gone]})


def undo(company: Company) -> None:
    found = company.desk.administration.changes(by=EVE)
    number = company.dice.choice(found).id if found else 1
    company.desk.administration.undo(number, by=EVE)


def rename(company: Company) -> None:
    table(company, name=f"Office {company.dice.randint(1, 99)}")


def rekey(company: Company) -> None:
    table(company, key=f"key-{company.dice.randint(1, 99)}")


def other_hours(company: Company) -> None:
    table(company, hours={"mon": ["09:00-17:00"], "tue": ["10:00-18:00"], "thu": ["00:00-24:00"]})


def other_cover(company: Company) -> None:
    table(company, cover=company.some_department())


def add_rule(company: Company) -> None:
    word = company.dice.choice(("bag", "app", "gold", "mystery"))
    key = DepartmentKey(company.some_department())
    company.desk.policies.add_rule(Rule(key, f"words:{word}"), by=EVE)


def remove_rule(company: Company) -> None:
    company.desk.policies.remove_rule(company.dice.randint(1, 5), by=EVE)


def other_default(company: Company) -> None:
    company.desk.policies.set_default(DepartmentKey(company.some_department()), by=EVE)


def break_rules(company: Company) -> None:
    """As a file of another version might leave them."""
    document = company.desk.document("routing")
    rule = {"department": "nowhere", "when": "no:such(thing"}
    company.desk.put("routing", {**document, "rule": [rule, *document.get("rule", [])]})


def other_target(company: Company) -> None:
    length = parse_duration(company.dice.choice(("20m", "1h", "3h")))
    where = DepartmentKey(company.some_department())
    company.desk.policies.set_promise(SlaOrder(where, Promise.FIRST_RESPONSE, length), by=EVE)


def add_shift(company: Company) -> None:
    company.desk.rotas.add(ShiftOrder(company.somebody(), "daily", "09:00-17:00"), by=EVE)


def remove_shift(company: Company) -> None:
    company.desk.rotas.remove(company.dice.randint(1, 4), by=EVE)


def channel(company: Company, **facts: bool) -> None:
    found = company.dice.choice(list(company.slack.channels_))
    company.slack.channels_[found] = replace(company.slack.channels_[found], **facts)  # type: ignore[arg-type]
    company.roster.channel_changed(company.slack.channels_[found].id)


def archive(company: Company) -> None:
    channel(company, is_archived=True)


def unarchive(company: Company) -> None:
    channel(company, is_archived=False, is_member=True)


def delete_channel(company: Company) -> None:
    found = company.dice.choice(list(company.slack.channels_))
    seen = company.slack.channels_.pop(found)
    company.roster.channel_changed(seen.id)


def leave(company: Company) -> None:
    found = company.dice.choice(list(company.slack.channels_))
    member = company.somebody()
    company.slack.members_[found] = [m for m in company.slack.members_[found] if m != member]
    company.roster.left(company.slack.channels_[found].id, member)


def join(company: Company) -> None:
    found = company.dice.choice(list(company.slack.channels_))
    member = company.somebody()
    company.slack.members_[found] = [*company.slack.members_[found], member]
    company.roster.joined(company.slack.channels_[found].id, member)


def person(company: Company) -> None:
    member = company.dice.choice([one for one in STAFF if one != EVE])
    known = company.slack.people_[member]
    company.slack.people_[member] = replace(known, is_gone=not known.is_gone)
    company.roster.person_changed(member)


CHANGES = (
    remove, remove, add_again, undo, undo, rename, rekey, other_hours, other_cover, add_rule,
    remove_rule, other_default, break_rules, other_target, add_shift, remove_shift, archive,
    unarchive, delete_channel, leave, join, person,
)  # fmt: skip


def post(company: Company) -> None:
    """Over HTTP; half of them go on with a conversation that there is."""
    number = len(company.sent) + 1
    written = {
        "id": f"n{number}", "source": "x", "text": company.dice.choice(TEXTS),
        "author": {"handle": f"@c{company.dice.randint(1, 40)}"},
        "conversation": f"cv{company.dice.randint(1, 60)}",
    }  # fmt: skip
    answer = deliver(company.web, json.loads(json.dumps(written)), id=f"msg_{number}")
    company.sent.append(f"x:n{number}")
    company.counts.posts += 1
    if answer.status_code not in (200, 202):
        company.faults.append(f"intake: {answer.status_code} {answer.text[:200]}")


def claim(company: Company) -> None:
    case = company.some_case()
    company.desk.casework.claim(case, by=company.somebody(case))


def hand_off(company: Company) -> None:
    case = company.some_case()
    by = company.somebody(case)
    to = DepartmentKey(company.some_department())
    company.desk.hand_offs.to_department(case, to, "yours?", by=by)


def to_person(company: Company) -> None:
    case = company.some_case()
    by = company.somebody(case)
    company.desk.hand_offs.to_person(case, company.somebody(), "yours?", by=by)


def accept(company: Company) -> None:
    case = company.some_case()
    company.desk.hand_offs.accept(case, by=company.somebody(case))


def give_back(company: Company) -> None:
    case = company.some_case()
    company.desk.hand_offs.give_back(case, by=company.somebody(case), why="not ours")


def solve(company: Company) -> None:
    case = company.some_case()
    company.desk.closings.solve(case, "done", by=company.somebody(case))


def snooze(company: Company) -> None:
    length = parse_duration("2h")
    company.desk.casework.snooze(company.some_case(), length, by=company.somebody())


def answer(company: Company) -> None:
    once = f"form{company.dice.random()}"
    company.desk.replies.submit(company.some_case(), "On it", by=company.somebody(), once=once)
    company.desk.sending.send_due()


def read(company: Company) -> None:
    desk, by = company.desk, company.somebody()
    desk_page(desk.kernel)
    desk.boards.mine(by=by)
    desk.administration.setup_steps(by=EVE)
    desk.boards.case(company.some_case(), by=by)


WORK = (post, post, post, claim, hand_off, hand_off, to_person, accept, give_back, solve, snooze,
        answer, read)  # fmt: skip


def sweep(company: Company) -> None:
    """As often as the clock's job would: a target that is counted anew may be due at once."""
    for _ in range(10):
        company.desk.watch.sweep()
        due = company.desk.watch.next_at()
        if due is None or due > company.desk.now:
            return


CLOCKS: tuple[Callable[[Company], object], ...] = (
    sweep,
    lambda company: company.desk.rota_watch.say_holes(),
    lambda company: company.desk.incident_clock.remind(),
    lambda company: company.office.settle(rounds=1000),
)
