"""What the demo adds to the page: the clock, the customer's phone, and *Try this*, as JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bot.demo.clock import DemoClock, TooFar
from bot.demo.cloud import CLOUD, Cloud
from bot.demo.customers import Customer
from bot.demo.network import Said, SampleNetwork
from bot.demo.play import SPEEDS, Play
from bot.demo.steps import HOME, ROOM, Progress, Seen, Step
from bot.domain.durations import parse_duration
from bot.domain.errors import BotError
from bot.domain.ids import CaseId, MemberId
from bot.domain.post import Post, PostKind
from bot.services.kernel import Kernel
from bot.views.sentences import sentence
from slack_sandbox import Extra, Refused, Sandbox

FOLDER = Path(__file__).parent / "page"
LONGEST_POST = 1000
MOST_CHANGES = 100
SERVICE = "department:service"

Json = dict[str, Any]


@dataclass(frozen=True)
class DemoPage:
    slack: Sandbox
    kernel: Kernel
    clock: DemoClock
    network: SampleNetwork
    play: Play
    cloud: Cloud
    customers: Mapping[str, Customer]
    progress: Progress
    typed: list[tuple[str, str]]
    first_case: CaseId  # the past is no tick

    def mount(self) -> None:
        numbers = count(1)
        reads = {"state": self.state, "feed": self.feed}
        acts = {
            "write": lambda body: self.write(body, f"p{next(numbers)}"),
            "edit": self.edit,
            "delete": self.delete,
            "jump": self.jump,
            "speed": self.set_speed,
        }
        spoken = {name: partial(_spoken, act) for name, act in acts.items()}
        self.slack.mount(Extra("demo", FOLDER, reads, spoken, self.saw))
        self.network.changed = self.cloud.passed = self.hint

    def hint(self) -> None:
        """Every open page looks again."""
        self.slack.workspace.hint(None, {"type": "demo"})

    def saw(self, act: str, body: Json) -> None:
        if act == "command":
            self.typed.append((str(body["as"]), str(body["text"]).strip()))
            self.hint()

    # What the page shows

    def state(self, _: Json) -> Json:
        done = self.progress.look(self._seen())
        customers = self._everybody()
        return {
            "now": self.clock.seconds(),
            "ahead": self.clock.ahead.total_seconds(),
            "speeds": [*SPEEDS, CLOUD],
            "speed": self._speed(),
            "customers": [_customer(one) for one in customers.values()],
            "answered": self._answered_last(customers.values()),
            "steps": [self._step(*one) for one in zip(self.progress.steps, done, strict=True)],
        }

    def feed(self, query: Json) -> Json:
        customer = self._customer(query)
        said = self.network.feed(customer.source, customer.handle)
        return {"said": [_said(one, customer) for one in said]}

    # What somebody does there

    def write(self, body: Json, id: str) -> Json:
        customer = self._customer(body)
        answered = str(body.get("in_reply_to") or "") or None
        self.network.publish(customer.post(id, _text(body), in_reply_to=answered))
        return {"ok": True}

    def edit(self, body: Json) -> Json:
        return self._revise(body, PostKind.EDIT, _text(body))

    def delete(self, body: Json) -> Json:
        return self._revise(body, PostKind.DELETE, "")

    def jump(self, body: Json) -> Json:
        try:
            self.clock.jump(parse_duration(str(body.get("length"))).elapsed)
        except TooFar:
            raise Refused("The clock goes no further than a year. Start the demo anew.") from None
        self.hint()
        return {"ok": True}

    def set_speed(self, body: Json) -> Json:
        name = str(body.get("speed"))
        if name == CLOUD:
            self.cloud.come()
        elif name in SPEEDS:
            self.cloud.pass_by()
            self.play.speed = SPEEDS[name]
        else:
            raise Refused(f"There is no such speed; there are: {', '.join([*SPEEDS, CLOUD])}.")
        self.hint()
        return {"ok": True}

    def _speed(self) -> str:
        if self.cloud.is_here:
            return CLOUD
        return next(name for name, speed in SPEEDS.items() if speed == self.play.speed)

    def _revise(self, body: Json, kind: PostKind, text: str) -> Json:
        customer = self._customer(body)
        known = self.network.find(customer.source, str(body.get("id")))
        if known is None or known.handle != customer.handle or known.is_deleted:
            raise Refused("This post is gone, or somebody else's.")
        self.network.publish(replace(customer.post(known.id, text), kind=kind))
        return {"ok": True}

    def _everybody(self) -> dict[str, Customer]:
        """The demo's own customers, and whoever else was answered."""
        own = {(one.source, one.handle) for one in self.customers.values()}
        posts = [one for one in self.network.answered if _author(one) not in own]
        others = map(Customer.who_wrote, posts)
        return {**self.customers, **{one.key: one for one in others}}

    def _answered_last(self, customers: Iterable[Customer]) -> str | None:
        last = _author(self.network.answered[-1]) if self.network.answered else None
        return next((one.key for one in customers if (one.source, one.handle) == last), None)

    def _customer(self, given: Json) -> Customer:
        customer = self._everybody().get(str(given.get("customer")))
        if customer is None:
            raise Refused("There is no such customer.")
        return customer

    def _step(self, step: Step, done: bool) -> Json:
        person = next(id for id, name in self._names().items() if name == step.who)
        return {"who": step.who, "text": step.text, "done": done,
                "person": person, **self._way(step.where)}  # fmt: skip

    def _way(self, where: str) -> Json:
        """The place a step is done in, and what it is called; an incident's once it stands."""
        if where == HOME:
            return {"channel": HOME, "where": "Home"}
        channels = self.slack.workspace.channel_ids.copy()
        if where != ROOM:
            return {"channel": channels.get(where), "where": f"#{where}"}
        rooms = [id for name, id in channels.items() if name.startswith(ROOM)]
        return {"channel": rooms[-1] if rooms else None, "where": "its channel"}

    def _seen(self) -> Seen:
        with self.kernel.look() as work:
            events = work.tx.timeline.from_case(self.first_case)
            changes = work.tx.setup.changes(limit=MOST_CHANGES)
            incidents = work.tx.incidents
            known = [*incidents.open(), *incidents.over(limit=MOST_CHANGES)]
            happened = {entry.what for one in known for entry in incidents.entries(one.id)}
            since = work.case(self.first_case).opened_at
            listed = frozenset(work.tx.queue.listed(SERVICE, since))
        channels, names = frozenset(self.slack.workspace.channel_ids), self._names()
        at_home = frozenset(names[MemberId(id)] for id in self.slack.workspace.homes.copy())
        return Seen(
            events, changes, list(self.typed), channels, at_home, frozenset(happened), listed, names
        )

    def _names(self) -> dict[MemberId, str]:
        members = self.slack.workspace.members.copy()
        return {MemberId(id): member.real_name for id, member in members.items()}


def _spoken(act: Callable[[Json], Json], body: Json) -> Json:
    """What the desk refuses, it says in a sentence."""
    try:
        return act(body)
    except BotError as error:
        raise Refused(sentence(error)) from error


def _text(body: Json) -> str:
    text = str(body.get("text") or "").strip()
    if not text:
        raise Refused("Write something first.")
    if len(text) > LONGEST_POST:
        raise Refused(f"That is {len(text)} characters; a post takes {LONGEST_POST}.")
    return text


def _author(post: Post) -> tuple[str, str]:
    return post.source, post.author.handle


def _customer(one: Customer) -> Json:
    return {"key": one.key, "name": one.name, "handle": one.handle, "source": one.source}


def _said(one: Said, reader: Customer) -> Json:
    """Others answer in the same conversation; only what is the reader's own can be changed."""
    return {
        "own": one.handle == reader.handle,
        "id": one.id, "handle": one.handle, "text": one.text, "at": one.at.timestamp(),
        "in_reply_to": one.in_reply_to, "by_brand": one.by_brand,
        "edited": one.is_edited, "deleted": one.is_deleted,
    }  # fmt: skip
