"""What people do in Slack: names and ids out of it, or `Tampered`; nothing is trusted.

A button's value and a form's memory only say what is meant; what may be done the services decide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from bot.domain.blank import is_blank
from bot.domain.errors import NothingSaid, Stranger
from bot.domain.ids import ChannelId, DepartmentKey, MemberId
from bot.views.ids import ROUTE_TO, SHOW_FIGURE
from handlers.memo import Memo, matched
from handlers.reading import (
    CHANNEL,
    MEMBER,
    Body,
    as_written,
    at,
    first_of,
    inputs,
    mapping,
    required,
    text_at,
    typed_in,
)

_SLACKBOT = "USLACKBOT"


class _Actor(TypedDict):
    by: MemberId
    home: str


@dataclass(frozen=True)
class Act:
    """What somebody does; `home` is the workspace in which they do it, where Slack says it."""

    by: MemberId
    home: str

    def must_be_of(self, team: str) -> None:
        """Only people of this workspace may do anything: no bot, no workflow, no stranger."""
        is_here = self.home in ("", team)
        if not is_here or self.by == _SLACKBOT or not MEMBER.fullmatch(self.by):
            raise Stranger()


@dataclass(frozen=True)
class Press(Act):
    """A button, pressed on a message or in a form."""

    action: str
    memo: Memo
    trigger: str
    place: str
    container: Body  # the message or the form it is in
    shown: Body  # that form, or the home tab, as it was sent
    hook: str  # by which the message may be changed; "" where it is on none

    @classmethod
    def read(cls, body: Body) -> "Press":
        pressed = first_of(body.get("actions"))
        return cls(
            **_actor(body),
            action=text_at(pressed, "action_id"),
            memo=Memo(text_at(pressed, "value") or text_at(pressed, "selected_option", "value")),
            trigger=text_at(body, "trigger_id"),
            place=text_at(body, "channel", "id"),
            container=mapping(body.get("container")),
            shown=mapping(body.get("view")),
            hook=text_at(body, "response_url"),
        )

    @property
    def view(self) -> str:
        """The form it is in; "" on a message."""
        return text_at(self.container, "view_id")

    @property
    def shown_as(self) -> str:
        """Which state of the form was before them."""
        return text_at(self.shown, "hash")

    def typed(self, field: str) -> str:
        """What was in a field of the form at the press, to the letter."""
        return typed_in(at(self.shown, "state", "values"), field)

    @property
    def message(self) -> str:
        return text_at(self.container, "message_ts")

    @property
    def thread(self) -> str:
        """Under which message it is; "" where it is under none."""
        thread = text_at(self.container, "thread_ts")
        return thread if thread != self.message else ""

    @property
    def is_ephemeral(self) -> bool:
        return self.container.get("is_ephemeral") is True

    @property
    def is_at_home(self) -> bool:
        return text_at(self.shown, "type") == "home"

    @property
    def form(self) -> str:
        """The callback id of the form it is in."""
        return text_at(self.shown, "callback_id")

    @property
    def form_memo(self) -> Memo:
        return Memo(text_at(self.shown, "private_metadata"))

    @property
    def channel(self) -> ChannelId:
        return ChannelId(matched(CHANNEL, self.place)[0])

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
    fields: tuple[str, ...]
    required: tuple[str, ...]
    is_third: bool = False  # of three forms on top of each other, which are as many as Slack shows
    wording: Callable[[str], str] = str  # Slack's own writing in people's words, undone

    @classmethod
    def read(cls, body: Body) -> "Submission":
        blocks, below = _blocks(body), text_at(body, "view", "previous_view_id")
        return cls(
            **_actor(body),
            form=text_at(body, "view", "callback_id"),
            memo=Memo(text_at(body, "view", "private_metadata")),
            view=text_at(body, "view", "id"),
            title=text_at(body, "view", "title", "text"),
            values=mapping(at(body, "view", "state", "values")),
            fields=tuple(inputs(blocks)),
            required=tuple(required(blocks)),
            is_third=below not in ("", text_at(body, "view", "root_view_id")),
        )

    def must_say(self) -> None:
        """What has to be filled in holds something that can be seen: Slack counts any character."""
        for field in self.required:
            if typed_in(self.values, field) and not self.text(field):
                raise NothingSaid(field)

    @property
    def typed(self) -> list[str]:
        """All of it, field by field."""
        return [text for field in self.fields if (text := self.text(field))]

    def text(self, field: str) -> str:
        """What was typed, to the letter it was seen by; "" where nothing can be seen."""
        typed = self.wording(typed_in(self.values, field))
        return "" if is_blank(typed) else typed

    def choice(self, field: str) -> str:
        return text_at(self.values, field, field, "selected_option", "value")

    def choices(self, field: str) -> tuple[str, ...]:
        chosen = at(self.values, field, field, "selected_options")
        return tuple(text_at(one, "value") for one in chosen) if isinstance(chosen, list) else ()

    def person(self, field: str) -> MemberId | None:
        person = text_at(self.values, field, field, "selected_user")
        return MemberId(matched(MEMBER, person)[0]) if person else None

    def channel(self, field: str) -> ChannelId | None:
        channel = text_at(self.values, field, field, "selected_conversation")
        return ChannelId(matched(CHANNEL, channel)[0]) if channel else None


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
            text=as_written(text_at(body, "text")),
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
    def under(self) -> str:
        """The message under which it is; "" where it is under none itself."""
        return self.thread if self.thread != self.message else ""

    @property
    def channel(self) -> ChannelId:
        return ChannelId(matched(CHANNEL, self.place)[0])


def _blocks(body: Body) -> list[object]:
    found = at(body, "view", "blocks")
    return found if isinstance(found, list) else []


def _actor(body: Body) -> _Actor:
    """Buttons and forms tell of the user as an object, commands in fields of their own.

    In an organisation of several workspaces `user.team_id` is where somebody is at home, wherever
    they press, and of a form `team` may be where they look at it: what counts is the workspace
    in which the app was asked.
    """
    found = text_at(body, "user", "id") or text_at(body, "user_id")
    homes = (("view", "app_installed_team_id"), ("team", "id"), ("team_id",), ("user", "team_id"))
    home = next(filter(None, (text_at(body, *path) for path in homes)), "")
    return {"by": MemberId(found), "home": home}
