"""The composition root: the one place where the parts meet and the machine's clock is read."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.connectors.webhook import connect
from bot.domain.ports import Network, Now
from bot.metrics import Metrics
from bot.services.administration import Administration
from bot.services.boards import Boards
from bot.services.casework import Casework
from bot.services.closings import Closings
from bot.services.hand_offs import HandOffs
from bot.services.incident_clock import IncidentClock
from bot.services.incidents import Incidents
from bot.services.intake import Intake
from bot.services.kernel import Kernel
from bot.services.once import Once
from bot.services.policies import Policies
from bot.services.questions import Questions
from bot.services.replies import Replies
from bot.services.setup import Setups
from bot.services.watch import Watch
from bot.store.database import SqliteDatabase
from bot.store.store import Store
from bot.triage.language import LangidFinder
from config.holiday_book import holiday_book
from config.settings import Settings


def machine_time() -> datetime:
    return datetime.now(UTC)


def fresh_key() -> str:
    return secrets.token_hex(8)


class Nudges:
    """Who wants to hear that something was kept; the loops join once they run."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def add(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def __call__(self) -> None:
        for listener in self._listeners:
            listener()


@dataclass(frozen=True)
class Services:
    """What people and the clock may do, on one store."""

    kernel: Kernel
    metrics: Metrics
    nudges: Nudges
    intake: Intake
    casework: Casework
    closings: Closings
    hand_offs: HandOffs
    questions: Questions
    replies: Replies
    watch: Watch
    boards: Boards
    policies: Policies
    administration: Administration
    once: Once
    incidents: Incidents
    incident_clock: IncidentClock


def open_store(settings: Settings) -> Store:
    """The desk's database, at its newest schema."""
    settings.database.parent.mkdir(parents=True, exist_ok=True)
    store = Store(SqliteDatabase(settings.database))
    store.migrate()
    return store


def build_services(settings: Settings, store: Store, now: Now = machine_time) -> Services:
    languages = LangidFinder()
    nudges = Nudges()
    kernel = Kernel(
        store,
        Setups(holiday_book, settings.public_replies),
        now,
        fresh_key,
        settings.desk_admins,
        undo=timedelta(seconds=settings.reply_undo_seconds),
        nudge=nudges,
    )
    return Services(
        kernel=kernel,
        metrics=Metrics(store),
        nudges=nudges,
        intake=Intake(kernel, languages),
        casework=Casework(kernel),
        closings=Closings(kernel),
        hand_offs=HandOffs(kernel),
        questions=Questions(kernel),
        replies=Replies(kernel),
        watch=Watch(kernel),
        boards=Boards(kernel),
        policies=Policies(kernel, languages),
        administration=Administration(kernel),
        once=Once(kernel),
        incidents=Incidents(kernel),
        incident_clock=IncidentClock(kernel),
    )


def networks(settings: Settings, now: Now) -> Mapping[str, Network]:
    """Where replies go, by the post's source; "" is for every other."""
    return {"": connect(settings.webhook_reply_url, settings.intake_secret, now)}
