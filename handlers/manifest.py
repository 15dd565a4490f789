"""The app's manifest, derived from what is heard; `python -m handlers.manifest` prints it.

`config/slack_manifest.json` is this with no prefix and over Socket Mode; a test compares them.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.domain.web_address import is_web_address
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
DOOR = "/slack/events"  # where the desk takes in everything that Slack sends over HTTP
_HOST = re.compile(r"[^:@]+(:\d{1,5})?|.*@.*|\[.*\](:\d{1,5})?")
_PREFIX = re.compile(r"[a-z0-9_-]{0,10}")


def manifest(prefix: str, door: str = "") -> Part:
    """For a workspace where the commands carry this prefix; over HTTP where there is a door."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": _display(),
        "features": _features(prefix, door),
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": _settings(door),
    }


def written(prefix: str = "", door: str = "") -> str:
    return json.dumps(manifest(prefix, door), indent=2, ensure_ascii=False) + "\n"


def door_at(url: str) -> str:
    """Where Slack sends to for a desk at this address; ValueError says what is wrong with it."""
    if wrong := _wrong_with(url):
        raise ValueError(f"{url!r} {wrong}; {_GIVE}")
    return f"{url.rstrip('/').removesuffix(DOOR)}{DOOR}"


_GIVE = "give the address at which the internet reaches the desk, like https://desk.example.com"


def _wrong_with(url: str) -> str | None:
    if not is_web_address(url) or not _HOST.fullmatch(urlsplit(url).netloc):
        return "is no web address"
    parts = urlsplit(url)
    if parts.scheme != "https":
        return "is not https, and Slack sends to no other"
    if "@" in parts.netloc or parts.query or parts.fragment:
        return "has more than a host and a path"
    return None if _is_public(parts.hostname or "") else "cannot be reached from the internet"


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".localhost", ".local", ".internal"))


def _display() -> Part:
    return {
        "name": "Samepage",
        "description": "Customers' public posts as cards, answered in time by the right department",
        "background_color": "#1f2d3d",
    }


def _features(prefix: str, door: str) -> Part:
    return {
        # What the desk says to one person stands in the messages tab; it reads nothing there.
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "samepage", "always_online": True},
        "shortcuts": [_shortcut(callback_id) for callback_id in SHORTCUTS],
        "slash_commands": [_slash(noun, prefix, door) for noun in BARE],
    }


def _shortcut(callback_id: str) -> Part:
    shortcut = SHORTCUTS[callback_id]
    return {
        "name": shortcut.name,
        "type": "message",
        "callback_id": callback_id,
        "description": shortcut.description,
    }


def _slash(noun: str, prefix: str, door: str) -> Part:
    return {
        "command": f"/{prefix}{noun}",
        **({"url": door} if door else {}),
        "description": SLASH[noun],
        "usage_hint": _hint(noun),
        "should_escape": True,  # people and channels arrive as ids
    }


def _hint(noun: str) -> str:
    """The first verbs; `help` tells the rest."""
    verbs = dict.fromkeys(one.verb.split()[0] for one in COMMANDS.values() if one.noun == noun)
    hint = " | ".join(verbs)
    return hint if len(hint) <= HINT else f"{hint[: hint.rindex(' | ', 0, HINT)]} | …"


def _settings(door: str) -> Part:
    where = {"request_url": door} if door else {}
    return {
        "event_subscriptions": {**where, "bot_events": sorted(EVENTS)},
        "interactivity": {"is_enabled": True, **where},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not door,
        "token_rotation_enabled": False,
    }


def _prefix(text: str) -> str:
    if not _PREFIX.fullmatch(text):
        wanted = "write at most 10 small letters, digits, - and _, like sp-"
        raise argparse.ArgumentTypeError(f"{text!r} is no prefix of commands; {wanted}")
    return text


def _door(url: str) -> str:
    try:
        return door_at(url)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m handlers.manifest", description="Prints the manifest to make the Slack app from."
    )
    parser.add_argument(
        "prefix", nargs="?", default="", type=_prefix, metavar="PREFIX",
        help="put before each command, like sp- (and set COMMAND_PREFIX to the same)",
    )  # fmt: skip
    parser.add_argument(
        "--url", type=_door, metavar="URL",
        help="over HTTP instead of Socket Mode: the https address at which Slack reaches the desk",
    )  # fmt: skip
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> None:
    asked = _asked(words)
    sys.stdout.write(written(asked.prefix, asked.url or ""))


if __name__ == "__main__":
    main()
