"""`check`: every fault of settings, files, database and Slack at once, and its mending."""

import os
import secrets
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.commands.check_database import database_faults, database_notes
from bot.commands.check_files import file_faults, file_notes
from bot.commands.check_views import judge
from bot.commands.output import say
from bot.domain.accounts import WEBHOOK
from bot.domain.errors import SlackUnavailable
from bot.domain.ids import RAPID_RESPONSE
from bot.domain.outbox import ShutOut
from bot.domain.ports import Identity, SeenChannel
from bot.logs import configure_logging
from bot.slack.directory import SlackDirectory
from bot.slack.errors import ERRORS
from bot.slack.gateway import app_token_fault, make_client
from config.files import faults_of, read_documents
from config.holiday_book import holiday_book
from config.networks import Networks, readable_networks
from config.settings import Settings, readable_settings
from config.values import KEY_PREFIX
from handlers.manifest import OF_USER_GROUPS, SCOPES

Documents = Mapping[str, Mapping[str, object]]


@dataclass
class Findings:
    """`faults` have to be mended before a desk works; `notes` are good to know."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@click.command()
@click.option(
    "--views", is_flag=True,
    help="Also let Slack judge every view, with made-up customers (some minutes, no token).",
)  # fmt: skip
@click.option("--from", "begin", default="", metavar="VIEW", help="With --views: begin there.")
def check(views: bool, begin: str) -> None:
    """Look at everything a desk needs, and say what to paste to mend it."""
    configure_logging("CRITICAL")
    found = Findings()
    settings = _look_at_settings(found)
    files = faults_of(settings.config_dir, holiday_book)
    found.faults += files
    networks, of_networks = readable_networks(settings, os.environ, Path(".env"))
    found.faults += [*of_networks, *networks.faults_for_run]
    found.notes += _unanswered(networks)
    found.faults += database_faults(settings.database_url)
    found.notes += database_notes(settings.database_url)
    found.faults += file_faults(settings.database_url)
    found.notes += file_notes(settings.database_url)
    if settings.slack_bot_token:
        _look_at_slack(settings, {} if files else read_documents(settings.config_dir), found)
    if views:
        of_views, told = judge(settings, begin)
        found.faults += of_views
        found.notes += told
    for fault in found.faults:
        say(f"✗ {fault}")
    for note in found.notes:
        say(f"· {note}")
    say(f"{len(found.faults)} to mend." if found.faults else "Nothing is missing.")
    sys.exit(1 if found.faults else 0)


def _look_at_settings(found: Findings) -> Settings:
    """What cannot be read is said as that, and not as missing too."""
    settings, faults = readable_settings(os.environ, Path(".env"))
    unread = {fault.partition(":")[0] for fault in faults}
    missing = settings.faults_for_run()
    found.faults += faults + [one for one in missing if one.partition(":")[0] not in unread]
    if not settings.intake_secret and "INTAKE_SECRET" not in unread:
        found.notes.append(
            "INTAKE_SECRET is not set, so the signed intake refuses everything. Paste this new key"
            f" into .env: INTAKE_SECRET={_new_key()}"
        )
    if not settings.webhook_reply_url:
        found.notes.append(
            "WEBHOOK_REPLY_URL is not set, so replies have nowhere to go yet. When there is an"
            " address that publishes them: WEBHOOK_REPLY_URL=https://…"
        )
    if not settings.desk_admins:
        found.notes.append(
            "DESK_ADMINS is not set, so the workspace's admins and owners set the rules of the"
            " desk. To choose others: DESK_ADMINS=you@example.com,other@example.com"
        )
    return settings


def _unanswered(networks: Networks) -> Iterator[str]:
    for door in networks.accounts.doors:
        if door.name != WEBHOOK and not door.reply_url:
            yield (
                f"networks.toml: door “{door.name}” has no reply_url, so replies to its posts have"
                " nowhere to go yet"
            )


def _new_key() -> str:
    return KEY_PREFIX + b64encode(secrets.token_bytes(32)).decode()


def _look_at_slack(settings: Settings, files: Documents, found: Findings) -> None:
    assert settings.slack_bot_token is not None  # asked before
    client = make_client(settings.slack_bot_token, settings.slack_api_url)
    directory = SlackDirectory(client, time.sleep)
    try:
        missing = list(_missing_scopes(directory.identity(), files))
        found.faults += missing
        found.faults += _app_token(settings)
        if not missing:
            found.faults += _strangers(settings, directory)
            seen = {one.name: one for one in directory.channels()}
            _look_at_channels(list(_channels(files)), seen, found)
    except SlackUnavailable as error:
        found.faults.append(_unreached(settings, str(error)))


def _unreached(settings: Settings, why: str) -> str:
    if ERRORS.get(why) is ShutOut:
        return (
            f"SLACK_BOT_TOKEN: Slack says {why}; copy the “Bot User OAuth Token” of your Slack app"
            " once more, from its page “OAuth & Permissions”"
        )
    return (
        f"SLACK_API_URL: Slack does not answer at {settings.slack_api_url} ({why}); look at the"
        " way there, proxies too. Slack itself is at https://slack.com/api/"
    )


def _missing_scopes(identity: Identity, files: Documents) -> Iterator[str]:
    """Where Slack tells the scopes at all; those of user groups where the files name one."""
    named = files.get("on_call", {}).get("user_group")
    wanted = set(SCOPES) if named else set(SCOPES) - OF_USER_GROUPS
    for scope in sorted(wanted - identity.scopes if identity.scopes else ()):
        yield (
            f"scope {scope} is missing ({SCOPES[scope]}); add it under “Bot Token Scopes” on the"
            " page “OAuth & Permissions” of your Slack app, and install the app again"
        )


def _app_token(settings: Settings) -> Iterator[str]:
    if settings.slack_app_token:
        fault = app_token_fault(settings.slack_app_token, settings.slack_api_url)
        if fault:
            yield (
                f"SLACK_APP_TOKEN: Slack says {fault}; generate an “App-Level Token” with the scope"
                " connections:write on the page “Basic Information” of your Slack app"
            )


def _strangers(settings: Settings, directory: SlackDirectory) -> Iterator[str]:
    for address in settings.desk_admins:
        if directory.person_by_email(address) is None:
            yield (
                f"DESK_ADMINS: nobody in this workspace has the address {address}; write the one"
                " that stands in their Slack profile"
            )


def _look_at_channels(wanted: list[str], seen: dict[str, SeenChannel], found: Findings) -> None:
    for name in wanted:
        if name in seen and seen[name].is_archived:
            found.faults.append(f"#{name} is archived; unarchive it, or name another channel")
        if name in seen and not seen[name].is_private and not seen[name].is_ours:
            found.notes.append(
                f"#{name} is there already and public: the desk asks its admins before it uses it."
                " Rename it, and the desk makes a private one"
            )
        if name in seen and seen[name].is_shared:
            found.notes.append(
                f"#{name} is shared with another company: nothing is posted there before an admin"
                " confirms it in Slack"
            )
    absent = [f"#{name}" for name in wanted if name not in seen]
    if absent:
        found.notes.append(
            f"Not seen yet: {', '.join(absent)}. `python -m bot run` makes them, private. Where one"
            " is there already, type /invite @samepage in it"
        )


def _channels(files: Documents) -> Iterator[str]:
    """None where the files have faults."""
    tables = files["departments"]["department"] if files else []
    assert isinstance(tables, list)  # the files were found without fault
    yield from (table["channel"].removeprefix("#") for table in tables if table.get("channel"))
    if files:
        yield RAPID_RESPONSE
