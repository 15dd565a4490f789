"""What every command begins with: the settings, the log, the desk's database."""

import os
from pathlib import Path

import click

from bot.commands.output import say
from bot.first_start import take_over_files
from bot.logs import configure_logging
from bot.services.parting import Parted
from bot.store.single_run import refuse_moved, refuse_second_name
from bot.wiring import Services, build_services, open_store
from config.networks import Networks, load_networks
from config.settings import Settings, load_settings


def read_settings() -> Settings:
    """From the environment and `.env` beside us; raises Broken with every fault."""
    settings = load_settings(os.environ, Path(".env"))
    configure_logging(settings.log_level)
    return settings


def read_networks(settings: Settings) -> Networks:
    """networks.toml and the secrets it names; raises Broken with every fault."""
    return load_networks(settings, os.environ, Path(".env"))


def open_desk(settings: Settings, networks: Networks | None = None) -> tuple[Services, list[str]]:
    """The services, and the names of config files that differ from what is in force.

    Raises MovedAway: what an old desk takes in, the one that took its place never sees.
    """
    refuse_moved(settings.database_url)
    refuse_second_name(settings.database_url)
    store = open_store(settings)
    click.get_current_context().call_on_close(store.close)
    services = build_services(settings, store, networks=networks or read_networks(settings))
    services.time.look()
    differing = take_over_files(services.kernel, settings.config_dir)
    services.epochs.look()
    _say(services.parting.part())
    return services, differing


def _say(parted: Parted | None) -> None:
    """Once, at the first start after the upgrade."""
    if parted is None or parted.is_nothing:
        return
    say(
        f"Upgraded: {parted.cases} cases held {parted.posts} posts of other people, which are now"
        f" shown apart; {len(parted.open_cases)} of these cases are open."
        f" {len(parted.echoes)} open cases began with our own posts. The channel of triage has"
        " their numbers.",
        err=True,
    )
