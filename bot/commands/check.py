"""`check`: every fault of settings, files, tokens, scopes and channels at once, and its mending."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.domain.errors import Broken, SlackUnavailable
from bot.domain.ports import Identity
from bot.logs import configure_logging
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from config.files import faults_of, read_documents
from config.holiday_book import holiday_book
from config.settings import Settings, load_settings
from handlers.manifest import SCOPES


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
    _look_at_all(found)
    for fault in found.faults:
        click.echo(f"✗ {fault}")
    for note in found.notes:
        click.echo(f"· {note}")
    click.echo(f"{len(found.faults)} to mend." if found.faults else "Nothing is missing.")
    sys.exit(1 if found.faults else 0)


def _look_at_all(found: Findings) -> None:
    try:
        settings = load_settings(os.environ, Path(".env"))
    except Broken as broken:
        found.faults += broken.faults
        return
    found.faults += settings.faults_for_run()
    files = faults_of(settings.config_dir, holiday_book)
    found.faults += files
    if not settings.intake_secret:
        found.notes.append("INTAKE_SECRET is not set: the signed intake refuses everything")
    if settings.slack_bot_token:
        wanted = [] if files else list(_channels(settings))
        _look_at_slack(settings, settings.slack_bot_token, wanted, found)


def _look_at_slack(settings: Settings, token: str, wanted: list[str], found: Findings) -> None:
    directory = SlackDirectory(make_client(token, settings.slack_api_url), time.sleep)
    try:
        found.faults += _missing_scopes(directory.identity())
        seen = {channel.name for channel in directory.channels()}
    except SlackUnavailable as error:
        found.faults.append(
            f"Slack at {settings.slack_api_url} says {error}: look at SLACK_BOT_TOKEN"
        )
        return
    found.notes += [
        f"#{name} is not seen: run makes it; if it exists and is private, /invite the desk there"
        for name in wanted
        if name not in seen
    ]


def _missing_scopes(identity: Identity) -> Iterator[str]:
    """Where Slack tells the scopes at all."""
    for scope in sorted(set(SCOPES) - identity.scopes if identity.scopes else ()):
        yield (
            f"scope {scope} is missing ({SCOPES[scope]}): add it under OAuth & Permissions and "
            "install the app again"
        )


def _channels(settings: Settings) -> Iterator[str]:
    tables = read_documents(settings.config_dir)["departments"]["department"]
    assert isinstance(tables, list)  # the files were found without fault
    yield from (table["channel"].removeprefix("#") for table in tables if table.get("channel"))
    yield "rapid-response"
