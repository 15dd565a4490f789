"""Both ways: what is drawn is heard, what is heard is drawn, and the manifest says the same."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.views.ids import ROUTE_TO, SHOW_FIGURE, Action, Form
from handlers.commands.registry import BARE, COMMANDS, find
from handlers.listeners import EVENTS, PRESSES, SHORTCUTS, SUBMISSIONS
from handlers.manifest import SCOPES, SLASH, manifest, written
from handlers.reading import mapping
from slack_sandbox import Sandbox

ROOT = Path(__file__).parent.parent.parent
CALLED = re.compile(r"client\.((?:auth|chat|conversations|pins|usergroups|users|views)_[A-Za-z_]+)")
NEEDS = {  # what Slack asks for each method that the desk calls
    "auth_test": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_create": {"groups:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_invite": {"groups:write"},
    "conversations_join": {"channels:join"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "usergroups_list": {"usergroups:read"},
    "usergroups_users_update": {"usergroups:write"},
    "conversations_setPurpose": {"groups:write"},
    "conversations_setTopic": {"groups:write"},
    "pins_add": {"pins:write"},
    "users_info": {"users:read"},
    "users_list": {"users:read"},
    "users_lookupByEmail": {"users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}


def goldens() -> Iterator[object]:
    for path in sorted((ROOT / "bot/views/golden").glob("*.json")):
        yield json.loads(path.read_text())


def drawn(part: object, kind: str) -> Iterator[str]:
    """Every button and every form that can be sent, in whatever the views draw."""
    if isinstance(part, dict):
        if kind == "button" and part.get("type") == "button":
            yield str(part["action_id"])
        chooses = mapping(part.get("accessory")).get("type") == "static_select"
        if kind == "button" and part.get("type") == "section" and chooses:
            yield str(part["accessory"]["action_id"])
        if kind == "button" and part.get("type") == "actions":
            menus = [one for one in part["elements"] if one["type"] == "static_select"]
            yield from (str(one["action_id"]) for one in menus)
        if kind == "modal" and part.get("type") == "modal" and part.get("submit"):
            yield str(part["callback_id"])
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from drawn(inner, kind)


@pytest.fixture(scope="module")
def gallery() -> list[object]:
    return list(goldens())


def test_every_button_that_is_drawn_is_heard_and_the_reverse(gallery: list[object]):
    buttons = {one for view in gallery for one in drawn(view, "button")}
    for pattern in (ROUTE_TO, SHOW_FIGURE):
        named = {one for one in buttons if pattern.fullmatch(one)}
        assert named
        assert pattern in PRESSES
        buttons -= named
    assert buttons == {name for name in PRESSES if isinstance(name, str)}


def test_every_form_that_is_drawn_is_taken_and_the_reverse(gallery: list[object]):
    assert {one for view in gallery for one in drawn(view, "modal")} == set(SUBMISSIONS)


def test_every_name_of_a_button_or_form_is_in_use():
    assert set(Action) == {name for name in PRESSES if isinstance(name, str)}
    assert set(Form) - set(SUBMISSIONS) == {Form.MORE, Form.SHEET}


def test_every_command_of_the_manifest_has_a_handler_and_the_reverse():
    file = json.loads((ROOT / "config/slack_manifest.json").read_text())
    offered = {one["command"].removeprefix("/") for one in file["features"]["slash_commands"]}
    assert offered == {command.noun for command in COMMANDS.values()} == set(SLASH) == set(BARE)


def test_every_usage_line_leads_to_its_own_command():
    for command in COMMANDS.values():
        text = command.usage.partition(" ")[2].replace("N", "1").replace("[", "").replace("]", "")
        found, _ = find(command.noun, text)
        assert found is command, command.usage


def test_the_manifest_file_is_what_the_tables_say():
    assert (ROOT / "config/slack_manifest.json").read_text() == written()


def test_the_manifest_is_within_slack_s_limits():
    features = json.loads(written("a-long-prefix-"))["features"]
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["usage_hint"]) <= 110
        assert command["should_escape"] is True
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    assert len(features["shortcuts"]) == len(SHORTCUTS) <= 10
    assert len(EVENTS) <= 100


def test_every_scope_is_needed_by_a_call_or_an_event():
    sources = [*(ROOT / "bot/slack").glob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    called = {name for path in sources for name in CALLED.findall(path.read_text())}
    assert called <= set(NEEDS)
    needed = set().union(*(NEEDS[name] for name in called))
    assert needed | {"commands", "app_mentions:read", "reactions:read"} == set(SCOPES)


def test_a_slack_with_this_manifest_offers_it_all():
    with Sandbox.start(manifest=manifest("")) as slack:
        assert slack.workspace.manifest.offers_command("/case")
        assert slack.workspace.manifest.offers_shortcut("make_case")
        assert not slack.workspace.manifest.offers_command("/dance")
