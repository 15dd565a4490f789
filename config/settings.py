"""The settings: `.env` and the environment, read once into one frozen value.

A setting is one field of `Settings`; `.env.example` and docs/settings.md follow from it.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from textwrap import fill
from typing import Annotated, Any, Literal, get_args, get_type_hints

from bot.domain.errors import Broken
from bot.domain.reply import Outgoing
from bot.domain.web_address import is_on_this_machine
from config.dotenv_file import read_dotenv
from config.networks_file import secret_names
from config.values import (
    LogLevel,
    Secret,
    address,
    base_url,
    emails,
    handle,
    networks,
    one_of,
    pace,
    page_key,
    prefix,
    quota,
    secret,
    secret_url,
    store_url,
    token,
    webhook_key,
    whole_number,
)


@dataclass(frozen=True)
class Settings:
    """A field is the setting of that name in capitals: its type, its reader, what it means."""

    slack_bot_token: Annotated[
        Secret | None,
        token("xoxb-", "Bot User OAuth Token"),
        "bot token, xoxb-…: “OAuth & Permissions” on the page of your Slack app",
    ] = None
    slack_app_token: Annotated[
        Secret | None,
        token("xapp-", "App-Level Token"),
        "app token, xapp-…, with connections:write: Socket Mode, no public address needed",
    ] = None
    slack_signing_secret: Annotated[
        Secret | None, secret, "HTTP mode at /slack/events when there is no app token"
    ] = None
    slack_api_url: Annotated[str, base_url, "where Slack is"] = "https://slack.com/api/"
    database_url: Annotated[
        str,
        store_url,
        "where the desk is kept: sqlite:///PATH, or postgresql://user:password@host:5432/database",
    ] = "sqlite:///data/desk.db"
    host: Annotated[str, address, "address of intake, health and metrics"] = "127.0.0.1"
    port: Annotated[int, whole_number(0, 65535), "port of intake, health and metrics"] = 8000
    reverse_proxies: Annotated[
        tuple[str, ...],
        networks,
        "addresses or networks of the proxies in front of the desk, with commas; all clients come"
        " from them, so they may begin any number of requests at once. 127.0.0.1 always may",
    ] = ()
    intake_secret: Annotated[
        Secret | None,
        webhook_key,
        "whsec_… key of the signed intake; none: the intake refuses everything",
    ] = None
    intake_per_minute: Annotated[int | None, quota, "quota of posts per source"] = None
    webhook_reply_url: Annotated[
        Secret | None, secret_url, "replies to posts that came by /intake/webhook are sent here"
    ] = None
    webhook_account: Annotated[
        str | None,
        handle,
        "replies to posts that came by /intake/webhook leave as this account, like @northwind,"
        " where a post names none",
    ] = None
    public_replies: Annotated[
        Outgoing,
        one_of(Outgoing),
        "on sends, hold keeps them and says so on the card, off refuses; /desk outgoing overrides."
        " Switching on sends nothing that was held",
    ] = Outgoing.HOLD
    reply_undo_seconds: Annotated[
        int, whole_number(0, 600), "how long a reply waits with Undo, at most 600"
    ] = 10
    desk_admins: Annotated[
        tuple[str, ...],
        emails,
        "e-mail addresses of the desk's admins, with commas; workspace admins and owners count as"
        " admins only while this is empty and nobody was added",
    ] = ()
    command_prefix: Annotated[
        str,
        prefix,
        "put before the six commands (sp- gives /sp-case) where another app has the name",
    ] = ""
    desk_token: Annotated[
        Secret | None,
        page_key,
        "opens the read-only page /desk; at least 16 characters; none: closed",
    ] = None
    config_dir: Annotated[Path, Path, "folder of departments.toml and its like"] = Path("config")
    log_level: Annotated[LogLevel, one_of(LogLevel), "DEBUG, INFO, WARNING, ERROR or CRITICAL"] = (
        LogLevel.INFO
    )
    slack_pace: Annotated[
        float | Literal["auto"],
        pace,
        "messages per second and channel the desk allows itself; auto: 1, and no limit of its own"
        " against a Slack on this machine",
    ] = "auto"

    @property
    def messages_per_second(self) -> float:
        """The pace in each channel of Slack; infinite where there is no limit of our own."""
        if self.slack_pace != "auto":
            return self.slack_pace
        return math.inf if self.slack_is_here else 1.0

    @property
    def slack_is_here(self) -> bool:
        """A stand-in on this machine, which says its limits itself."""
        return is_on_this_machine(self.slack_api_url)

    def faults_for_run(self) -> list[str]:
        """What `run` cannot do without, as sentences; other commands can."""
        faults = []
        if not self.slack_bot_token:
            faults.append(
                "SLACK_BOT_TOKEN: missing; paste the “Bot User OAuth Token” of your Slack app, from"
                " its page “OAuth & Permissions”, into .env: SLACK_BOT_TOKEN=xoxb-…"
            )
        if not (self.slack_app_token or self.slack_signing_secret):
            faults.append(
                "SLACK_APP_TOKEN: missing; make an “App-Level Token” with connections:write on the"
                " page “Basic Information” and paste it into .env: SLACK_APP_TOKEN=xapp-…; or set"
                " SLACK_SIGNING_SECRET from there for HTTP mode"
            )
        return faults


def load_settings(env: Mapping[str, str], dotenv: Path | None) -> Settings:
    """The settings, the environment before the file; `Broken` with every fault there is."""
    settings, faults = readable_settings(env, dotenv)
    if faults:
        raise Broken(faults)
    return settings


def readable_settings(env: Mapping[str, str], dotenv: Path | None) -> tuple[Settings, list[str]]:
    """What can be read of them, a default for what cannot, and every fault there is."""
    faults: list[str] = []
    names = {field.name: field.name.upper() for field in fields(Settings)}
    written = read_dotenv(dotenv, (), []) if dotenv else {}
    given = {**written, **env}
    if dotenv:
        read_dotenv(dotenv, [*names.values(), *_named_secrets(given)], faults)
    found: dict[str, Any] = {}
    for field, read, _ in _annotations():
        try:
            if text := given.get(names[field], "").strip():
                found[field] = read(text)
        except ValueError as fault:
            faults.append(f"{names[field]}: {fault}")
    return Settings(**found), faults


def _named_secrets(given: Mapping[str, str]) -> set[str]:
    """Names that are no settings, yet no misspelt ones either."""
    return secret_names(Path(given.get("CONFIG_DIR", "").strip() or Settings().config_dir))


def settings_table() -> list[tuple[str, str, str]]:
    """Name, default and meaning of every setting, in order; no default is an empty text."""
    defaults = Settings()
    return [
        (field.upper(), _as_typed(getattr(defaults, field)), meaning)
        for field, _, meaning in _annotations()
    ]


def env_example() -> str:
    """The text of `.env.example`."""
    head = "# Copy to .env and fill in what you need; the environment wins over the file.\n"
    return head + "".join(
        f"\n{_comment(meaning)}\n{name}={default}\n" for name, default, meaning in settings_table()
    )


def _annotations() -> Iterator[tuple[str, Any, str]]:
    for field, annotation in get_type_hints(Settings, include_extras=True).items():
        _, read, meaning = get_args(annotation)
        yield field, read, meaning


def _as_typed(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)


def _comment(meaning: str) -> str:
    return fill(meaning, 98, initial_indent="# ", subsequent_indent="# ")
