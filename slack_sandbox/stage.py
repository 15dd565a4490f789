"""The scene: people and channels as a test or the demo sets them, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from slack_sandbox import membership, posting
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.interactions import Exchange
from slack_sandbox.people import Person
from slack_sandbox.state import Channel, Member, Message
from slack_sandbox.view import View
from slack_sandbox.waiting import AT_MOST_SECONDS, Patience, wait
from slack_sandbox.workspace import Call, UnderWay, Violation, Workspace

COLORS = ("4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5")

T = TypeVar("T")


class Stage:
    """A workspace to set up and to look at, from any thread."""

    def __init__(self, workspace: Workspace, exchange: Exchange) -> None:
        self.workspace = workspace
        self._exchange = exchange

    def person(
        self,
        name: str,
        *,
        email: str = "",
        title: str = "",
        time_zone: str = "Europe/Amsterdam",
        **roles: bool,
    ) -> Person:
        """Somebody new or known; roles: admin, owner, guest, single, sister, stranger."""
        with self.workspace.change():
            known = next((one for one in self.workspace.members.values() if one.name == name), None)
            if known is None:
                known = Member(
                    self.workspace.new_id("W" if roles.get("sister") else "U"),
                    name,
                    real_name=name.replace(".", " ").title(),
                    email=email or f"{name}@example.com",
                    title=title,
                    time_zone=time_zone,
                    color=COLORS[len(self.workspace.members) % len(COLORS)],
                    **{f"is_{role}": value for role, value in roles.items()},
                )
                membership.add_member(self.workspace, known)
        return Person(self._exchange, known.id)

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

    def rename(self, name: str, new_name: str) -> None:
        with self.workspace.change():
            membership.rename(self.workspace, self.workspace.channel_named(name), new_name, "")

    def delete_channel(self, name: str) -> None:
        with self.workspace.change():
            membership.delete_channel(self.workspace, self.workspace.channel_named(name))

    def change(self, person: Person, **facts: Any) -> None:
        """Give a person other facts, by the names that `Member` has for them."""
        with self.workspace.change():
            membership.change_member(self.workspace, replace(person.member, **facts))

    def deactivate(self, person: Person) -> None:
        with self.workspace.change():
            membership.deactivate(self.workspace, person.id)

    def delete_message(self, message: Message) -> None:
        """Let a person delete a message."""
        with self.workspace.change():
            current = self.workspace.channels[message.channel_id].history.get(message.ts)
            if current is None:
                raise LookupError(f"{message.text!r} is gone already")
            posting.delete(self.workspace, current)

    def mark_all_read(self) -> None:
        """Everybody has seen everything so far."""
        with self.workspace.change():
            for channel in self.workspace.channels.values():
                newest = self.workspace.stamp()
                channel.read_until |= dict.fromkeys(channel.members, newest)

    def messages(self, name: str, thread: str | None = None) -> list[Message]:
        """The live messages of a channel as it is read, or the replies below one of them."""
        with self.workspace.lock:
            history = self.workspace.channel_named(name).history
            found = history.replies(thread) if thread else history.roots()
        return [one for one in found if not (one.deleted or one.is_line)]

    def lines(self, name: str) -> list[str]:
        """What Slack itself wrote into a channel: who came and went, and what was changed."""
        with self.workspace.lock:
            return [one.text for one in self.workspace.channel_named(name).history if one.is_line]

    def find(self, text: str, channel: str | None = None) -> Message:
        """The newest message that says this, in its text or its blocks."""
        workspace = self.workspace
        with workspace.lock:
            places = [workspace.channel_named(channel)] if channel else workspace.channels.values()
            newest = (
                next(
                    (
                        one
                        for one in reversed(place.history)
                        if text in one.words and not one.is_line
                    ),
                    None,
                )
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
            history = self.workspace.direct_channel(person.id).history
            return [one for one in history if not one.deleted]

    def home(self, person: Person) -> View | None:
        """The home tab the bot published for this person."""
        with self.workspace.lock:
            view_id = self.workspace.homes.get(person.id)
            return self.workspace.views[view_id] if view_id else None

    @property
    def calls(self) -> list[Call]:
        with self.workspace.lock:
            return list(self.workspace.calls)

    @property
    def violations(self) -> list[Violation]:
        with self.workspace.lock:
            return list(self.workspace.violations)

    def lose_images(self, host: str) -> None:
        """Slack cannot fetch the images of this host any more."""
        self.workspace.lost_hosts.add(host)

    def file(self, name: str, size: int) -> dict[str, Any]:
        """A file as somebody picks it in a form."""
        file_id, kind = self.workspace.new_id("F"), name.rpartition(".")[2]
        with self.workspace.change():
            facts = {"id": file_id, "name": name, "title": name, "size": size, "filetype": kind}
            self.workspace.files[file_id] = facts
        return facts

    def foreign(self, text: str) -> None:
        """Declare a text as written by a stranger: nothing out of it may become live."""
        self.workspace.foreign_texts.append(text)

    def wait(
        self,
        condition: Callable[[], T],
        timeout: float = AT_MOST_SECONDS,
        what: str = "the condition",
    ) -> T:
        """The condition's first truthy value; looked at again after each change."""
        return wait(self.workspace, condition, what, Patience(timeout))

    def hear_of_work(self, told: UnderWay) -> None:
        """Whoever waits here waits for that, too, however quiet it is."""
        self.workspace.workers.append(told)
