"""The settings: what may be written, what is told, and that no secret is ever shown."""

import base64
import math
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Broken
from bot.domain.reply import Outgoing
from bot.domain.setup_values import person
from config.settings import Settings, env_example, load_settings, settings_table
from config.values import LogLevel, Secret, emails

ROOT = Path(__file__).parents[2]
KEY = "whsec_" + base64.b64encode(b"k" * 32).decode()

WHOLE = {
    "SLACK_BOT_TOKEN": "xoxb-1-bot",
    "SLACK_APP_TOKEN": "xapp-1-app",
    "SLACK_SIGNING_SECRET": "5161c3f",
    "SLACK_API_URL": "http://127.0.0.1:9000/api",
    "DATABASE_URL": "sqlite:////srv/desk.db",
    "HOST": "0.0.0.0",
    "PORT": "8080",
    "REVERSE_PROXIES": "10.0.0.5, 10.1.2.3/16",
    "INTAKE_SECRET": KEY,
    "INTAKE_PER_MINUTE": "60",
    "WEBHOOK_REPLY_URL": "https://me:hush@example.com/replies?key=hush",
    "WEBHOOK_ACCOUNT": "@northwind",
    "PUBLIC_REPLIES": "ON",
    "REPLY_UNDO_SECONDS": "0",
    "DESK_ADMINS": "Eve@example.com, dora@example.com",
    "COMMAND_PREFIX": "sp-",
    "DESK_TOKEN": "open-sesame-and-more",
    "CONFIG_DIR": "/etc/samepage",
    "LOG_LEVEL": "debug",
    "SLACK_PACE": "0.5",
}
SECRETS = ["xoxb-1-bot", "xapp-1-app", "5161c3f", KEY, "hush", "open-sesame"]


def faults(**given: str) -> list[str]:
    with pytest.raises(Broken) as refusal:
        load_settings(given, None)
    return refusal.value.faults


