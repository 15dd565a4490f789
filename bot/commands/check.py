"""`check`: every fault of settings, files, tokens, scopes and channels at once, and its mending."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.domain.errors import Broken, SlackUnavailable
from bot.domain.ports import Identity, SeenChannel
from bot.logs import configure_logging
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import app_token_fault, make_client
from config.files import faults_of, read_documents
from config.holiday_book import holiday_book
from config.settings import Settings, load_settings
from handlers.manifest import SCOPES

SHIPPED = "config"


@dataclass
class Findings:
    """`faults` have to be mended before a desk works; `notes` are good to know."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@click.command()
def check() -> None:
    """Look at everything a desk needs, and say what to paste to mend it."""
    configure_logging("CRITICAL")
    found = Findings()
    settings = _look_at_settings(found)
    folder = settings.config_dir if settings else Path(os.environ.get("CONFIG_DIR") or SHIPPED)
    files = faults_of(folder, holiday_book)
    found.faults += files
    if settings and settings.slack_bot_token:
        _look_at_slack(settings, [] if files else list(_channels(folder)), found)
    for fault in found.faults:
        click.echo(f"✗ {fault}")
    for note in found.notes:
        click.echo(f"· {note}")
    click.echo(f"{len(found.faults)} to mend." if found.faults else "Nothing is missing.")
    sys.exit(1 if found.faults else 0)


def _look_at_settings(found: Findings) -> Settings | None:
    try:
        settings = load_settings(os.environ, Path(".env"))
    except Broken as broken:
        found.faults += broken.faults
        return None
    found.faults += settings.faults_for_run()
    if not settings.intake_secret:
        found.notes.append("INTAKE_SECRET is not set: the signed intake refuses everything")
    if not settings.webhook_reply_url:
        found.notes.append("WEBHOOK_REPLY_URL is not set: replies have nowhere to go")
    return settings


def _look_at_slack(settings: Settings, wanted: list[str], found: Findings) -> None:
    assert settings.slack_bot_token is not None  # asked before
    client = make_client(settings.slack_bot_token, settings.slack_api_url)
    directory = SlackDirectory(client, time.sleep)
    try:
        found.faults += _missing_scopes(directory.identity())
        found.faults += _app_token(settings)
        _look_at_channels(wanted, {one.name: one for one in directory.channels()}, found)
    except SlackUnavailable as error:
        found.faults.append(
            f"Slack at {settings.slack_api_url} says {error}: look at SLACK_BOT_TOKEN, or at the "
            "way there (SLACK_API_URL, proxies)"
        )


def _missing_scopes(identity: Identity) -> Iterator[str]:
    """Where Slack tells the scopes at all."""
    for scope in sorted(set(SCOPES) - identity.scopes if identity.scopes else ()):
        yield (
            f"scope {scope} is missing ({SCOPES[scope]}): add it under OAuth & Permissions and "
            "install the app again"
        )


def _app_token(settings: Settings) -> Iterator[str]:
    if settings.slack_app_token:
        fault = app_token_fault(settings.slack_app_token, settings.slack_api_url)
        if fault:
            yield f"SLACK_APP_TOKEN: Slack says {fault}: make one with the scope connections:write"


def _look_at_channels(wanted: list[str], seen: dict[str, SeenChannel], found: Findings) -> None:
    for name in wanted:
        if name not in seen:
            found.notes.append(
                f"#{name} is not seen: run makes it; if it is there, private, /invite the desk"
            )
        elif seen[name].is_archived:
            found.faults.append(f"#{name} is archived: unarchive it, or name another channel")


def _channels(folder: Path) -> Iterator[str]:
    tables = read_documents(folder)["departments"]["department"]
    assert isinstance(tables, list)  # the files were found without fault
    yield from (table["channel"].removeprefix("#") for table in tables if table.get("channel"))
    yield "rapid-response"
