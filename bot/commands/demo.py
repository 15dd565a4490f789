"""`demo`: everything on one machine, without Slack, accounts or keys."""

import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.commands.run import wait_for_the_end
from bot.demo.network import SampleNetwork
from bot.demo.play import SCENARIOS, Play, read_scenario
from bot.demo.stage import DOCUMENTS, departments, set_stage
from bot.first_start import take_over_files
from bot.logs import configure_logging
from bot.running import RunningDesk
from bot.wiring import build_services, machine_time, open_store
from config.files import SHIPPED, read_documents
from config.settings import Settings, load_settings
from handlers.manifest import manifest
from slack_sandbox import Sandbox


@click.command()
@click.option("--port", default=8765, show_default=True, help="Of the page; 0 takes a free one.")
@click.option("--scenario", type=click.Choice(sorted(SCENARIOS)), default="day", show_default=True)
@click.option("--speed", type=click.FloatRange(0.1, 1000), default=1.0, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def demo(port: int, scenario: str, speed: float, no_browser: bool) -> None:
    """A local Slack page, a desk and sample customers; nothing leaves this machine."""
    configure_logging("WARNING")
    with _slack_at(port) as slack, tempfile.TemporaryDirectory() as folder:
        set_stage(slack)
        desk, play = _desk(slack, Path(folder), SCENARIOS[scenario], speed)
        desk.start()
        play.start()
        _greet(slack.url)
        if not no_browser:
            webbrowser.open(slack.url)
        wait_for_the_end()
        play.stop()
        desk.stop()


@contextmanager
def _slack_at(port: int) -> Iterator[Sandbox]:
    try:
        slack = Sandbox.start(port=port, manifest=manifest(""))
    except OSError as taken:
        raise click.ClickException(
            f"port {port} is taken; is another demo running? Try --port 0"
        ) from taken
    with slack:
        yield slack


def _desk(slack: Sandbox, folder: Path, scenario: Path, speed: float) -> tuple[RunningDesk, Play]:
    settings = _settings(slack, folder)
    services = build_services(settings, open_store(settings))
    with services.kernel.store.transaction() as tx:
        for area, document in DOCUMENTS.items():
            tx.setup.put(area, document)
        shipped = read_documents(SHIPPED)["departments"]
        tx.setup.put("departments", departments(shipped))
    take_over_files(services.kernel, SHIPPED)
    desk = RunningDesk(settings, services, machine_time, {"": SampleNetwork()})
    return desk, Play(read_scenario(scenario), services.intake, speed=speed)


def _settings(slack: Sandbox, folder: Path) -> Settings:
    return load_settings(
        {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/desk.db",
            "PORT": "0",
            "PUBLIC_REPLIES": "on",
            "DESK_ADMINS": "eve@example.com",
            "CONFIG_DIR": str(SHIPPED),
        },
        None,
    )


def _greet(url: str) -> None:
    click.echo("Samepage: customers' public posts as cards in Slack, answered in time.")
    click.echo("All of it runs on this machine, and nothing leaves it.")
    click.echo(url)
    click.echo("Begin as Ann in #care-service: press Claim on the red card. Ctrl-C ends it.")