def dotenv(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_desk_without_any_setting_has_the_defaults() -> None:
    assert load_settings({}, None) == Settings()
    assert load_settings(dict.fromkeys(WHOLE, ""), None) == Settings()


def test_every_setting_arrives() -> None:
    assert load_settings(WHOLE, None) == Settings(
        slack_bot_token=Secret("xoxb-1-bot"),
        slack_app_token=Secret("xapp-1-app"),
        slack_signing_secret=Secret("5161c3f"),
        slack_api_url="http://127.0.0.1:9000/api/",
        database_url="sqlite:////srv/desk.db",
        host="0.0.0.0",
        port=8080,
        reverse_proxies=("10.0.0.5/32", "10.1.0.0/16"),
        intake_secret=Secret(KEY),
        intake_per_minute=60,
        webhook_reply_url=Secret("https://me:hush@example.com/replies?key=hush"),
        webhook_account="@northwind",
        public_replies=Outgoing.ON,
        reply_undo_seconds=0,
        desk_admins=("eve@example.com", "dora@example.com"),
        command_prefix="sp-",
        desk_token=Secret("open-sesame-and-more"),
        config_dir=Path("/etc/samepage"),
        log_level=LogLevel.DEBUG,
        slack_pace=0.5,
    )


def test_the_example_file_is_the_table_of_settings() -> None:
    shipped = ROOT / ".env.example"
    assert shipped.read_text(encoding="utf-8") == env_example(), "write env_example() to it again"


def test_the_example_file_sets_nothing_but_the_defaults() -> None:
    assert load_settings({}, ROOT / ".env.example") == Settings()


def test_every_field_stands_in_the_table_with_its_meaning() -> None:
    table = settings_table()
    assert [name for name, _, _ in table] == [field.name.upper() for field in fields(Settings)]
    assert [name for name, _, _ in table] == list(WHOLE)
    assert all(meaning for _, _, meaning in table)
    assert ("PORT", "8000", "port of intake, health and metrics") in table


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = dotenv(tmp_path, "PORT=1111\nHOST=10.0.0.1\n")
    assert load_settings({"PORT": "2222"}, path) == Settings(port=2222, host="10.0.0.1")


def test_a_missing_file_is_an_empty_one(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / ".env") == Settings()


def test_a_file_may_quote_comment_and_export(tmp_path: Path) -> None:
    path = dotenv(
        tmp_path, "\ufeff# ours\nexport PORT=\"1111\" # here\n\nDESK_TOKEN='a$b${c}-and-more'\n"
    )
    assert load_settings({}, path) == Settings(port=1111, desk_token=Secret("a$b${c}-and-more"))


def test_lines_of_other_programs_in_the_file_are_left_alone(tmp_path: Path) -> None:
    assert load_settings({}, dotenv(tmp_path, "COMPOSE_PROJECT_NAME=desk\n")) == Settings()


def test_a_line_that_cannot_be_read_is_told_without_repeating_it(tmp_path: Path) -> None:
    path = dotenv(tmp_path, '\n\nSLACK_BOT_TOKEN xoxb-hush\nDESK_TOKEN="hush\nSLACK_BOT_TOKN=x\n')
    with pytest.raises(Broken) as refusal:
        load_settings({"PORT": "eighty"}, path)
    assert refusal.value.faults == [
        ".env: line 3: cannot be read; write NAME=value, and close every quote",
        ".env: line 4: cannot be read; write NAME=value, and close every quote",
        ".env: line 5: no such setting; did you mean SLACK_BOT_TOKEN?",
        "PORT: is no whole number from 0 to 65535",
    ]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"HOST=\xff\xfe")
    with pytest.raises(Broken, match=r"\.env: cannot be read as UTF-8 text"):
        load_settings({}, path)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "does not begin with xoxb-; copy the “Bot User OAuth Token”"),
        ("SLACK_BOT_TOKEN", "xoxb-1…", "has a space or a letter outside ASCII"),
        ("SLACK_APP_TOKEN", "xoxb-1", "does not begin with xapp-; copy the “App-Level Token”"),
        ("SLACK_SIGNING_SECRET", "a b", "has a space or a letter outside ASCII"),
        ("SLACK_API_URL", "slack.com/api", "is no web address; write it whole, like https://"),
        ("SLACK_API_URL", "http://[::1", "is no web address"),
        ("SLACK_API_URL", "http://host:port/", "is no web address"),
        ("SLACK_API_URL", "https://me:hush@slack.com/api/", "has a name or a password in it"),
        ("WEBHOOK_REPLY_URL", "ftp://example.com", "is no web address"),
        ("DATABASE_URL", "postgresql://me:hush@host", "names no database; write postgresql://"),
        ("DATABASE_URL", "postgresql://me:hush@/desk", "is no address of PostgreSQL"),
        ("DATABASE_URL", "postgresql://me:hu@sh@host/desk", "write %40 for @, %2F for /"),
        ("DATABASE_URL", "postgresql://me:12/sh@host/desk", "write %40 for @, %2F for /"),
        ("DATABASE_URL", "postgresql://me:hu%sh@host/desk", "write %25 for one"),
        ("DATABASE_URL", "postgres:me:hush@host/desk", "is no address of PostgreSQL"),
        ("DATABASE_URL", "postgresql://me:hush@host:x/desk", "is no address of PostgreSQL"),
        ("DATABASE_URL", "mysql://me:hush@host/desk", "PostgreSQL is named like postgresql://"),
        ("DATABASE_URL", "data/desk.db", "is no file of SQLite; write sqlite:///data/desk.db"),
        ("DATABASE_URL", "sqlite:///", "is no file of SQLite"),
        ("DATABASE_URL", "sqlite:///:memory:", "is no file of SQLite"),
        ("DATABASE_URL", "sqlite:///data/", "is no file of SQLite"),
        ("HOST", "my host", "is no name or address to listen on"),
        ("PORT", "65536", "is no whole number from 0 to 65535"),
        ("PORT", "-1", "is no whole number from 0 to 65535"),
        ("PORT", "٣", "is no whole number from 0 to 65535"),
        ("REVERSE_PROXIES", "my-proxy", "is no list of addresses; write them like 10.0.0.5"),
        ("INTAKE_SECRET", KEY.removeprefix("whsec_"), "is not whsec_ and base64 of at least 24"),
        ("INTAKE_SECRET", "whsec_c2hvcnQ=", "make one with: python -c"),
        ("INTAKE_SECRET", "whsec_***", "make one with: python -c"),
        ("INTAKE_PER_MINUTE", "0", "is no whole number from 1 to 1000000"),
        ("PUBLIC_REPLIES", "yes", "is none of on, hold, off"),
        ("REPLY_UNDO_SECONDS", "601", "is no whole number from 0 to 600"),
        ("DESK_TOKEN", "x", "is shorter than 16 characters; python3 -c"),
        ("DATABASE_URL", f"sqlite:///{'a' * 201}", "no file can have"),
        ("DATABASE_URL", "sqlite:///data/de\0sk.db", "no file can have"),
        ("DESK_ADMINS", "eve@example.com dora@example.com", "put commas between them"),
        ("COMMAND_PREFIX", "/sp", "is no prefix; write at most 10 small letters"),
        ("COMMAND_PREFIX", "a" * 11, "is no prefix; write at most 10 small letters"),
        ("LOG_LEVEL", "loud", "is none of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ("SLACK_PACE", "fast", "is no number of messages per second; write auto, 1 or 0.5"),
        ("SLACK_PACE", "0", "is no number of messages per second"),
        ("SLACK_PACE", "inf", "is no number of messages per second"),
    ],
)
def test_a_mistake_is_told_with_its_name_and_what_to_write(
    name: str, value: str, fault: str
) -> None:
    (told,) = faults(**{name: value})
    assert told.startswith(f"{name}: ")
    assert fault in told


