"""One interaction from a person's hand to the app and back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from slack_sandbox import modals
from slack_sandbox.blocks import Json
from slack_sandbox.delivery import Ack
from slack_sandbox.elements import STATELESS, Placed
from slack_sandbox.grants import ResponseUrl
from slack_sandbox.payloads import Payloads
from slack_sandbox.state import Message
from slack_sandbox.view import View
from slack_sandbox.waiting import Patience, wait
from slack_sandbox.workspace import Workspace

FOR_AN_ANSWER = Patience(looks=60, has_time_for_work=False)  # three seconds without any change


@dataclass(frozen=True)
class Interaction:
    """How an act ended: whether the app acknowledged, how fast, and with what."""

    acked: bool
    seconds: float = 0.0
    response: Json | None = None
    error: str | None = None
    read: Callable[[], str] = field(default=str, repr=False, compare=False)

    @property
    def text(self) -> str:
        """What the person was told, in the acknowledgement or soon after it."""
        return self.read()


@dataclass(frozen=True)
class Exchange:
    """The way to the app: where things are kept, and how to ask and be reached."""

    workspace: Workspace
    ask: Callable[[str, Json], Ack]
    public_url: Callable[[], str]


class Hand:
    """Sends what one person does."""

    def __init__(self, exchange: Exchange, user_id: str) -> None:
        self._exchange = exchange
        self._workspace = exchange.workspace
        self._user_id = user_id

    def payloads(self) -> Payloads:
        member = self._workspace.members[self._user_id]
        return Payloads(self._workspace, member, self._exchange.public_url())

    def response_url(self, kind: str, message: Message) -> ResponseUrl:
        """A fresh response URL for something done to a message."""
        return self._workspace.response_urls.issue(
            kind,
            self._user_id,
            message.channel_id,
            message.ts,
            is_ephemeral=bool(message.ephemeral_for),
        )

    def act(self, where: Message | View, one: Placed, chosen: Json) -> Interaction:
        """Press a button or pick from a menu."""
        with self._workspace.change():
            payloads = self.payloads()
            action = payloads.pressed(one, chosen)
            if isinstance(where, View):
                current = self._workspace.views.get(where.id, where)
                url, payload = None, payloads.view_action(current, action)
            else:
                url = self.response_url("actions", where)
                payload = payloads.message_action(where, action, url)
        return self.send("interactive", payload, url)

    def send(self, kind: str, payload: Json, url: ResponseUrl | None = None) -> Interaction:
        """Hand a payload to the app and wait for its acknowledgement."""
        begun = time.perf_counter()
        ack = self._exchange.ask(kind, payload)
        seconds = time.perf_counter() - begun
        read = (lambda: self._told(url)) if url else str
        return Interaction(ack.acked, seconds, ack.payload, ack.error, read)

    def keep_choice(self, where: Message | View, one: Placed, chosen: Json) -> Message | View:
        """Remember what was picked, so that the payloads that follow tell of it."""
        if one.element["type"] in STATELESS:
            return where
        if isinstance(where, View):
            current = self._workspace.views.get(where.id, where)
            of_block = current.state.get(one.block_id, {}) | {one.action_id: chosen}
            changed = replace(current, state=current.state | {one.block_id: of_block})
            modals.keep(self._workspace, changed)
            return changed
        choices = self._workspace.choices.setdefault((self._user_id, where.ts), {})
        choices.setdefault(one.block_id, {})[one.action_id] = chosen
        return where

    def _told(self, url: ResponseUrl) -> str:
        """The words of the first response, given a moment to arrive; empty if there is none."""
        responses = self._workspace.responses
        try:
            first = wait(
                self._workspace,
                lambda: next(iter(responses.get(url.path, ())), None),
                "an answer",
                FOR_AN_ANSWER,
            )
        except AssertionError:
            return ""
        return first.text or first.words if first else ""
