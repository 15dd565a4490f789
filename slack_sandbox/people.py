"""What a person does in Slack: each act sends the real payload and waits for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sandbox import elements, forms, modals, posting, responses
from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.interactions import Exchange, Hand, Interaction
from slack_sandbox.state import Channel, Member, Message
from slack_sandbox.typed_text import as_rich_text, as_stored
from slack_sandbox.view import View
from slack_sandbox.waiting import AT_MOST_SECONDS, Patience, wait


class Person:
    """One human member; may be used from many threads at once."""

    def __init__(self, exchange: Exchange, user_id: str) -> None:
        self.id = user_id
        self._hand = Hand(exchange, user_id)
        self._workspace = exchange.workspace

    def __repr__(self) -> str:
        return f"<{self.member.name} {self.id}>"

    @property
    def member(self) -> Member:
        return self._workspace.members[self.id]

    @property
    def name(self) -> str:
        return self.member.name

    def press(
        self,
        where: Message | View,
        name: str,
        value: str | None = None,
        block_id: str | None = None,
    ) -> Interaction:
        """Press the button with this action id or label; `value` is a forged one."""
        one = elements.find(where.blocks, name, block_id)
        return self._hand.act(where, one, {} if value is None else {"value": value})

    def choose(
        self, where: Message | View, name: str, value: Any, block_id: str | None = None
    ) -> Interaction:
        """Pick a plain value in a menu; in a form it stays chosen."""
        one = elements.find(where.blocks, name, block_id)
        chosen = elements.chosen(one.element, value)
        with self._workspace.change():
            where = self._hand.keep_choice(where, one, chosen)
        is_silent = one.block["type"] == "input" and not one.block.get("dispatch_action")
        return Interaction(acked=True) if is_silent else self._hand.act(where, one, chosen)

    def command(self, command: str, text: str = "", channel: Channel | str = "") -> Interaction:
        """Type a slash command; without a channel in the direct conversation with the bot."""
        workspace = self._workspace
        if not workspace.manifest.offers_command(command):
            return Interaction(acked=False, error="unknown_command")
        with workspace.change():
            place = self._place(channel)
            if workspace.manifest.escapes(command):
                text = as_stored(workspace, text, labelled=True)
            url = workspace.response_urls.issue("commands", self.id, place.id, None)
            payload = self._hand.payloads().command(place, command, text, url)
        done = self._hand.send("slash_commands", payload, url)
        if done.response:
            with workspace.change():
                responses.respond(workspace, url, done.response)
        return done

    @property
    def view(self) -> View | None:
        """The form on top of the open ones."""
        with self._workspace.lock:
            return modals.top_view(self._workspace, self.id)

    def wait_view(self, callback_id: str | None = None, timeout: float = AT_MOST_SECONDS) -> View:
        """The form on top as soon as it is the wanted one."""

        def wanted() -> View | None:
            view = self.view
            return view if view and callback_id in (None, view.callback_id) else None

        view = wait(self._workspace, wanted, f"a form {callback_id or ''}", Patience(timeout))
        assert view is not None
        return view

    def fill_in(self, values: Mapping[forms.Field, Any], view: View | None = None) -> View:
        """Type into a form without sending it."""
        with self._workspace.change():
            view = forms.filled(view or self._top(), values)
            modals.keep(self._workspace, view)
        return view

    def type_in(self, field: forms.Field, text: str) -> Interaction:
        """Type into the form on top; the app hears of it where the field tells of every letter."""
        view = self.fill_in({field: text})
        one = forms.field_of(view, field)
        config = one.element.get("dispatch_action_config") or {}
        tells = "on_character_entered" in config.get("trigger_actions_on", ())
        if not (tells and one.block.get("dispatch_action")):
            return Interaction(acked=True)
        return self._hand.act(view, one, elements.chosen(one.element, text))

    def submit(
        self, values: Mapping[forms.Field, Any] | None = None, view: View | None = None
    ) -> Interaction:
        """Fill in the form on top and send it; Slack itself refuses what is missing."""
        with self._workspace.change():
            view = forms.filled(view or self._top(), values or {})
            missing = forms.complaints(view)
            modals.keep(self._workspace, replace(view, errors=missing))
            payload = self._hand.payloads().view_submission(view)
        if missing:
            return Interaction(acked=False, error="missing_input")
        done = self._hand.send("interactive", payload)
        if not done.acked:
            return done
        with self._workspace.change():
            return replace(done, error=forms.apply_answer(self._workspace, view, done.response))

    def close_view(self, *, everything: bool = False) -> Interaction:
        """Cancel the form on top, or the whole stack by its x."""
        with self._workspace.change():
            view = self._top()
            payload = self._hand.payloads().view_closed(view, is_cleared=everything)
            (modals.close_all if everything else modals.close_top)(self._workspace, self.id)
        if not view.definition.get("notify_on_close"):
            return Interaction(acked=True)
        return self._hand.send("interactive", payload)

    def reload(self) -> None:
        """Load Slack anew: the open forms are gone, and no app is told."""
        with self._workspace.change():
            modals.close_all(self._workspace, self.id)

    def say(
        self, channel: Channel | str, text: str, thread: Message | str | None = None
    ) -> Message:
        """Write a message; naming the bot tells it twice, as Slack does."""
        with self._workspace.change():
            place = self._place(channel)
            if self.id not in place.members:
                raise SlackError("not_in_channel")
            if place.is_archived:
                raise SlackError("is_archived")
            thread_ts = (thread.thread_ts or thread.ts) if isinstance(thread, Message) else thread
            stored = as_stored(self._workspace, text)
            message = Message(place.id, "", self.id, stored, as_rich_text(stored), thread_ts)
            message = posting.post(self._workspace, message)
            if f"<@{BOT_USER_ID}>" in stored and not place.is_direct:
                mention = message.as_json() | {"type": "app_mention", "event_ts": message.ts}
                self._workspace.emit(mention, place)
        return message

    def mention(
        self, text: str, *, thread: Message | None = None, channel: Channel | str = ""
    ) -> Message:
        """Speak to the bot by its name, in a thread or a channel."""
        place = self._workspace.channels[thread.channel_id] if thread else channel
        return self.say(place, f"<@{BOT_USER_ID}> {text}", thread)

    def shortcut(self, callback_id: str, message: Message | None = None) -> Interaction:
        """Pick a global shortcut, or one from a message's menu."""
        workspace = self._workspace
        if not workspace.manifest.offers_shortcut(callback_id):
            return Interaction(acked=False, error="unknown_shortcut")
        with workspace.change():
            if message is None:
                return_url = None
                payload = self._hand.payloads().global_shortcut(callback_id)
            else:
                return_url = self._hand.response_url("app", message)
                payload = self._hand.payloads().message_shortcut(callback_id, message, return_url)
        return self._hand.send("interactive", payload, return_url)

    def react(self, message: Message, name: str) -> None:
        """Put an emoji under a message."""
        with self._workspace.change():
            current = self._workspace.channels[message.channel_id].history.get(message.ts)
            posting.react(self._workspace, current or message, name, self.id)

    def open_home(self) -> None:
        """Look at the bot's home tab."""
        with self._workspace.change():
            place = self._workspace.direct_channel(self.id)
            event: Json = {"type": "app_home_opened", "user": self.id, "tab": "home"}
            published = self._workspace.homes.get(self.id)
            if published:
                event["view"] = self._workspace.views[published].as_json()
            self._workspace.emit(event, place)

    def _top(self) -> View:
        view = modals.top_view(self._workspace, self.id)
        if view is None:
            raise LookupError(f"{self.name} has no form open")
        return view

    def _place(self, channel: Channel | str) -> Channel:
        """A channel by itself, its id or its name; nothing means the bot's direct one."""
        if isinstance(channel, Channel):
            return channel
        if not channel:
            return self._workspace.direct_channel(self.id)
        known = self._workspace.channels.get(channel)
        return known or self._workspace.channel_named(channel)
