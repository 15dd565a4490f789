"""The app's manifest, derived from what is heard; `python -m handlers.manifest [PREFIX]` prints it.

`config/slack_manifest.json` is this with no prefix; a test compares them.
"""

import json
import sys

from handlers.commands.registry import BARE, COMMANDS
from handlers.listeners import EVENTS, SHORTCUTS

Part = dict[str, object]

# Every scope with what the desk could not do without it.
SCOPES = {
    "app_mentions:read": "hears @Samepage under a card",
    "channels:history": "finds a message again whose posting Slack did not confirm",
    "channels:join": "enters a department's channel that is public",
    "channels:read": "knows public channels and their members: who may act",
    "chat:write": "posts and updates cards, pings and answers",
    "commands": "offers the slash commands and shortcuts",
    "groups:history": "finds a message again in a private channel",
    "groups:read": "knows private channels and their members: who may act",
    "groups:write": "makes the private channels of departments and incidents, and invites people",
    "im:history": "finds a message again that was for one person",
    "im:write": "writes to one person: warnings, hand-offs, questions",
    "usergroups:read": "finds the user group that on_call.toml names",
    "usergroups:write": "keeps that user group equal to who is on duty",
    "pins:write": "pins the facts in an incident's channel",
    "reactions:read": "hears :pushpin: on what belongs into an incident's timeline",
    "users:read": "knows who is a guest, an admin, or gone",
    "users:read.email": "finds the people that the config files name by address",
}
OF_USER_GROUPS = frozenset({"usergroups:read", "usergroups:write"})  # needed where one is named
SLASH = {
    "case": "Take, answer and pass on a customer's case",
    "routing": "Which post goes to which department",
    "sla": "What customers are promised, and how a clock ran",
    "rota": "Who is on call, and who covers",
    "desk": "Departments, people, the switch for public replies",
    "incident": "Gather everybody in one channel, with facts, roles and a timeline",
}
HINT = 100  # characters of a usage hint that Slack shows whole


def manifest(prefix: str) -> Part:
    """For a workspace where the commands carry this prefix."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": _display(),
        "features": _features(prefix),
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": _settings(),
    }


def written(prefix: str = "") -> str:
    return json.dumps(manifest(prefix), indent=2, ensure_ascii=False) + "\n"


def _display() -> Part:
    return {
        "name": "Samepage",
        "description": "Customers' public posts as cards, answered in time by the right department",
        "background_color": "#1f2d3d",
    }


def _features(prefix: str) -> Part:
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "samepage", "always_online": True},
        "shortcuts": [_shortcut(callback_id) for callback_id in SHORTCUTS],
        "slash_commands": [_slash(noun, prefix) for noun in BARE],
    }


def _shortcut(callback_id: str) -> Part:
    shortcut = SHORTCUTS[callback_id]
    return {
        "name": shortcut.name,
        "type": "message",
        "callback_id": callback_id,
        "description": shortcut.description,
    }


def _slash(noun: str, prefix: str) -> Part:
    return {
        "command": f"/{prefix}{noun}",
        "description": SLASH[noun],
        "usage_hint": _hint(noun),
        "should_escape": True,  # people and channels arrive as ids
    }


def _hint(noun: str) -> str:
    """The first verbs; `help` tells the rest."""
    verbs = dict.fromkeys(one.verb.split()[0] for one in COMMANDS.values() if one.noun == noun)
    hint = " | ".join(verbs)
    return hint if len(hint) <= HINT else f"{hint[: hint.rindex(' | ', 0, HINT)]} | …"


def _settings() -> Part:
    return {
        "event_subscriptions": {"bot_events": sorted(EVENTS)},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    }


if __name__ == "__main__":
    sys.stdout.write(written(*sys.argv[1:2]))
