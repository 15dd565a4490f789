"""The only reader of what Slack sends: names and ids out of it, or `Tampered`; nothing is trusted.

A button's value and a form's memory only say what is meant; what may be done the services decide.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.errors import Stranger, Tampered
from bot.domain.ids import CaseId, ChannelId, DepartmentKey, MemberId
from bot.views.ids import ROUTE_TO
from bot.views.reply_forms import Carried

Body = Mapping[str, Any]

T = TypeVar("T")

_MEMBER = re.compile(r"[UW][A-Z0-9]{1,30}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,30}")
_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
_MERGING = re.compile(r"([1-9][0-9]{0,14}):([1-9][0-9]{0,14})")
_KEY = re.compile(r"[\w:.-]{1,100}", re.ASCII)
_PING = re.compile(r"ping:([1-9][0-9]{0,14}):([\w:.-]{1,100}):[\w.-]{1,30}", re.ASCII)
_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Memo:
    """What a button or a form carries: one identity, as text."""

    text: str

    @property
    def number(self) -> int:
        return int(_matched(_NUMBER, self.text)[0])

    @property
    def case(self) -> CaseId:
        return CaseId(self.number)

    @property
    def cases(self) -> list[CaseId]:
        return [Memo(one).case for one in self.text.split(",")]

    @property
    def merging(self) -> tuple[CaseId, CaseId]:
        """Which case, and into which."""
        found = _matched(_MERGING, self.text)
        return CaseId(int(found[1])), CaseId(int(found[2]))

    @property
    def key(self) -> str:
        return _matched(_KEY, self.text)[0]

    @property
    def ping(self) -> tuple[CaseId, str]:
        """Which case, and which matter of it somebody was pinged about."""
        found = _matched(_PING, self.text)
        return CaseId(int(found[1])), found[2]

    @property
    def carried(self) -> Carried:
        Memo(self.text.partition("\n")[0]).case  # noqa: B018 - refuses what is no case
        return Carried.read(self.text)


@dataclass(frozen=True)
class Press:
    """A button, pressed on a message or in a form."""

    by: MemberId
    action: str
    memo: Memo
    trigger: str
    view: str  # the form it is in; "" on a message
    place: str
    message: str
    is_ephemeral: bool

    @classmethod
    def read(cls, body: Body, team: str) -> "Press":
        pressed = _first(body.get("actions"))
        return cls(
            by=_actor(body, team),
            action=_text(pressed, "action_id"),
            memo=Memo(_text(pressed, "value")),
            trigger=_text(body, "trigger_id"),
            view=_text(body, "container", "view_id"),
            place=_text(body, "channel", "id"),
            message=_text(body, "container", "message_ts"),
            is_ephemeral=_at(body, "container", "is_ephemeral") is True,
        )

    @property
    def channel(self) -> ChannelId:
        return ChannelId(_matched(_CHANNEL, self.place)[0])

    @property
    def department(self) -> DepartmentKey:
        """The one that a button of triage names."""
        return DepartmentKey(_matched(ROUTE_TO, self.action)["department"])


@dataclass(frozen=True)
class Submission:
    """A form, filled in and sent; a field is named like its block."""

    by: MemberId
    memo: Memo
    view: str
    title: str
    values: Body
    fields: frozenset[str]

    @classmethod
    def read(cls, body: Body, team: str) -> "Submission":
        blocks = _at(body, "view", "blocks")
        return cls(
            by=_actor(body, team),
            memo=Memo(_text(body, "view", "private_metadata")),
            view=_text(body, "view", "id"),
            title=_text(body, "view", "title", "text"),
            values=_mapping(_at(body, "view", "state", "values")),
            fields=frozenset(_inputs(blocks if isinstance(blocks, list) else [])),
        )

    def text(self, field: str) -> str:
        """What was typed, to the letter; "" where nothing was."""
        return _text(self.values, field, field, "value")

    def choice(self, field: str) -> str:
        return _text(self.values, field, field, "selected_option", "value")

    def choices(self, field: str) -> tuple[str, ...]:
        chosen = _at(self.values, field, field, "selected_options")
        return tuple(_text(one, "value") for one in chosen) if isinstance(chosen, list) else ()

    def person(self, field: str) -> MemberId | None:
        person = _text(self.values, field, field, "selected_user")
        return MemberId(_matched(_MEMBER, person)[0]) if person else None

    def channel(self, field: str) -> ChannelId | None:
        channel = _text(self.values, field, field, "selected_conversation")
        return ChannelId(_matched(_CHANNEL, channel)[0]) if channel else None


@dataclass(frozen=True)
class Typed:
    """A slash command, or words after a mention; `trigger` is what a form can be opened with."""

    by: MemberId
    text: str
    place: str
    trigger: str

    @classmethod
    def read(cls, body: Body, team: str) -> "Typed":
        return cls(
            by=_actor(body, team),
            text=_text(body, "text"),
            place=_text(body, "channel_id"),
            trigger=_text(body, "trigger_id"),
        )


@dataclass(frozen=True)
class Picked:
    """A shortcut, picked in the menu of a message."""

    by: MemberId
    trigger: str
    text: str
    place: str
    message: str
    thread: str

    @classmethod
    def read(cls, body: Body, team: str) -> "Picked":
        return cls(
            by=_actor(body, team),
            trigger=_text(body, "trigger_id"),
            text=_text(body, "message", "text"),
            place=_text(body, "channel", "id"),
            message=_text(body, "message_ts"),
            thread=_text(body, "message", "thread_ts"),
        )

    @property
    def channel(self) -> ChannelId:
        return ChannelId(_matched(_CHANNEL, self.place)[0])


@dataclass(frozen=True)
class Heard:
    """Something that happened in the workspace."""

    body: Body

    @property
    def member(self) -> MemberId:
        found = self._text("user", "id") or self._text("user")
        return MemberId(_matched(_MEMBER, found)[0])

    @property
    def channel(self) -> ChannelId:
        found = self._text("channel", "id") or self._text("channel")
        return ChannelId(_matched(_CHANNEL, found)[0])

    @property
    def text(self) -> str:
        return self._text("text")

    @property
    def message(self) -> str:
        return self._text("ts")

    @property
    def thread(self) -> str:
        return self._text("thread_ts")

    def is_by_a_member_of(self, team: str) -> bool:
        """Said by a person of this workspace, not by a bot, a workflow or a guest from afar."""
        home = self._text("user_team") or self._text("team") or team
        is_bot = self._text("bot_id") or self._text("subtype") == "bot_message"
        return not is_bot and home == team and bool(_MEMBER.fullmatch(self._text("user")))

    def _text(self, *path: str) -> str:
        return _text(self.body, "event", *path)


def parsed(parse: Callable[[str], T], text: str, what: str) -> T:
    """The value that a choice of ours stands for."""
    try:
        return parse(text)
    except ValueError:
        raise Tampered(what) from None


def _actor(body: Body, team: str) -> MemberId:
    """A person of this workspace: bots, workflows and strangers may do nothing."""
    found = _text(body, "user", "id") or _text(body, "user_id")
    home = _text(body, "user", "team_id") or _text(body, "team", "id") or _text(body, "team_id")
    if home not in ("", team) or found == _SLACKBOT or not _MEMBER.fullmatch(found):
        raise Stranger()
    return MemberId(found)


def _inputs(blocks: list[object]) -> list[str]:
    return [_text(block, "block_id") for block in blocks if _text(block, "type") == "input"]


def _first(things: object) -> object:
    return things[0] if isinstance(things, list) and things else {}


def _mapping(part: object) -> Body:
    return part if isinstance(part, Mapping) else {}


def _at(part: object, *path: str) -> object:
    for name in path:
        part = _mapping(part).get(name)
    return part


def _text(part: object, *path: str) -> str:
    found = _at(part, *path)
    return found if isinstance(found, str) else ""


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise Tampered(text[:40])
    return found
