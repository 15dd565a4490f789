"""The only reader of what Slack sends: names and ids out of it, or `Tampered`; nothing is trusted.

A button's value and a form's memory only say what is meant; what may be done the services decide.
"""

import re
from dataclasses import dataclass
from typing import TypedDict

from bot.domain.errors import Stranger
from bot.domain.ids import ChannelId, DepartmentKey, MemberId
from bot.views.ids import ROUTE_TO, SHOW_FIGURE
from handlers.memo import Memo, matched
from handlers.reading import Body, at, first_of, inputs, mapping, text_at

_MEMBER = re.compile(r"[UW][A-Z0-9]{1,30}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9-]{1,30}")
_SLACKBOT = "USLACKBOT"


class _Actor(TypedDict):
    by: MemberId
    home: str


@dataclass(frozen=True)
class Act:
    """What somebody does; `home` is their workspace, where Slack says it."""

    by: MemberId
    home: str

    def must_be_of(self, team: str) -> None:
        """Only people of this workspace may do anything: no bot, no workflow, no stranger."""
        is_here = self.home in ("", team)
        if not is_here or self.by == _SLACKBOT or not _MEMBER.fullmatch(self.by):
            raise Stranger()


@dataclass(frozen=True)
class Press(Act):
    """A button, pressed on a message or in a form."""

    action: str
    memo: Memo
    trigger: str
    view: str  # the form it is in; "" on a message
    place: str
    message: str
    is_ephemeral: bool
    is_at_home: bool
    form: str  # the callback id of the form it is in
    form_memo: Memo  # and what that carries
    hook: str  # by which the message may be changed; "" where it is on none

    @classmethod
    def read(cls, body: Body) -> "Press":
        pressed = first_of(body.get("actions"))
        return cls(
            **_actor(body),
            action=text_at(pressed, "action_id"),
            memo=Memo(text_at(pressed, "value")),
            trigger=text_at(body, "trigger_id"),
            view=text_at(body, "container", "view_id"),
            place=text_at(body, "channel", "id"),
            message=text_at(body, "container", "message_ts"),
            is_ephemeral=at(body, "container", "is_ephemeral") is True,
            is_at_home=text_at(body, "view", "type") == "home",
            form=text_at(body, "view", "callback_id"),
            form_memo=Memo(text_at(body, "view", "private_metadata")),
            hook=text_at(body, "response_url"),
        )

    @property
    def channel(self) -> ChannelId:
        return ChannelId(matched(_CHANNEL, self.place)[0])

    @property
    def department(self) -> DepartmentKey:
        """The one that a button of triage names."""
        return DepartmentKey(matched(ROUTE_TO, self.action)["department"])

    @property
    def figure(self) -> tuple[str, DepartmentKey | None]:
        """Which figure it opens, and of which part of the journey."""
        found = matched(SHOW_FIGURE, self.action)
        department = found["department"]
        return found["figure"], DepartmentKey(department) if department else None


@dataclass(frozen=True)
class Submission(Act):
    """A form, filled in and sent; a field is named like its block."""

    form: str  # its callback id
    memo: Memo
    view: str
    title: str
    values: Body
    fields: frozenset[str]

    @classmethod
    def read(cls, body: Body) -> "Submission":
        blocks = at(body, "view", "blocks")
        return cls(
            **_actor(body),
            form=text_at(body, "view", "callback_id"),
            memo=Memo(text_at(body, "view", "private_metadata")),
            view=text_at(body, "view", "id"),
            title=text_at(body, "view", "title", "text"),
            values=mapping(at(body, "view", "state", "values")),
            fields=frozenset(inputs(blocks if isinstance(blocks, list) else [])),
        )

    def text(self, field: str) -> str:
        """What was typed, to the letter; "" where nothing was."""
        return text_at(self.values, field, field, "value")

    def choice(self, field: str) -> str:
        return text_at(self.values, field, field, "selected_option", "value")

    def choices(self, field: str) -> tuple[str, ...]:
        chosen = at(self.values, field, field, "selected_options")
        return tuple(text_at(one, "value") for one in chosen) if isinstance(chosen, list) else ()

    def person(self, field: str) -> MemberId | None:
        person = text_at(self.values, field, field, "selected_user")
        return MemberId(matched(_MEMBER, person)[0]) if person else None

    def channel(self, field: str) -> ChannelId | None:
        channel = text_at(self.values, field, field, "selected_conversation")
        return ChannelId(matched(_CHANNEL, channel)[0]) if channel else None


@dataclass(frozen=True)
class Typed(Act):
    """A slash command, or words after a mention; without a `trigger` no form can be opened."""

    text: str
    place: str
    trigger: str
    once: str  # what tells it from the same words typed again

    @classmethod
    def read(cls, body: Body) -> "Typed":
        trigger = text_at(body, "trigger_id")
        return cls(
            **_actor(body),
            text=text_at(body, "text"),
            place=text_at(body, "channel_id"),
            trigger=trigger,
            once=trigger,
        )


@dataclass(frozen=True)
class Picked(Act):
    """A shortcut, picked in the menu of a message."""

    name: str  # its callback id
    trigger: str
    text: str
    place: str
    message: str
    thread: str

    @classmethod
    def read(cls, body: Body) -> "Picked":
        return cls(
            **_actor(body),
            name=text_at(body, "callback_id"),
            trigger=text_at(body, "trigger_id"),
            text=text_at(body, "message", "text"),
            place=text_at(body, "channel", "id"),
            message=text_at(body, "message_ts"),
            thread=text_at(body, "message", "thread_ts"),
        )

    @property
    def channel(self) -> ChannelId:
        return ChannelId(matched(_CHANNEL, self.place)[0])


@dataclass(frozen=True)
class Heard:
    """Something that happened in the workspace."""

    body: Body

    @property
    def member(self) -> MemberId:
        found = self._text("user", "id") or self._text("user")
        return MemberId(matched(_MEMBER, found)[0])

    @property
    def channel(self) -> ChannelId:
        found = self._text("channel", "id") or self._text("channel")
        return ChannelId(matched(_CHANNEL, found)[0])

    @property
    def tab(self) -> str:
        return self._text("tab")

    @property
    def text(self) -> str:
        return self._text("text")

    @property
    def message(self) -> str:
        return self._text("ts")

    @property
    def thread(self) -> str:
        return self._text("thread_ts")

    @property
    def reaction(self) -> str:
        return self._text("reaction").partition("::")[0]  # without a tone of skin

    @property
    def marked(self) -> str:
        """The message that has the reaction; "" where it is on a file."""
        return self._text("item", "ts")

    @property
    def marked_in(self) -> ChannelId:
        return ChannelId(matched(_CHANNEL, self._text("item", "channel"))[0])

    def is_by_a_member_of(self, team: str) -> bool:
        """Said by a person of this workspace, not by a bot, a workflow or a guest from afar."""
        home = self._text("user_team") or self._text("team") or team
        is_bot = self._text("bot_id") or self._text("subtype") == "bot_message"
        return not is_bot and home == team and bool(_MEMBER.fullmatch(self._text("user")))

    def _text(self, *path: str) -> str:
        return text_at(self.body, "event", *path)


def _actor(body: Body) -> _Actor:
    """Buttons and forms tell of the user as an object, commands in fields of their own."""
    found = text_at(body, "user", "id") or text_at(body, "user_id")
    home = (
        text_at(body, "user", "team_id") or text_at(body, "team", "id") or text_at(body, "team_id")
    )
    return {"by": MemberId(found), "home": home}
