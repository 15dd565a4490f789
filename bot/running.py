"""A desk that runs: the parts started in order, watched, and stopped in the reverse order."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.domain.errors import AddressTaken, StoreUnavailable
from bot.domain.ports import Network, Now
from bot.domain.post import Post
from bot.jobs import Clock, Job, Loop
from bot.services.desk_page import desk_page
from bot.services.intake import Receipt
from bot.services.sending import Sending
from bot.slack_side import SlackSide
from bot.web.app import create_app
from bot.web.doors import Doors
from bot.web.quota import Quota
from bot.web.server import RunningServer, serve
from bot.wiring import Services, fresh_key
from config.settings import Settings

log = logging.getLogger(__name__)

PARTS = frozenset({"web", "slack", "clock", "delivery"})
SWEEP = "sweep"
STILL_FOR = timedelta(seconds=15)  # a clock that has not swept for so long does not work


class RunningDesk:
    """All parts in this process; `ready` says what does not work."""

    def __init__(
        self, settings: Settings, services: Services, now: Now, networks: Mapping[str, Network]
    ):
        self._settings = settings
        self._services = services
        self._now = now
        self._slack = SlackSide(settings, services)
        self._sending = Sending(services.kernel, networks)
        self._replies = Loop("replies", self._sending.send_due)
        self._clock = Clock(self._jobs(), now)
        self._server: RunningServer | None = None

    @property
    def url(self) -> str:
        assert self._server is not None  # only a started desk has one
        return self._server.url

    def start(self) -> None:
        self._server = self._serve()
        self._sending.recover()
        self._services.nudges.add(self._replies.nudge)
        self._services.kernel.store.listen(self._services.nudges)
        self._slack.start()
        self._replies.start()
        self._clock.start()
        log.info("desk started", extra={"url": self._server.url})

    def stop(self) -> None:
        self._clock.stop()
        self._slack.stop()
        self._replies.stop()
        if self._server:
            self._server.stop()
        log.info("desk stopped")

    def ready(self) -> dict[str, str | None]:
        return {
            "intake": None,
            "store": self._store_fault(),
            "clock": self._clock_fault(),
            "slack": self._slack_fault(),
        }

    def _serve(self) -> RunningServer:
        host, port = self._settings.host, self._settings.port
        try:
            return serve(create_app(self._doors()), host, port)
        except OSError as taken:
            raise AddressTaken(f"{host}:{port}") from taken

    def _jobs(self) -> list[Job]:
        watch = self._services.watch
        return [
            Job(SWEEP, self._sweep, timedelta(milliseconds=500), watch.next_at),
            Job("epoch", self._services.epochs.look, timedelta(seconds=5)),
            Job("rota", self._services.rota_watch.say_holes, timedelta(minutes=5)),
            Job("forget", self._services.once.forget, timedelta(hours=6)),
            Job("incidents", self._services.incident_clock.remind, timedelta(seconds=5)),
            *self._slack.jobs(),
        ]

    def _sweep(self) -> None:
        due = self._services.watch.next_at()
        if due is not None and due <= self._now():
            self._services.metrics.swept((self._now() - due).total_seconds())
            self._services.watch.sweep()

    def _store_fault(self) -> str | None:
        try:
            self._services.kernel.store.must_take_writes()
        except StoreUnavailable as error:
            return str(error)
        return None

    def _slack_fault(self) -> str | None:
        try:
            return self._slack.fault()
        except StoreUnavailable as away:
            return f"nobody knows: {away}"

    def _clock_fault(self) -> str | None:
        beat = self._clock.last_beat(SWEEP)
        if beat is None or self._now() - beat > STILL_FOR:
            return "the clock stands still"
        return None

    def _receive(self, post: Post, delivery: str | None) -> Receipt:
        receipt = self._services.intake.receive(post, delivery)
        self._services.metrics.received(duplicate=receipt.duplicate)
        return receipt

    def _doors(self) -> Doors:
        settings, over_http = self._settings, self._settings.slack_app_token is None
        return Doors(
            receive=self._receive,
            configured_doors=frozenset({"webhook"}),
            intake_secret=settings.intake_secret,
            quota=Quota(settings.intake_per_minute),
            ready=self.ready,
            waits=self._services.epochs.waits,
            metrics=self._services.metrics.text,
            desk_page=lambda: desk_page(self._services.kernel),
            desk_token=settings.desk_token,
            slack=(lambda body, headers: self._slack.http(body, headers)) if over_http else None,
            slack_signing_secret=settings.slack_signing_secret,
            now=self._now,
            new_key=fresh_key,
        )
