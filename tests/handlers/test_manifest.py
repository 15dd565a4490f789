"""What the app is made from, printed: over Socket Mode, or for a desk at an address of its own."""

import json
from typing import Any

import pytest

from bot.views.desk_lists import help_of
from handlers.manifest import main
from tests.handlers.house import words

CAPSYS = pytest.CaptureFixture[str]
DESK = "https://desk.example.com"
DOOR = f"{DESK}/slack/events"


def printed(capsys: CAPSYS, *typed: str) -> dict[str, Any]:
    main(typed)
    manifest: dict[str, Any] = json.loads(capsys.readouterr().out)
    return manifest


def refused(capsys: CAPSYS, *typed: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def addresses(part: object) -> list[object]:
    """Every address that stands anywhere in it."""
    if isinstance(part, list):
        return [one for item in part for one in addresses(item)]
    if not isinstance(part, dict):
        return []
    own = [value for key, value in part.items() if key in ("url", "request_url")]
    return own + [one for value in part.values() for one in addresses(value)]


def test_over_socket_mode_it_names_no_address(capsys: CAPSYS) -> None:
    manifest = printed(capsys)
    assert addresses(manifest) == []
    assert manifest["settings"]["socket_mode_enabled"] is True


def test_over_http_everything_is_sent_to_the_desk(capsys: CAPSYS) -> None:
    manifest = printed(capsys, "--url", DESK)
    settings, commands = manifest["settings"], manifest["features"]["slash_commands"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == DOOR
    assert settings["interactivity"]["request_url"] == DOOR
    assert [one["url"] for one in commands] == [DOOR] * 6
    assert set(addresses(manifest)) == {DOOR}


def test_but_for_its_addresses_it_is_the_same(capsys: CAPSYS) -> None:
    over_http, over_socket = printed(capsys, "sp-", "--url", DESK), printed(capsys, "sp-")
    for settings in (over_http["settings"], over_socket["settings"]):
        del settings["socket_mode_enabled"]
    for part in (*over_http["features"]["slash_commands"], *over_http["settings"].values()):
        if isinstance(part, dict):
            part.pop("url", None)
            part.pop("request_url", None)
    assert over_http == over_socket


@pytest.mark.parametrize(
    ("given", "door"),
    [
        (f"{DESK}/", DOOR),
        (DOOR, DOOR),
        (f"{DOOR}/", DOOR),
        ("https://example.com/samepage", "https://example.com/samepage/slack/events"),
        ("https://example.com:8443", "https://example.com:8443/slack/events"),
        ("https://93.184.216.34", "https://93.184.216.34/slack/events"),
    ],
)
def test_a_path_a_port_and_the_door_itself_are_understood(
    capsys: CAPSYS, given: str, door: str
) -> None:
    assert set(addresses(printed(capsys, "--url", given))) == {door}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("http://desk.example.com", "is not https"),
        ("desk.example.com", "is no web address"),
        ("", "is no web address"),
        ("https://", "is no web address"),
        ("https://desk.example.com:port", "is no web address"),
        ("https://desk example.com", "is no web address"),
        (f"{DESK}?team=1", "more than a host and a path"),
        (f"{DESK}#top", "more than a host and a path"),
        ("https://ann:secret@desk.example.com", "more than a host and a path"),
        ("https://localhost:8000", "cannot be reached"),
        ("https://127.0.0.1", "cannot be reached"),
        ("https://192.168.1.4", "cannot be reached"),
        ("https://desk", "cannot be reached"),
        ("https://desk.local", "cannot be reached"),
    ],
)
def test_an_address_that_slack_could_not_send_to_is_refused_with_the_reason(
    capsys: CAPSYS, given: str, why: str
) -> None:
    said = refused(capsys, "--url", given)
    assert why in said
    assert "like https://desk.example.com" in said


@pytest.mark.parametrize("given", ["SP-", "/sp", "s p", "a-very-long-prefix"])
def test_a_prefix_that_no_command_may_have_is_refused(capsys: CAPSYS, given: str) -> None:
    assert "is no prefix" in refused(capsys, given)


def test_nobody_is_invited_to_write_to_the_desk_directly(capsys: CAPSYS) -> None:
    """It reads no direct messages, and what it says to one person still has its place."""
    home = printed(capsys)["features"]["app_home"]
    assert (home["messages_tab_enabled"], home["messages_tab_read_only_enabled"]) == (True, True)
    assert "reads no direct messages" in words(help_of([("/case", "mine")]).blocks)
