"""What a sandbox can be started with."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from slack_sandbox.faults import Faults
from slack_sandbox.identity import TEAM_NAME


class Options(TypedDict, total=False):
    """The keywords of `Sandbox.start`."""

    port: int
    host: str
    rate_limits: bool
    manifest: Mapping[str, Any] | None
    team: str
    faults: Faults | None
    public_url: str | None
    request_url: str | None
    clock: Callable[[], float]
    retry_schedule: tuple[float, ...]
    ack_seconds: float
    trigger_seconds: float
    accept_cross_connection_acks: bool


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The same, with what holds when nothing is said."""

    port: int = 0
    host: str = "127.0.0.1"
    rate_limits: bool = False
    manifest: Mapping[str, Any] | None = None
    team: str = TEAM_NAME
    faults: Faults | None = None
    public_url: str | None = None
    # With an address the app is reached by signed HTTP instead of Socket Mode.
    request_url: str | None = None
    clock: Callable[[], float] = time.time
    # Seconds before the first, second and third retry of an event.
    retry_schedule: tuple[float, ...] = (0.0, 60.0, 300.0)
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    # Whether the real Slack counts an acknowledgement on a connection that did not deliver the
    # envelope is not documented.
    accept_cross_connection_acks: bool = False
