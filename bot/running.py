"""A desk that runs: the parts of this process started in order, watched, stopped in reverse."""

import logging
import os
import socket
from collections.abc import Mapping
from datetime import timedelta

from bot.domain.errors import AddressTaken, StoreUnavailable
from bot.domain.leases import Task
from bot.domain.ports import Network, Now
from bot.domain.post import Delivery, Post
from bot.jobs import Clock, Job, Loop
from bot.logs import UpsAndDowns
from bot.parts.clockwork import Clockwork
from bot.parts.delivering import Delivering
from bot.parts.reception import Reception
from bot.parts.share import CLOCK, DELIVERY, SLACK, WEB, WHOLE, Share
from bot.services.desk_page import desk_page
from bot.services.intake import Receipt
from bot.services.terms import Begin, Process, Terms
from bot.slack_side import SlackSide, line_to_slack
from bot.web.app import create_app
from bot.web.doors import Doors
from bot.web.quota import Quota
from bot.web.server import RunningServer, serve
from bot.wiring import Services, fresh_key, steady_time
from config.settings import Settings

log = logging.getLogger(__name__)

TIME_LOOKED_AT = timedelta(milliseconds=500)  # so soon a leap of a clock is known


class RunningDesk:
    """The parts that this process has a share in; `ready` says what does not work."""

    def __init__(
        self, settings: Settings, services: Services, now: Now, networks: Mapping[str, Network],
        share: Share = WHOLE,
    ):  # fmt: skip
        self._settings = settings
        self._services = services
        self._now = now
        self._parts = share.parts
        line = line_to_slack(settings, now)
        self._slack = SlackSide(settings, services, line, is_alone=share.is_alone)
        self._delivering = Delivering(settings, services, line, networks, self._slack.roster)
        self._clockwork = Clockwork(services, line, now)
        self._reception = Reception(services.intake.receive, now)
        process = Process(_name(), share.is_alone)
        self._terms = Terms(services.kernel.store, process, self._tasks(), now, steady_time)
        self._time = Loop("time", self._look_at_time, idle=TIME_LOOKED_AT)
        self._keeper = Loop("terms", self._terms.turn)
        self._clock = Clock(self._jobs(), now)
        self._ups_and_downs = UpsAndDowns("slack")
        self._server: RunningServer | None = None

    @property
    def url(self) -> str:
        assert self._server is not None  # only a started desk has one
        return self._server.url

    def start(self) -> None:
        self._server = self._serve()
        if self._hears_clicks:
            self._slack.start()
        self._services.kernel.store.listen(self._services.nudges)
        self._time.start()
        self._keeper.start()
        self._clock.start()
        log.info("desk started", extra={"url": self._server.url, "parts": sorted(self._parts)})

    def stop(self) -> None:
        """What is being done is done to its end; then others may go on at once."""
        self._clock.stop()
        self._time.stop()
        if self._hears_clicks:
            self._slack.stop()
        self._terms.close()
        self._keeper.stop()
        self._release()
        self._delivering.stop()
        if self._server:
            self._server.stop()
        log.info("desk stopped")

    def ready(self) -> dict[str, str | None]:
        """Whoever cannot ask the store blames nobody else for what only follows from that."""
        store = self._store_fault()
        clock = None if store else self._clock_fault()
        slack = self._line_fault() if store else self._slack_fault()
        intake = {"intake": self._reception.fault()} if WEB in self._parts else {}
        return {**intake, "store": store, "clock": clock, "slack": slack}

    # What this process does

    @property
    def _is_over_http(self) -> bool:
        return self._settings.slack_app_token is None

    @property
    def _hears_clicks(self) -> bool:
        return (WEB if self._is_over_http else SLACK) in self._parts

    def _tasks(self) -> dict[Task, Begin]:
        clockwork = self._clockwork.tasks() if CLOCK in self._parts else {}
        delivering = self._delivering.tasks() if DELIVERY in self._parts else {}
        return {**clockwork, **delivering}

    def _jobs(self) -> list[Job]:
        clicks = self._slack.jobs() if self._hears_clicks else []
        return [*clicks, Job("state", self._say_state, timedelta(seconds=10))]

    def _release(self) -> None:
        try:
            self._terms.release()
        except StoreUnavailable as away:  # then others wait until the leases have run out
            log.warning("leases not released", extra={"why": str(away)})

    # What does not work

    def _store_fault(self) -> str | None:
        try:
            self._services.kernel.store.must_take_writes()
        except StoreUnavailable as error:
            return str(error)
        return None

    def _clock_fault(self) -> str | None:
        """Of the desk as a whole, whichever process has the clock."""
        return None if self._terms.is_done(Task.CLOCK) else "the clock stands still"

    def _slack_fault(self) -> str | None:
        try:
            missing = self._slack.roster.missing()
        except StoreUnavailable:
            return self._line_fault()
        own = (self._clockwork.fault(), self._delivering.fault())
        clicks = self._slack.fault() if self._hears_clicks else None
        if fault := next(filter(None, (*own, clicks)), None):
            return fault
        if not self._terms.is_done(Task.DELIVERY):
            return "nobody delivers"
        return "; ".join(missing) or None

    def _line_fault(self) -> str | None:
        """What has come between this process and Slack itself, whatever becomes of the store."""
        clicks = self._slack.line_fault() if self._hears_clicks else None
        return self._delivering.fault() or clicks

    def _look_at_time(self) -> int:
        try:
            return self._services.time.look()
        finally:
            for skew in self._services.time.report().skews:
                self._services.metrics.skewed(skew.clock, skew.ahead.total_seconds())

    def _say_state(self) -> None:
        for task in Task:
            self._services.metrics.holds(task, is_held=self._terms.has(task))
        fault = self._slack_fault()
        self._ups_and_downs.hear(fault)
        self._services.metrics.connected(is_connected=fault is None)

    # The doors

    def _serve(self) -> RunningServer:
        host, port = self._settings.host, self._settings.port
        app = create_app(self._doors(), is_whole=WEB in self._parts)
        try:
            return serve(app, host, port, proxies=self._settings.reverse_proxies)
        except OSError as taken:
            raise AddressTaken(f"{host}:{port}") from taken

    def _receive(self, post: Post, delivery: Delivery | None) -> Receipt:
        receipt = self._reception.receive(post, delivery)
        self._services.metrics.received(duplicate=receipt.duplicate)
        return receipt

    def _doors(self) -> Doors:
        settings, over_http = self._settings, self._is_over_http
        services, doors = self._services, self._services.kernel.accounts.doors
        return Doors(
            receive=self._receive,
            intakes={door.name: services.secrets.get(door.secret) for door in doors},
            quota=Quota(settings.intake_per_minute),
            ready=self.ready,
            waits=services.epochs.waits,
            is_keeping=services.kernel.store.has_just_kept,
            set_aside=services.watch.set_aside,
            metrics=services.metrics.text,
            desk_page=lambda page: desk_page(services.kernel, page),
            desk_token=settings.desk_token,
            slack=(lambda body, headers: self._slack.http(body, headers)) if over_http else None,
            slack_signing_secret=settings.slack_signing_secret,
            now=self._now,
            wall=services.time.wall,
            clocks=services.time.report,
            new_key=fresh_key,
        )


def _name() -> str:
    """Of this process, in the leases: for people its machine and number, and unlike any other."""
    return f"{socket.gethostname()}:{os.getpid()}:{fresh_key()}"
