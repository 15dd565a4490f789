"""What a Web API method is: its function, arguments, scopes and tier, told where it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.workspace import Workspace

SPECIAL, TIER_1, TIER_2, TIER_3, TIER_4 = 0, 1, 2, 3, 4
# The SDK and Slack's own clients add these to any method.
EVERYWHERE = frozenset({"token", "team_id"})
FALSE = frozenset({"", "0", "false", "False"})


class Request:
    """The arguments of one call, from JSON, form or query alike."""

    def __init__(self, method: str, args: Json, public_url: str) -> None:
        self.method = method
        self.args = args
        self.public_url = public_url

    def has(self, name: str) -> bool:
        return self.args.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value is None else value not in FALSE and value is not False

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.args.get(name) or default)
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments") from None

    def names(self, name: str) -> list[str]:
        """A list that may come joined by commas."""
        value = self.args.get(name) or []
        parts = value.split(",") if isinstance(value, str) else value
        return [str(part).strip() for part in parts if str(part).strip()]

    def data(self, name: str, error: str = "invalid_arguments") -> Any:
        """A nested value that may come as a JSON string."""
        value = self.args.get(name)
        if not isinstance(value, str) or not value:
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None


Run = Callable[[Workspace, Request], Json]


@dataclass(frozen=True)
class Method:
    """One method of the Web API."""

    name: str
    run: Run
    tier: int
    scopes: frozenset[str]
    required: tuple[str, ...]
    known: frozenset[str]
    token: str


REGISTERED: dict[str, Method] = {}


def method(
    name: str, tier: int, scopes: str = "", *, args: str = "", token: str = "bot"
) -> Callable[[Run], Run]:
    """Register a method; in `args` a name with `!` is required, `token` is bot, app or none."""
    names = args.split()
    required = tuple(one.rstrip("!") for one in names if one.endswith("!"))
    known = frozenset(one.rstrip("!") for one in names) | EVERYWHERE

    def register(run: Run) -> Run:
        needed = frozenset(scopes.split())
        REGISTERED[name] = Method(name, run, tier, needed, required, known, token)
        return run

    return register


def missing_scope(needed: Set[str], granted: Set[str]) -> SlackError:
    """Slack's refusal with what the call would have needed and what the app has."""
    names = {"needed": ",".join(sorted(needed)), "provided": ",".join(sorted(granted))}
    return SlackError("missing_scope", **names)


def page_of(items: list[Any], request: Request, limit: int) -> tuple[list[Any], Json]:
    """One page of a list and the `response_metadata` that leads to the next."""
    start = _offset(request)
    page = items[start : start + limit]
    more = start + limit < len(items)
    return page, {"next_cursor": cursor(request.method, start + limit) if more else ""}


def cursor(method_name: str, position: object) -> str:
    """An opaque mark, good for one method only."""
    return f"{method_name}:{position}".encode().hex()


def position(request: Request) -> str:
    """Where the given cursor points to; empty without one."""
    given = request.text("cursor")
    try:
        owner, _, where = bytes.fromhex(given).decode().partition(":")
    except ValueError:
        raise SlackError("invalid_cursor") from None
    if given and owner != request.method:
        raise SlackError("invalid_cursor")
    return where


def _offset(request: Request) -> int:
    return int(position(request) or 0)