def test_every_mistake_is_told_at_once() -> None:
    wrong = {name: "\N{EM SPACE}?\N{EM SPACE}!" for name in WHOLE if name != "CONFIG_DIR"}
    assert [fault.split(":")[0] for fault in faults(**wrong)] == list(wrong)


def test_no_secret_is_shown_by_a_repr() -> None:
    shown = repr(load_settings(WHOLE, None))
    assert not [secret for secret in SECRETS if secret in shown]


@given(
    st.sampled_from([name for name in WHOLE if name != "CONFIG_DIR"]),
    st.sampled_from(["", "xoxb-", "xapp-", "whsec_", "sqlite://", "postgres://", "https://"]),
)
@settings(max_examples=60, deadline=None)
def test_no_secret_in_a_wrong_line_is_repeated_by_its_fault(name: str, start: str) -> None:
    (told,) = faults(**{name: f"{start}hush hush"})
    assert "hush" not in told


def test_run_needs_a_bot_token_and_a_way_to_hear_slack() -> None:
    bot, app = Settings().faults_for_run()
    assert bot.startswith("SLACK_BOT_TOKEN: missing; paste the “Bot User OAuth Token”")
    assert app.startswith("SLACK_APP_TOKEN: missing; make an “App-Level Token”")


@pytest.mark.parametrize("way", ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_an_app_token_or_a_signing_secret_is_enough_to_run(way: str) -> None:
    given = {name: WHOLE[name] for name in ("SLACK_BOT_TOKEN", way)}
    assert load_settings(given, None).faults_for_run() == []


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///data/desk.db",
        "sqlite:////srv/desk.db",
        "postgresql://desk:hush@db.example.com:5433/desk?sslmode=require",
        "postgres://db.example.com/desk",
        "postgresql:///desk?host=/run/postgresql",
        "postgresql://?service=desk",
    ],
)
def test_the_desk_is_kept_where_its_url_says(url: str) -> None:
    in_force = load_settings({"DATABASE_URL": url}, None)
    assert in_force.database_url == url
    assert "hush" not in repr(in_force)


@pytest.mark.parametrize(
    ("url", "pace", "per_second"),
    [
        ("https://slack.com/api/", "auto", 1.0),
        ("http://127.0.0.1:9000/api/", "AUTO", math.inf),
        ("http://[::1]:9000/", "auto", math.inf),
        ("http://localhost:9000/", "auto", math.inf),
        ("http://localhost.example.com/", "auto", 1.0),
        ("http://127.0.0.1:9000/api/", "2", 2.0),
    ],
)
def test_the_desk_paces_itself_except_on_this_machine(
    url: str, pace: str, per_second: float
) -> None:
    given = {"SLACK_API_URL": url, "SLACK_PACE": pace}
    assert load_settings(given, None).messages_per_second == per_second


def test_no_quota_may_be_said_in_a_word() -> None:
    assert load_settings({"INTAKE_PER_MINUTE": "none"}, None).intake_per_minute is None


@pytest.mark.parametrize("read", [emails, person])
def test_an_address_of_nothing_but_dots_is_refused_as_soon_as_it_is_read(
    read: Callable[[str], object],
) -> None:
    began = process_time()
    with pytest.raises(ValueError, match="address"):
        read(f"eve@{'.' * 30_000}@")
    assert process_time() - began < 1
