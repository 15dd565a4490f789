"""Delivery to the app: events until they are acknowledged, interactions once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from slack_sandbox.blocks import Json
from slack_sandbox.events import callback, is_heard
from slack_sandbox.faults import EventFaults, Faults
from slack_sandbox.state import Channel
from slack_sandbox.workspace import Workspace

RETRY_REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "http_error"}


@dataclass(frozen=True)
class Ack:
    """What came back for an envelope; `error` is Slack's word to the person who waited."""

    acked: bool
    payload: Json | None = None
    error: str | None = None


@dataclass(frozen=True)
class Attempt:
    """Which try this is, and why there had to be another."""

    number: int = 0
    reason: str = ""


class Line(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    def is_open(self) -> bool:
        """Whether there ever was somebody to talk to."""

    async def send(self, kind: str, payload: Json, attempt: Attempt) -> Ack:
        """Hand over one payload and wait for its acknowledgement."""

    async def stop(self) -> None:
        """Let go of whatever is open."""


class Delivery:
    """Sends what the workspace tells, on the server's own event loop."""

    def __init__(
        self, workspace: Workspace, line: Line, faults: Faults, retry_schedule: tuple[float, ...]
    ) -> None:
        self._workspace = workspace
        self._line = line
        self._faults = faults
        self._retry_schedule = retry_schedule
        self._loop = asyncio.get_running_loop()
        self._running: set[asyncio.Task[None]] = set()
        self._held_back: list[Json] = []

    def publish(self, event: Json, channel: Channel | None) -> None:
        """Send an event to the app if it listens; may be called from any thread."""
        if self._line.is_open() and is_heard(self._workspace, event, channel):
            payload = callback(self._workspace, event)
            self._loop.call_soon_threadsafe(self._dispatch, payload, self._faults.of_events)

    def under_way(self) -> list[str]:
        """Events that nobody has acknowledged."""
        return [f"{len(self._running)} events"] if self._running else []

    async def ask(self, kind: str, payload: Json) -> Ack:
        """Send an interaction, once, and wait for the answer."""
        return await self._line.send(kind, payload, Attempt())

    async def stop(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _dispatch(self, payload: Json, faults: EventFaults) -> None:
        """Start the delivery, astray if a fault says so."""
        if faults.drop:
            return
        if faults.reorder and not self._held_back:
            self._held_back.append(payload)
            return
        queue = [payload, *self._held_back] * (2 if faults.duplicate else 1)
        self._held_back.clear()
        for one in queue:
            self._start(self._deliver(one))

    async def _deliver(self, payload: Json) -> None:
        ack = await self._line.send("events_api", payload, Attempt())
        for number, delay in enumerate(self._retry_schedule, start=1):
            if ack.acked:
                return
            await asyncio.sleep(delay)
            attempt = Attempt(number, RETRY_REASONS.get(ack.error or "", "unknown_error"))
            ack = await self._line.send("events_api", payload, attempt)
        if not ack.acked:
            with self._workspace.change():
                event_type = payload["event"]["type"]
                self._workspace.blame("unacknowledged_event", event_type)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
