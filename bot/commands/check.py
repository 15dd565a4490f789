"""`check`: every fault of settings, files, tokens, scopes and channels at once, and its mending."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import click
from handlers.manifest import SCOPES

from bot.domain.errors import BotError, Broken, SlackUnavailable
from bot.logs import configure_logging
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from config.files import faults_of, read_documents
from config.holiday_book import holiday_book
from config.settings import Settings, load_settings


@click.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look at everything a desk needs, and say what to paste to mend it."""
    configure_logging("ERROR")
    faults = list(_faults())
    for fault in faults:
        click.echo(f"✗ {fault}")
    click.echo("Nothing is missing." if not faults else f"{len(faults)} to mend.")
    ctx.exit(1 if faults else 0)


def _faults() -> Iterator[str]:
    try:
        settings = load_settings(os.environ, Path(".env"))
    except Broken as broken:
        yield from broken.faults
        return
    yield from settings.faults_for_run()
    yield from faults_of(settings.config_dir, holiday_book)
    if settings.slack_bot_token:
        yield from _slack_faults(settings, settings.slack_bot_token)


def _slack_faults(settings: Settings, token: str) -> Iterator[str]:
    directory = SlackDirectory(make_client(token, settings.slack_api_url), time.sleep)
    try:
        identity = directory.identity()
        missing = sorted(set(SCOPES) - identity.scopes) if identity.scopes else []
        for scope in missing:
            yield (
                f"scope {scope} is missing ({SCOPES[scope]}): add it under OAuth & Permissions, "
                "then install the app again"
            )
        yield from _channel_faults(settings, {one.name for one in directory.channels()})
    except SlackUnavailable as error:
        yield f"Slack at {settings.slack_api_url}: {error}; look at SLACK_BOT_TOKEN"


def _channel_faults(settings: Settings, names: set[str]) -> Iterator[str]:
    """Channels are made at start; a private one that exists must have the desk in it."""
    try:
        documents = read_documents(settings.config_dir)
    except BotError:
        return  # told above, with every fault
    tables = documents.get("departments", {}).get("department", [])
    assert isinstance(tables, list)
    wanted = [table["channel"].removeprefix("#") for table in tables if table.get("channel")]
    for name in [*wanted, "rapid-response"]:
        if name not in names:
            yield f"#{name} is not seen: the desk makes it at start; if it is there: /invite it"
