"""`run`: the desk, until it is told to stop."""

import logging
import signal
import threading
from collections.abc import Iterable

import click

from bot.commands.opening import open_desk, read_settings
from bot.domain.errors import Broken
from bot.running import PARTS, RunningDesk
from bot.store.single_run import only_run, refuse_moved
from bot.wiring import machine_time, networks

log = logging.getLogger(__name__)


@click.command()
@click.option("--parts", default=",".join(sorted(PARTS)), show_default=True, metavar="LIST")
def run(parts: str) -> None:
    """The desk: intake, Slack, clock and delivery in one process."""
    _refuse_parts(parts.split(","))
    settings = read_settings()
    faults = settings.faults_for_run()
    if faults:
        raise Broken(faults)
    refuse_moved(settings.database_url)
    with only_run(settings.database_url):
        services, differing = open_desk(settings)
        for file in differing:
            log.warning("file differs from what is in force", extra={"file": file})
        ways_out = networks(settings, machine_time)
        desk = RunningDesk(settings, services, machine_time, ways_out)
        desk.start()
        click.echo(f"The desk runs at {desk.url}")
        wait_for_the_end()
        desk.stop()


def wait_for_the_end() -> None:
    """Until SIGTERM or Ctrl-C."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()


def _refuse_parts(parts: Iterable[str]) -> None:
    """With SQLite all parts share one process; a part alone needs a database that can be shared."""
    wanted = {part.strip() for part in parts}
    if unknown := wanted - PARTS:
        raise click.BadParameter(f"no such part: {', '.join(sorted(unknown))}; there are "
                                 f"{', '.join(sorted(PARTS))}", param_hint="--parts")  # fmt: skip
    if wanted != PARTS:
        raise click.BadParameter(
            "a desk in SQLite runs all its parts in one process", param_hint="--parts"
        )
