"""Accounts, doors and their secrets: read at every start, for they are the operator's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.domain.accounts import WEBHOOK, Accounts, Door
from bot.domain.errors import Broken
from bot.domain.setup_networks import FILE
from config.dotenv_file import read_dotenv
from config.networks_file import read_file, wanted_secrets
from config.settings import Settings
from config.values import Secret

WEBHOOK_SECRET = "INTAKE_SECRET"


@dataclass(frozen=True)
class Networks:
    """Accounts and doors, the secrets by their names, and a fault for each that is missing."""

    accounts: Accounts = field(default_factory=Accounts)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    faults_for_run: tuple[str, ...] = ()


def networks_of(settings: Settings) -> Networks:
    """What the settings alone say: the door that is always there."""
    secrets = {WEBHOOK_SECRET: settings.intake_secret} if settings.intake_secret else {}
    account, reply_url = settings.webhook_account, settings.webhook_reply_url
    webhook = Door(WEBHOOK, WEBHOOK_SECRET, account, reply_url)
    missing = frozenset({WEBHOOK_SECRET} - secrets.keys())
    return Networks(Accounts(doors=(webhook,), missing=missing), secrets)


def load_networks(settings: Settings, env: Mapping[str, str], dotenv: Path | None) -> Networks:
    """Raises Broken with every fault of the file."""
    networks, faults = readable_networks(settings, env, dotenv)
    if faults:
        raise Broken(faults)
    return networks


def readable_networks(
    settings: Settings, env: Mapping[str, str], dotenv: Path | None
) -> tuple[Networks, list[str]]:
    """What can be read of the file and of the secrets it names, and every fault in it."""
    faults: list[str] = []
    named, own = read_file(settings.config_dir, faults), networks_of(settings)
    given = {**(read_dotenv(dotenv, (), []) if dotenv else {}), **env}
    secrets, unset = _secrets(named, given)
    names = {name for _, name, _ in wanted_secrets(named)}
    accounts = replace(
        named,
        doors=own.accounts.doors + named.doors,
        missing=own.accounts.missing | (names - secrets.keys()),
    )
    return Networks(accounts, {**own.secrets, **secrets}, tuple(unset)), faults


def _secrets(named: Accounts, given: Mapping[str, str]) -> tuple[dict[str, Secret], list[str]]:
    """Those that can be used, and a fault for each other."""
    found: dict[str, Secret] = {}
    faults = []
    for place, name, read in wanted_secrets(named):
        value = given.get(name, "").strip()
        if not value:
            faults.append(f"{FILE}: {place}: {name} is not set; paste it into .env: {name}=…")
            continue
        try:
            found[name] = read(value)
        except ValueError as fault:
            faults.append(f"{FILE}: {place}: {name} {fault}")
    return found, faults
