"""The clock's door: what is done again and again, and the loops that empty the outbox.

APScheduler is the clock only. What is due stands in rows, so nothing is lost when a tick is. It
goes by the machine's clock, which anybody may set: a guard sets going what then lies too far ahead.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler

from bot.domain.errors import StoreUnavailable, TermOver, Unavailable
from bot.domain.ports import Now

log = logging.getLogger(__name__)

TRY_AGAIN_AFTER = timedelta(seconds=5)


@dataclass(frozen=True)
class Job:
    """Done every so often; `next_at` brings the next time forward to when something is due."""

    name: str
    run: Callable[[], object]
    every: timedelta
    next_at: Callable[[], datetime | None] | None = None


class Clock:
    """Runs the jobs; a job that fails is logged and comes again."""

    SOONEST = timedelta(milliseconds=100)  # between two runs of one job, whatever is due
    LOOKED_AT = timedelta(milliseconds=500)  # so soon a machine's clock that was set back is seen

    def __init__(self, jobs: list[Job], now: Now):
        self._now = now
        self._beats: dict[str, datetime] = {}
        self._planning = threading.Lock()
        self._stopped = False
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_listener(_say, EVENT_JOB_ERROR)
        for job in jobs:
            self._scheduler.add_job(
                self._run, "interval", (job,), id=job.name, seconds=job.every.total_seconds(),
                next_run_time=_wall() + self.SOONEST,
            )  # fmt: skip
        self._every = {job.name: job.every for job in jobs}
        self._guard = Loop("clock guard", self._set_going, idle=self.LOOKED_AT)
        self._is_guarded = False

    def start(self) -> None:
        self._scheduler.start()
        if not self._is_guarded:
            self._is_guarded = True
            self._guard.start()

    def stop(self) -> None:
        """Waits for what is running, and lets nothing be planned meanwhile.

        The scheduler holds its own lock while it waits, and a job that plans asks for that lock.
        """
        self._plan_no_more()
        self._guard.stop()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def leave(self) -> None:
        """The same without waiting."""
        self._plan_no_more()
        self._guard.leave()
        self._scheduler.shutdown(wait=False)

    def last_beat(self, name: str) -> datetime | None:
        """When that job was last done to its end."""
        return self._beats.get(name)

    def _plan_no_more(self) -> None:
        with self._planning:
            self._stopped = True

    def _run(self, job: Job) -> None:
        try:
            job.run()
        except TermOver:
            return  # whose task it is now does it
        except Unavailable as away:  # it comes again; where it happened is of no interest
            log.warning("job has to wait", extra={"job": job.name, "why": str(away)})
            return
        self._beats[job.name] = self._now()
        due = job.next_at() if job.next_at else None
        if due:
            self._plan(job.name, min(max(due - self._now(), self.SOONEST), job.every))

    def _plan(self, name: str, wait: timedelta) -> None:
        """The scheduler goes by the machine's clock, which is not always the desk's."""
        with self._planning:
            if not self._stopped:
                self._scheduler.modify_job(name, next_run_time=_wall() + wait)

    def _set_going(self) -> int:
        """No job waits longer than it ever should, unless the machine's clock was set back."""
        for job in self._scheduler.get_jobs():
            if job.next_run_time > _wall() + self._every[job.id] + self.LOOKED_AT:
                log.warning("job set going again", extra={"job": job.id})
                self._plan(job.id, self.SOONEST)
        return 0


class Loop:
    """Empties one queue: again at once while there is something, else after a nudge or a while."""

    IDLE = timedelta(milliseconds=250)  # other processes write beside us and cannot nudge
    GATHER = timedelta(milliseconds=20)  # many clicks at once are worth one look, not one each
    AFTER_FAILURE = timedelta(seconds=1)

    def __init__(
        self,
        name: str,
        step: Callable[[], int],
        *,
        first: Callable[[], object] | None = None,
        idle: timedelta = IDLE,
    ):
        """`first` is done before any step, until it has succeeded once."""
        self._name = name
        self._step = step
        self._first = first
        self._idle = idle
        self._nudged = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        self._nudged.set()

    def stop(self) -> None:
        """After the step that is running."""
        self.leave()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def leave(self) -> None:
        """The same without waiting."""
        self._stopping.set()
        self._nudged.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                done = self._turn()
            except TermOver:
                return  # whose task it is now does it
            except Exception as error:  # one bad row, or a store that is away, ends no loop
                self._say(error)
                self._stopping.wait(self.AFTER_FAILURE.total_seconds())
                continue
            if not done:
                if self._nudged.wait(self._idle.total_seconds()):
                    self._stopping.wait(self.GATHER.total_seconds())
                self._nudged.clear()

    def _turn(self) -> int:
        if self._first:
            self._first()
            self._first = None
        return self._step()

    def _say(self, error: Exception) -> None:
        """What is away comes back; anything else is a fault of ours."""
        if isinstance(error, Unavailable):
            log.warning("loop has to wait", extra={"loop": self._name, "why": str(error)})
        else:
            log.error("loop failed", extra={"loop": self._name}, exc_info=error)


class Attempts:
    """Tries one thing until it succeeds once; each failure is told and logged."""

    SOON = timedelta(milliseconds=250)

    def __init__(
        self,
        name: str,
        act: Callable[[], object],
        failed: Callable[[Exception], None],
        *,
        may: Callable[[], bool] = lambda: True,
    ):
        """`may` says whether the time has come to try."""
        self._act = act
        self._failed = failed
        self._may = may
        self._nudged = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """Something was kept; it may be time."""
        self._nudged.set()

    def stop(self) -> None:
        self.leave()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def leave(self) -> None:
        self._stopping.set()
        self._nudged.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                if not self._may():
                    self._nudged.wait(self.SOON.total_seconds())
                    self._nudged.clear()
                    continue
                self._act()
                return
            except TermOver:
                return
            except Unavailable as error:
                self._failed(error)
            except Exception as error:  # an answer nobody expected must not be the last one
                log.exception("attempt failed", extra={"attempt": self._thread.name})
                self._failed(error)
            self._stopping.wait(TRY_AGAIN_AFTER.total_seconds())


def _wall() -> datetime:
    """What the scheduler goes by."""
    return datetime.now(UTC)


def told(error: Exception) -> str:
    """Why an attempt to reach Slack has failed; not everything on the way there is Slack."""
    match error:
        case StoreUnavailable():
            return f"waits for the database: {error}"
        case Unavailable():
            return f"Slack: {error}"
        case _:
            return f"failed by itself, see the log: {type(error).__name__}"


def _say(event: JobExecutionEvent) -> None:
    error = getattr(event, "exception", None)
    log.error("job failed", extra={"job": event.job_id}, exc_info=error)
