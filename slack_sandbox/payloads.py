"""What the app receives when a person presses, submits, types a command or picks a shortcut."""

from __future__ import annotations

from typing import Any

from slack_sandbox.blocks import Json
from slack_sandbox.elements import Placed
from slack_sandbox.events import LEGACY_TOKEN
from slack_sandbox.grants import ResponseUrl
from slack_sandbox.identity import APP_ID, ENTERPRISE_ID, ENTERPRISE_NAME, TEAM_DOMAIN, TEAM_ID
from slack_sandbox.state import Channel, Member, Message
from slack_sandbox.view import View
from slack_sandbox.workspace import Workspace

ENTERPRISE = {"id": ENTERPRISE_ID, "name": ENTERPRISE_NAME}
OF_A_TEAM = frozenset({"id", "domain", "enterprise_id", "enterprise_name"})
# What a pressed element does not repeat in its action.
LEFT_OUT = frozenset({"confirm", "url", "options", "option_groups", "accessibility_label"})


class Payloads:
    """Builds payloads in the name of one person."""

    def __init__(self, workspace: Workspace, member: Member, public_url: str) -> None:
        self._workspace = workspace
        self._member = member
        self._public_url = public_url

    def pressed(self, one: Placed, chosen: Json) -> Json:
        """One entry of `actions`."""
        element = {name: value for name, value in one.element.items() if name not in LEFT_OUT}
        ids = {"block_id": one.block_id, "action_ts": self._workspace.stamp()}
        return element | chosen | ids

    def message_action(self, message: Message, action: Json, url: ResponseUrl) -> Json:
        """`block_actions` from a message; an ephemeral one is not repeated in it."""
        channel = self._workspace.channels[message.channel_id]
        container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
        container["is_ephemeral"] = bool(message.ephemeral_for)
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        chosen = self._workspace.choices.get((self._member.id, message.ts), {})
        payload = self._interaction("block_actions") | {
            "container": container,
            "channel": {"id": channel.id, "name": channel.name_in_payloads},
            "state": {"values": chosen},
            "response_url": self.url(url),
            "actions": [action],
        }
        if message.ephemeral_for:
            return payload
        shown = channel.history.get(message.ts) or message
        return payload | {"message": shown.as_json()}

    def view_action(self, view: View, action: Json) -> Json:
        """`block_actions` from a form or home tab."""
        return self._interaction("block_actions", view.id) | {
            "container": {"type": "view", "view_id": view.id},
            "view": view.as_json(),
            "state": {"values": view.state},
            "actions": [action],
        }

    def view_submission(self, view: View) -> Json:
        facts = {"view": view.as_json(), "response_urls": []}
        return self._interaction("view_submission", view.id) | facts

    def view_closed(self, view: View, *, is_cleared: bool) -> Json:
        """Slack tells that a form was closed, and not what was typed in it."""
        payload = self._interaction("view_closed")
        del payload["trigger_id"]
        closed = view.as_json() | {"state": {"values": {}}}
        return payload | {"view": closed, "is_cleared": is_cleared}

    def command(self, channel: Channel, command: str, text: str, url: ResponseUrl) -> Json:
        """The form fields of a slash command."""
        return self._organisation_of_a_command() | {
            "token": LEGACY_TOKEN,
            "team_id": TEAM_ID,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel.id,
            "channel_name": channel.name_in_payloads,
            "user_id": self._member.id,
            "user_name": self._member.name,
            "command": command,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": self.url(url),
            "trigger_id": self._workspace.triggers.issue(self._member.id),
        }

    def global_shortcut(self, callback_id: str) -> Json:
        facts = {"callback_id": callback_id, "action_ts": self._workspace.stamp()}
        return self._interaction("shortcut") | facts

    def message_shortcut(self, callback_id: str, message: Message, url: ResponseUrl) -> Json:
        channel = self._workspace.channels[message.channel_id]
        return self._interaction("message_action") | {
            "callback_id": callback_id,
            "action_ts": self._workspace.stamp(),
            "channel": {"id": channel.id, "name": channel.name_in_payloads},
            "response_url": self.url(url),
            "message_ts": message.ts,
            "message": message.as_json(),
        }

    def url(self, url: ResponseUrl) -> str:
        return f"{self._public_url}/hooks/{url.path}"

    def _interaction(self, kind: str, view_id: str | None = None) -> dict[str, Any]:
        member = self._member
        user = {
            "id": member.id,
            "username": member.name,
            "name": member.name,
            "team_id": member.home,
        }
        return {
            "type": kind,
            "user": user,
            "team": self._team(),
            "api_app_id": APP_ID,
            "token": LEGACY_TOKEN,
            "trigger_id": self._workspace.triggers.issue(member.id, view_id),
            "enterprise": ENTERPRISE if self._workspace.is_grid else None,
            "is_enterprise_install": False,
        }

    def _team(self) -> Json:
        """The workspace where it was done, whoever does it."""
        facts = self._workspace.team_as_json()
        return {name: value for name, value in facts.items() if name in OF_A_TEAM}

    def _organisation_of_a_command(self) -> Json:
        if not self._workspace.is_grid:
            return {}
        return {"enterprise_id": ENTERPRISE_ID, "enterprise_name": ENTERPRISE_NAME}
