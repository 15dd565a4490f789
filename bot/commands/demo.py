"""`demo`: everything on one machine, without Slack, accounts or keys."""

import errno
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.commands.output import say
from bot.commands.run import told_to_end, wait_for
from bot.demo.house import Demo, open_demo
from bot.demo.play import SCENARIOS, SPEEDS
from bot.logs import configure_logging


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
    help="Of the page; 0 takes a free one.",
)  # fmt: skip
@click.option("--scenario", type=click.Choice(sorted(SCENARIOS)), default="day", show_default=True)
@click.option(
    "--speed", type=click.Choice(list(SPEEDS)), default="calm", show_default=True,
    help="How fast customers write; the page can change it.",
)  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def demo(port: int, scenario: str, speed: str, no_browser: bool) -> None:
    """A local Slack page, a desk and sample customers; nothing leaves this machine."""
    configure_logging("ERROR")
    with (
        tempfile.TemporaryDirectory() as folder,
        _opened(Path(folder), port, scenario, speed) as opened,
    ):
        _greet(opened.slack.url)
        if not no_browser:
            webbrowser.open(opened.slack.url)
        wait_for(told_to_end())


@contextmanager
def _opened(folder: Path, port: int, scenario: str, speed: str) -> Iterator[Demo]:
    try:
        with open_demo(folder, port=port, scenario=scenario, speed=speed) as opened:
            yield opened
    except OSError as refused:
        if refused.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise click.ClickException(
            f"port {port} is taken; is another demo running? "
            'Take a free one: make demo ARGS="--port 0"'
        ) from refused


def _greet(url: str) -> None:
    say("Samepage: customers' public posts as cards in Slack, answered in time.")
    say("All of it runs on this machine, and nothing leaves it.")
    say(url)
    say("Begin as Ann in #care-service: press Claim under #1042. Ctrl-C ends it.")
