"""The demo put together: a local Slack, a desk with a past, sample networks, the page's extras."""

import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes

from bot.demo.clock import DemoClock
from bot.demo.cloud import Cloud
from bot.demo.customers import Customer, read_customers
from bot.demo.network import SampleNetwork
from bot.demo.page import DemoPage
from bot.demo.past import World, begin_the_day, first_moment, live_the_past
from bot.demo.play import SCENARIOS, SPEEDS, Play, read_scenario
from bot.demo.stage import COMPANY, DOCUMENTS, departments, set_stage
from bot.demo.steps import Progress, offered
from bot.domain.ids import CaseId, MemberId
from bot.first_start import take_over_files
from bot.running import RunningDesk
from bot.services.delivery import Delivery
from bot.services.roster import Roster
from bot.services.sending import Sending
from bot.services.timekeeping import GivenTime
from bot.slack.budget import Budget
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from bot.slack.speaker import SlackSpeaker
from bot.slack.voice import Voice
from bot.store.engines import open_database
from bot.store.store import Store
from bot.views.draw import draw
from bot.wiring import Services, build_services
from config.files import SHIPPED, read_documents
from config.settings import Settings, load_settings
from config.values import KEY_PREFIX
from handlers.manifest import manifest
from slack_sandbox import Person, Sandbox

FIRST_CASE = CaseId(1042)  # the numbers before it belong to the past
DELIVERERS = 4


@dataclass(frozen=True)
class Demo:
    """Everything that runs; nothing of it leaves this machine."""

    slack: Sandbox
    desk: RunningDesk
    services: Services
    clock: DemoClock
    network: SampleNetwork
    play: Play
    cloud: Cloud
    customers: Mapping[str, Customer]

    def start(self) -> None:
        self.slack.rate_limits = True  # so that a storm is one
        self.desk.start()
        self.slack.wait(lambda: self.desk.ready()["slack"] is None, what="a desk that is in Slack")
        page = self._page()
        page.mount()
        self.services.nudges.add(page.hint)
        self.play.start()

    def stop(self) -> None:
        self.play.stop()
        self.cloud.pass_by()
        self.desk.stop()

    def _page(self) -> DemoPage:
        commands = {str(one["command"]) for one in self.slack.workspace.manifest.commands or []}
        return DemoPage(
            self.slack, self.services.kernel, self.clock, self.network, self.play, self.cloud,
            self.customers, Progress(offered(commands)), [], FIRST_CASE,
        )  # fmt: skip


@contextmanager
def open_demo(folder: Path, *, port: int, scenario: str, speed: str) -> Iterator[Demo]:
    """A desk with its past behind it; a port that is taken is an OSError."""
    clock = DemoClock()
    clock.stand(first_moment())
    with Sandbox.start(
        port=port, manifest=manifest(""), team=COMPANY, clock=clock.seconds
    ) as slack:
        people = set_stage(slack)
        demo = _built(slack, clock, _settings(slack, folder), (scenario, SPEEDS[speed]))
        _live(demo, people, _settings(slack, folder))
        demo.start()
        yield demo
        demo.stop()


def _built(slack: Sandbox, clock: DemoClock, settings: Settings, play: tuple[str, float]) -> Demo:
    # What is lost with the machine was only a demo: no waiting for the disk.
    store = Store(open_database(settings.database_url, durable=False))
    store.migrate()
    services = build_services(settings, store, GivenTime(clock.now))
    _lay_down_rules(services)
    network = SampleNetwork(services.intake.receive, clock.now)
    desk = RunningDesk(settings, services, clock.now, {"": network})
    customers = read_customers()
    scenario, speed = play
    cues = read_scenario(SCENARIOS[scenario], customers)
    played = Play(cues, network.publish, speed=speed)
    cloud = Cloud(network.publish)
    return Demo(slack, desk, services, clock, network, played, cloud, customers)


def _lay_down_rules(services: Services) -> None:
    shipped = read_documents(SHIPPED)["departments"]
    with services.kernel.store.transaction() as tx:
        for area, document in {**DOCUMENTS, "departments": departments(shipped)}.items():
            tx.setup.put(area, document)
    take_over_files(services.kernel, SHIPPED)


def _live(demo: Demo, people: Mapping[str, Person], settings: Settings) -> None:
    """The seven days before, and the cards to begin with; then the clock goes on by itself."""
    assert settings.slack_bot_token is not None
    client = make_client(settings.slack_bot_token, settings.slack_api_url)
    kernel = demo.services.kernel
    Roster(kernel, SlackDirectory(client, time.sleep)).sweep()
    voice = Voice(SlackSpeaker(client, draw), Budget(None), kernel.now)
    with ThreadPoolExecutor(DELIVERERS, "past") as pool:
        world = World(
            demo.clock, demo.services, demo.network, demo.customers,
            {name: MemberId(person.id) for name, person in people.items()},
            Sending(kernel, {"": demo.network}), Delivery(kernel, voice, pool),
        )  # fmt: skip
        live_the_past(world)
        demo.slack.mark_all_read()
        begin_the_day(world)
    demo.clock.go_on()


def _settings(slack: Sandbox, folder: Path) -> Settings:
    return load_settings(
        {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "SLACK_PACE": "1",
            "DATABASE_URL": f"sqlite:///{folder}/desk.db",
            "PORT": "0",
            "PUBLIC_REPLIES": "on",
            "DESK_ADMINS": "eve@example.com",
            "CONFIG_DIR": str(SHIPPED),
            # Where the sample networks would be; what is sent there stays in this process.
            "WEBHOOK_REPLY_URL": "http://127.0.0.1/sample-networks",
            "INTAKE_SECRET": KEY_PREFIX + b64encode(token_bytes(32)).decode(),
        },
        None,
    )
