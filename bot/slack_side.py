"""Everything that speaks with Slack, put together; it comes up as soon as Slack answers."""

import logging
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.domain.effects import Kind
from bot.domain.errors import StoreUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.domain.ports import Identity
from bot.jobs import Attempts, Job, Loop
from bot.services.delivery import Delivery
from bot.services.rooms import Rooms
from bot.services.roster import Roster
from bot.services.user_group import UserGroup
from bot.slack.budget import Budget
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from bot.slack.home_tabs import HomeTabs
from bot.slack.rooms import SlackRooms
from bot.slack.speaker import SlackSpeaker
from bot.slack.user_groups import SlackUserGroups
from bot.slack.voice import Voice
from bot.slack.whisper import Whisper
from bot.views.draw import draw
from bot.views.drawn import Drawn
from bot.views.home import home
from bot.views.prefixed import prefixed
from bot.wiring import Services
from config.settings import Settings
from handlers.app import build_app
from handlers.desk import Desk
from handlers.doors import SocketDoor, http_door

log = logging.getLogger(__name__)

DELIVERERS = 4  # messages on their way at once: a call takes about a fifth of a second
HOMES_EVERY = timedelta(seconds=15)  # a burst of changes is drawn once
LISTENERS = 16  # clicks at once; each is one local commit

Answer = tuple[int, Mapping[str, str], str]


class SlackSide:
    def __init__(self, settings: Settings, services: Services):
        assert settings.slack_bot_token is not None  # `faults_for_run` has asked for it
        self._settings = settings
        self._services = services
        if settings.slack_is_here:
            _forget_proxies()
        self._client = make_client(settings.slack_bot_token, settings.slack_api_url)
        directory = SlackDirectory(self._client, time.sleep)
        self.roster = Roster(services.kernel, directory)
        self._user_group = UserGroup(services.kernel, SlackUserGroups(self._client))
        self._whisper = Whisper(self._client)
        self._homes = HomeTabs(self._client, self._draw_home, services.kernel.now)
        self._answers = ThreadPoolExecutor(4, "answers")
        self._deliverers = ThreadPoolExecutor(DELIVERERS, "delivery")
        speaker = SlackSpeaker(self._client, self._draw)
        voice = Voice(speaker, _budget(settings), services.kernel.now)
        self.delivery = Delivery(services.kernel, voice, self._deliverers)
        self._loop = Loop("delivery", self.delivery.deliver_due)
        rooms = Rooms(services.kernel, SlackRooms(self._client, directory))
        self._rooms = Loop("rooms", rooms.furnish_due)
        self._fault: str | None = "Slack was not reached yet"
        self._told: str | None = self._fault  # the last that the log has heard
        self._door: SocketDoor | None = None
        self.http: Callable[[bytes, Mapping[str, str]], Answer] = _not_yet
        self._coming_up = Attempts("slack", self._open_doors, self._not_reached)

    def start(self) -> None:
        self.delivery.recover()
        self._coming_up.start()

    def stop(self) -> None:
        """No new clicks; what is being said is said to its end."""
        self._coming_up.stop()
        if self._door:
            self._door.close()
        self._loop.stop()
        self._rooms.stop()
        self._deliverers.shutdown()
        self._answers.shutdown()

    def fault(self) -> str | None:
        """Why Slack does not work for the desk now, or None."""
        if self._fault or self.delivery.fault:
            return self._fault or self.delivery.fault
        if self._door and not self._door.is_connected():
            return "Socket Mode is not connected"
        try:
            return "; ".join(self.roster.missing()) or None
        except StoreUnavailable:
            return "whether all channels are there cannot be read"

    def jobs(self) -> list[Job]:
        return [
            Job("look-ups", self.delivery.look_for_unknown, timedelta(seconds=1)),
            Job("roster", self._sweep_roster, timedelta(minutes=10)),
            Job("user-group", self._keep_user_group, timedelta(seconds=30)),
            Job("home tabs", self._homes.refresh, HOMES_EVERY),
            Job("connection", self._mend_connection, timedelta(seconds=10)),
        ]

    def _not_reached(self, why: str) -> None:
        self._fault = f"Slack: {why}"
        log.warning("slack not reached", extra={"why": why})

    def _open_doors(self) -> None:
        identity = self.roster.sweep()
        self._services.rota_watch.say_holes()
        app = build_app(self._client, self._desk(identity), identity, LISTENERS)
        self.http = http_door(app)
        if self._settings.slack_app_token:
            self._door = SocketDoor(app, self._settings.slack_app_token)
            self._door.connect()
        self._services.nudges.add(self._loop.nudge)
        self._services.nudges.add(self._homes.changed)
        self._services.nudges.add(self._rooms.nudge)
        self._loop.start()
        self._rooms.start()
        self._fault = None

    def _desk(self, identity: Identity) -> Desk:
        one = self._services
        return Desk(
            intake=one.intake, casework=one.casework, closings=one.closings,
            hand_offs=one.hand_offs, questions=one.questions, replies=one.replies,
            watch=one.watch, boards=one.boards, policies=one.policies,
            administration=one.administration, rota=one.rota, figures=one.figures,
            roster=self.roster, publish_home=self._homes.publish, once=one.once.first,
            incidents=one.incidents, epochs=one.epochs,
            voice=self._answers, whisper=self._say_privately,
            now=one.kernel.now, new_key=one.kernel.new_key, team=identity.team,
            prefix=self._settings.command_prefix, bot_user=identity.bot_user,
        )  # fmt: skip

    def _say_privately(
        self, channel: ChannelId, member: MemberId, text: str, thread: str | None
    ) -> None:
        self._answers.submit(self._whisper.say, channel, member, text, thread)

    def _draw(self, kind: Kind, content: object) -> Drawn:
        return prefixed(draw(kind, content), self._settings.command_prefix)

    def _draw_home(self, member: MemberId) -> Drawn:
        return prefixed(home(self._services.home.board(by=member)), self._settings.command_prefix)

    def _sweep_roster(self) -> None:
        if self._fault is None:
            self.roster.sweep()

    def _keep_user_group(self) -> None:
        if self._fault is None:
            self._user_group.keep()

    def _mend_connection(self) -> None:
        """The library reconnects by itself; where it has given up, a new connection is made."""
        if self._door and self._fault is None:
            self._door.mend()
        fault = self.fault()
        if fault != self._told:
            log.warning("slack works again" if fault is None else "slack", extra={"why": fault})
            self._told = fault
        self._services.metrics.connected(is_connected=fault is None)


def _budget(settings: Settings) -> Budget:
    pace = settings.messages_per_second
    return Budget(None if pace == float("inf") else pace)


def _forget_proxies() -> None:
    """Bolt's own answers ask the environment, NO_PROXY or not, and a proxy knows no loopback."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)


def _not_yet(_body: bytes, _headers: Mapping[str, str]) -> Answer:
    return 503, {"Retry-After": "5"}, ""
