"""Waiting until something is so, woken by every change of the workspace."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from slack_sandbox.workspace import Workspace

# A condition about something outside the workspace changes without our notice.
LOOK_AGAIN_SECONDS = 0.05

T = TypeVar("T")


def wait(workspace: Workspace, condition: Callable[[], T], timeout: float, what: str) -> T:
    """The first truthy value of the condition; a LookupError counts as not yet."""
    deadline = time.monotonic() + timeout
    while True:
        seen = workspace.version
        value = _value(condition)
        if value:
            return value
        left = deadline - time.monotonic()
        if left <= 0:
            raise AssertionError(f"waited {timeout:g} s for {what}")
        workspace.wait_for_change(seen, min(left, LOOK_AGAIN_SECONDS))


def _value(condition: Callable[[], T]) -> T | None:
    try:
        return condition()
    except LookupError:
        return None
