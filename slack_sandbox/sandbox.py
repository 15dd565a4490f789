"""The sandbox as tests and the demo hold it: start it, set the scene, look at what happened."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, Unpack

from slack_sandbox import membership, posting
from slack_sandbox.faults import Faults
from slack_sandbox.identity import APP_TOKEN, BOT_TOKEN, BOT_USER_ID, SIGNING_SECRET, TEAM_ID
from slack_sandbox.manifest import Manifest
from slack_sandbox.people import Person
from slack_sandbox.server import Server
from slack_sandbox.settings import Options, Settings
from slack_sandbox.socket_mode import KINDS
from slack_sandbox.state import Channel, Member, Message
from slack_sandbox.view import View
from slack_sandbox.waiting import wait
from slack_sandbox.workspace import Call, Violation, Workspace

COLORS = ("4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5")

T = TypeVar("T")


class Sandbox:
    """A small Slack of its own, alive between `start` and `stop`."""

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET
    bot_user_id = BOT_USER_ID
    team_id = TEAM_ID

    def __init__(self, settings: Settings) -> None:
        manifest = Manifest.read(settings.manifest)
        self.faults = settings.faults or Faults()
        self.workspace = Workspace(settings.clock, manifest)
        self.server = Server(self.workspace, settings, self.faults)

    @classmethod
    def start(cls, **options: Unpack[Options]) -> Sandbox:
        """A running sandbox; it serves until `stop`, or the end of its `with`."""
        sandbox = cls(Settings(**options))
        sandbox.server.start()
        return sandbox

    def stop(self) -> None:
        self.server.stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def clock(self) -> Callable[[], float]:
        return self.workspace.clock

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self.workspace.clock = clock

    @property
    def rate_limits(self) -> bool:
        return self.server.rate_limits.is_on

    @rate_limits.setter
    def rate_limits(self, is_on: bool) -> None:
        self.server.rate_limits.is_on = is_on

    @property
    def connected(self) -> bool:
        """Whether any Socket Mode connection was greeted and is open."""
        return self.server.socket_mode.connected

    @property
    def calls(self) -> list[Call]:
        with self.workspace.lock:
            return list(self.workspace.calls)

    @property
    def violations(self) -> list[Violation]:
        with self.workspace.lock:
            return list(self.workspace.violations)

    def person(
        self,
        name: str,
        *,
        email: str = "",
        title: str = "",
        time_zone: str = "Europe/Amsterdam",
        **roles: bool,
    ) -> Person:
        """Somebody who works here, new or known; roles: admin, owner, guest."""
        with self.workspace.change():
            known = next((one for one in self.workspace.members.values() if one.name == name), None)
            if known is None:
                known = Member(
                    self.workspace.new_id("U"),
                    name,
                    real_name=name.replace(".", " ").title(),
                    email=email or f"{name}@example.com",
                    title=title,
                    time_zone=time_zone,
                    color=COLORS[len(self.workspace.members) % len(COLORS)],
                    **{f"is_{role}": value for role, value in roles.items()},
                )
                membership.add_member(self.workspace, known)
        return Person(self.server.exchange, known.id)

    def channel(
        self,
        name: str,
        members: list[Person] | None = None,
        *,
        private: bool = True,
        bot: bool = True,
    ) -> Channel:
        """A channel with at least these members, made if there is none of that name."""
        with self.workspace.change():
            if name not in self.workspace.channel_ids:
                membership.create_channel(self.workspace, name, is_private=private, creator="")
            channel = self.workspace.channel_named(name)
            for user in [*([BOT_USER_ID] if bot else []), *(one.id for one in members or ())]:
                membership.join(self.workspace, channel, user)
        return channel

    def join(self, person: Person, name: str) -> None:
        with self.workspace.change():
            membership.join(self.workspace, self.workspace.channel_named(name), person.id)

    def leave(self, person: Person, name: str) -> None:
        with self.workspace.change():
            membership.leave(self.workspace, self.workspace.channel_named(name), person.id)

    def archive(self, name: str) -> None:
        with self.workspace.change():
            membership.archive(self.workspace, self.workspace.channel_named(name), "")

    def unarchive(self, name: str) -> None:
        with self.workspace.change():
            membership.unarchive(self.workspace, self.workspace.channel_named(name), "")

    def deactivate(self, person: Person) -> None:
        with self.workspace.change():
            membership.deactivate(self.workspace, person.id)

    def delete_message(self, message: Message) -> None:
        """Let a person delete a message."""
        with self.workspace.change():
            posting.delete(self.workspace, message)

    def messages(self, name: str, thread: str | None = None) -> list[Message]:
        """The live messages of a channel, or the replies below one of them."""
        with self.workspace.lock:
            history = self.workspace.channel_named(name).history
            found = history.replies(thread) if thread else list(history)
        return [one for one in found if not one.deleted]

    def find(self, text: str, channel: str | None = None) -> Message:
        """The newest message that says this, in its text or its blocks."""
        workspace = self.workspace
        with workspace.lock:
            places = [workspace.channel_named(channel)] if channel else workspace.channels.values()
            newest = (
                next((one for one in reversed(place.history) if text in one.words), None)
                for place in places
            )
            found = [one for one in newest if one is not None]
        if not found:
            raise LookupError(f"no message says {text!r}")
        return max(found, key=lambda one: one.ts)

    def ephemerals(self, person: Person) -> list[Message]:
        """What only this person was shown, the oldest first."""
        with self.workspace.lock:
            return list(self.workspace.ephemerals.get(person.id, ()))

    def direct_messages(self, person: Person) -> list[Message]:
        """The conversation of this person and the bot."""
        with self.workspace.lock:
            return list(self.workspace.direct_channel(person.id).history)

    def home(self, person: Person) -> View | None:
        """The home tab the bot published for this person."""
        with self.workspace.lock:
            view_id = self.workspace.homes.get(person.id)
            return self.workspace.views[view_id] if view_id else None

    def foreign(self, text: str) -> None:
        """Declare a text as written by a stranger: nothing out of it may become live."""
        self.workspace.foreign_texts.append(text)

    def wait(
        self, condition: Callable[[], T], timeout: float = 10.0, what: str = "the condition"
    ) -> T:
        """The condition's first truthy value; looked at again after each change."""
        return wait(self.workspace, condition, timeout, what)

    def pressing(self, hands: int) -> ThreadPoolExecutor:
        """A pool for so many simultaneous presses: `pool.map(lambda person: …, people)`."""
        return ThreadPoolExecutor(hands, thread_name_prefix="hand")

    def drop_connections(self, kind: str = "refresh") -> None:
        """End every Socket Mode connection in one of Slack's ways."""
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r}; there are: {', '.join(sorted(KINDS))}")
        self.server.run(self.server.socket_mode.drop(kind))

    def revoke_token(self) -> None:
        """Make the bot's token worthless."""
        self.faults.is_token_revoked = True
        with self.workspace.change():
            tokens = {"bot": [BOT_USER_ID]}
            self.workspace.emit({"type": "tokens_revoked", "tokens": tokens})

    def remove_scope(self, scope: str) -> None:
        with self.workspace.change():
            self.workspace.manifest.scopes.discard(scope)
