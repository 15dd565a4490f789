"""`run`: the desk, until it is told to stop."""

import gc
import logging
import signal
import threading

import click

from bot.commands.opening import open_desk, read_networks, read_settings
from bot.commands.output import say_if_possible
from bot.domain.errors import Broken
from bot.parts.share import PARTS, SLACK, WEB, Share
from bot.running import RunningDesk
from bot.store.engines import sqlite_file
from bot.store.single_run import only_run
from bot.wiring import networks
from config.settings import Settings

log = logging.getLogger(__name__)


@click.command()
@click.option("--parts", default=",".join(sorted(PARTS)), show_default=True, metavar="LIST")
def run(parts: str) -> None:
    """The desk: intake, Slack, clock and delivery, in one process or in several."""
    wanted = _understood(parts)
    settings = read_settings()
    _refuse_parts(wanted, settings)
    known = read_networks(settings)
    if faults := [*settings.faults_for_run(), *known.faults_for_run]:
        raise Broken(faults)
    database = settings.database_url
    with only_run(database):
        services, differing = open_desk(settings, known)
        for file in differing:
            log.warning("file differs from what is in force", extra={"file": file})
        ways_out = networks(services)
        share = Share(wanted, is_alone=sqlite_file(database) is not None)
        desk = RunningDesk(settings, services, services.time.now, ways_out, share)
        ended = told_to_end()
        desk.start()
        say_if_possible(f"The desk runs at {desk.url}")
        wait_for(ended)
        desk.stop()


# Seconds. Python acts on a signal in its main thread, which one that another thread has taken does
# not wake: it has to wake by itself.
LOOKS_UP = 0.5


def told_to_end() -> threading.Event:
    """Set by SIGTERM or Ctrl-C from now on, so that no end comes before the desk can be stopped."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended


def wait_for(ended: threading.Event) -> None:
    # What the start has made stays: the collector need not look through it in every sweep. Only a
    # process that ends with its desk may do so; elsewhere what is frozen is never given back.
    gc.collect()
    gc.freeze()
    while not ended.wait(LOOKS_UP):
        pass


def _understood(parts: str) -> frozenset[str]:
    wanted = frozenset(part.strip() for part in parts.split(","))
    if unknown := wanted - PARTS:
        raise _bad_parts(f"no such part: {', '.join(sorted(unknown))}; there are "
                         f"{', '.join(sorted(PARTS))}")  # fmt: skip
    return wanted


def _refuse_parts(wanted: frozenset[str], settings: Settings) -> None:
    if sqlite_file(settings.database_url) and wanted != PARTS:
        raise _bad_parts(
            "a desk in SQLite runs all its parts in one process;"
            " several need PostgreSQL, see docs/processes.md"
        )
    if settings.slack_app_token is None and SLACK in wanted and WEB not in wanted:
        raise _bad_parts(
            "without SLACK_APP_TOKEN Slack comes in by web; leave slack out, see docs/processes.md"
        )


def _bad_parts(why: str) -> click.BadParameter:
    return click.BadParameter(why, param_hint="--parts")
