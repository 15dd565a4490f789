"""Waiting until something is so, woken by every change of the workspace.

It ends by what happens, not by a clock. Patience is counted in looks at a workspace in which
nothing moves: on a machine that is busy elsewhere each look is late, as is what is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from slack_sandbox.workspace import Workspace

# A condition about something outside the workspace changes without our notice.
LOOK_AGAIN_SECONDS = 0.05
AT_MOST_SECONDS = 300.0  # which only a real hang meets
SHOWN_CALLS = 5

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """With a thing that does not come."""

    seconds: float = AT_MOST_SECONDS
    looks: int = 600  # in a row that find nothing new: half a minute on a machine of one's own
    has_time_for_work: bool = True  # it goes on while somebody tells of work under way


def wait(
    workspace: Workspace, condition: Callable[[], T], what: str, patience: Patience | None = None
) -> T:
    """The first truthy value of the condition; a LookupError counts as not yet."""
    patience = patience or Patience()
    deadline = time.monotonic() + patience.seconds
    quiet = 0
    while True:
        seen = workspace.version
        value = _value(condition)
        if value:
            return value
        if time.monotonic() >= deadline:
            raise AssertionError(_there(workspace, f"waited {patience.seconds:g} s for {what}"))
        if quiet >= patience.looks and not (patience.has_time_for_work and workspace.under_way()):
            raise AssertionError(_there(workspace, f"nothing moves any more, without {what}"))
        moved = workspace.wait_for_change(seen, LOOK_AGAIN_SECONDS)
        quiet = 0 if moved else quiet + 1


def _value(condition: Callable[[], T]) -> T | None:
    try:
        return condition()
    except LookupError:
        return None


def _there(workspace: Workspace, fault: str) -> str:
    """What there was instead, for whoever reads of it in the morning."""
    with workspace.lock:
        lines = [*_places(workspace), *_forms(workspace), *_refusals(workspace)]
    under_way = workspace.under_way()
    return "\n  ".join([fault, *lines, f"under way: {', '.join(under_way) or 'nothing'}"])


def _places(workspace: Workspace) -> Iterator[str]:
    for channel in workspace.channels.values():
        newest = next(reversed(list(channel.history)), None)
        if newest is not None:
            yield f"newest in {channel.name}: {newest.words[:300]!r}"


def _forms(workspace: Workspace) -> Iterator[str]:
    for person, views in workspace.modals.items():
        if views:
            yield f"open before {person}: {workspace.views[views[-1]].callback_id}"


def _refusals(workspace: Workspace) -> Iterator[str]:
    refused = [one for one in workspace.calls if one.error]
    for call in refused[-SHOWN_CALLS:]:
        yield f"refused: {call.method} with {call.error}"
