"""How people in Slack reach the desk: clicks, commands, home tabs; open once Slack answers."""

import logging
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.domain.ids import ChannelId, MemberId
from bot.domain.ports import Identity, Now
from bot.jobs import Attempts, Job, Loop, told
from bot.services.click_updates import ClickUpdates
from bot.services.roster import Roster
from bot.slack.forms import SlackForms
from bot.slack.home_tabs import HomeTabs
from bot.slack.line import SlackLine
from bot.slack.whisper import Whisper
from bot.views.drawn import Drawn
from bot.views.home import home
from bot.wiring import Services, steady_time
from config.settings import Settings
from handlers.app import build_app
from handlers.desk import Desk
from handlers.doors import HttpDoor, SocketDoor, http_door

log = logging.getLogger(__name__)

HOMES_EVERY = timedelta(seconds=15)  # a burst of changes is drawn once
LISTENERS = 16  # clicks at once; each is one local commit


class SlackSide:
    def __init__(self, settings: Settings, services: Services, line: SlackLine, *, is_alone: bool):
        self._is_alone = is_alone
        self._settings = settings
        self._services = services
        self._line = line
        self._client = line.client()
        self._directory = line.directory(self._client)
        self.roster = Roster(services.kernel, self._directory)
        self._whisper = Whisper(self._client)
        self._homes = HomeTabs(self._client, self._draw_home, services.kernel.now)
        self._answers = ThreadPoolExecutor(4, "answers")
        self._roster_events = ThreadPoolExecutor(1, "roster")  # one after the other, as they came
        self._clicks = Loop("clicks", ClickUpdates(services.kernel, line.hooks).send_due)
        self._fault: str | None = "Slack was not reached yet"
        self._door: SocketDoor | None = None
        self.http: HttpDoor = _not_yet
        self._coming_up = Attempts(
            "slack", self._open_doors, self._not_reached, may=self.roster.is_known
        )

    def start(self) -> None:
        self._services.nudges.add(self._coming_up.nudge)  # as soon as it is known who is where
        self._coming_up.start()

    def stop(self) -> None:
        """No new clicks; what was asked for is answered."""
        self._line.stopping.set()
        self._services.nudges.remove(self._coming_up.nudge)
        self._coming_up.stop()
        if self._door:
            self._door.close()
        self._clicks.stop()
        self._answers.shutdown()
        self._roster_events.shutdown(cancel_futures=True)  # the next sweep reads it all

    def fault(self) -> str | None:
        """Why people in Slack do not reach the desk now, or None."""
        return self._fault or self.line_fault()

    def line_fault(self) -> str | None:
        """Why the open line to Slack does not work, whatever else there may be."""
        return self._door.fault() if self._door else None

    def jobs(self) -> list[Job]:
        return [
            Job("home tabs", self._refresh_homes, HOMES_EVERY),
        ]

    def _not_reached(self, error: Exception) -> None:
        self._fault = told(error)
        log.warning("slack not reached", extra={"why": self._fault})

    def _open_doors(self) -> None:
        identity = self._directory.identity()
        app = build_app(self._client, self._desk(identity), identity, LISTENERS)
        self.http = http_door(app)
        if self._settings.slack_app_token:
            token = self._settings.slack_app_token
            self._door = self._door or SocketDoor(app, token, steady_time)
            self._door.connect()
        self._services.nudges.add(self._clicks.nudge)
        self._services.nudges.add(self._homes.changed)
        self._clicks.start()
        self._fault = None

    def _desk(self, identity: Identity) -> Desk:
        one = self._services
        return Desk(
            intake=one.intake, casework=one.casework, closings=one.closings,
            merging=one.merging, elsewhere=one.elsewhere,
            hand_offs=one.hand_offs, questions=one.questions, replies=one.replies,
            watch=one.watch, boards=one.boards, policies=one.policies,
            administration=one.administration, rota=one.rota, figures=one.figures,
            roster=self.roster, publish_home=self._homes.publish, once=one.once,
            incidents=one.incidents, epochs=one.epochs,
            voice=self._answers, whisper=self._say_privately, tell=self._whisper.tell,
            forms=SlackForms(self._client),
            now=one.kernel.now, new_key=one.kernel.new_key, team=identity.team,
            prefix=self._settings.command_prefix, bot_user=identity.bot_user,
            keep_hook=self._line.hooks.keep, aside=self._roster_events,
        )  # fmt: skip

    def _say_privately(
        self, channel: ChannelId, member: MemberId, told: Drawn, thread: str | None
    ) -> None:
        self._answers.submit(self._whisper.say, channel, member, told, thread)

    def _draw_home(self, member: MemberId) -> Drawn:
        return self._line.prefixed(home(self._services.home.board(by=member)))

    def _refresh_homes(self) -> None:
        if not self._is_alone:
            self._homes.changed()  # what other processes keep need not be heard here
        self._homes.refresh()


def _not_yet(_body: bytes, _headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], str]:
    return 503, {"Retry-After": "5"}, ""


def line_to_slack(settings: Settings, now: Now) -> SlackLine:
    assert settings.slack_bot_token is not None  # `faults_for_run` has asked for it
    if settings.slack_is_here:
        _forget_proxies()
    token, url = settings.slack_bot_token, settings.slack_api_url
    return SlackLine(token, url, settings.command_prefix, now)


def _forget_proxies() -> None:
    """Bolt's own answers ask the environment, NO_PROXY or not, and a proxy knows no loopback."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)
