"""The composition root: the one place where the parts meet and the machine's clock is read."""

import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.connectors.webhook import Nowhere, connect
from bot.domain.accounts import WEBHOOK
from bot.domain.errors import NoStore, StoreIsNewer, StoreUnavailable
from bot.domain.ports import Network, Now
from bot.domain.post import BY_HAND
from bot.emoji import sign
from bot.metrics import Metrics
from bot.services.administration import Administration
from bot.services.boards import Boards
from bot.services.casework import Casework
from bot.services.closings import Closings
from bot.services.elsewhere import Elsewhere
from bot.services.epochs import Epochs
from bot.services.figures import Figures
from bot.services.hand_offs import HandOffs
from bot.services.home import Home
from bot.services.incidents import Incidents
from bot.services.intake import Intake
from bot.services.kernel import Kernel
from bot.services.merging import Merging
from bot.services.once import Once
from bot.services.parting import Parting
from bot.services.policies import Policies
from bot.services.questions import Questions
from bot.services.replies import Replies
from bot.services.rota import Rotas
from bot.services.setup import Setups
from bot.services.timekeeping import DeskTime, Machine, Timekeeper
from bot.services.watch import Watch
from bot.store.engines import open_database
from bot.store.store import Store
from bot.triage.language import LangidFinder
from config.holiday_book import holiday_book
from config.networks import Networks, networks_of
from config.settings import Settings

_STEADY: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_SWITCHED_ON = Path("/proc/sys/kernel/random/boot_id")


def machine_time() -> datetime:
    """What the clock on its wall shows: anybody may set it, so nothing waits by it."""
    return datetime.now(UTC)


def steady_time() -> float:
    """Grows also while the machine sleeps, where it can tell that."""
    return time.clock_gettime(_STEADY)


def this_machine() -> Machine:
    """Its name is of this time of being switched on, where the system has one for that."""
    name = _SWITCHED_ON.read_text().strip() if _SWITCHED_ON.exists() else ""
    return Machine(machine_time, steady_time, name)


def since_now() -> Now:
    """The time from now on by the steady clock, for what keeps no record of it."""
    began, at = machine_time(), steady_time()
    return lambda: began + timedelta(seconds=steady_time() - at)


def fresh_key() -> str:
    return secrets.token_hex(8)


class Nudges:
    """Who wants to hear that something was kept; the loops join once they run."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def add(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def remove(self, listener: Callable[[], None]) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)

    def __call__(self) -> None:
        for listener in tuple(self._listeners):
            listener()


@dataclass(frozen=True)
class Services:
    """What people and the clock may do, on one store."""

    kernel: Kernel
    time: DeskTime
    metrics: Metrics
    nudges: Nudges
    intake: Intake
    casework: Casework
    closings: Closings
    merging: Merging
    elsewhere: Elsewhere
    hand_offs: HandOffs
    questions: Questions
    replies: Replies
    watch: Watch
    boards: Boards
    policies: Policies
    administration: Administration
    rota: Rotas
    figures: Figures
    home: Home
    once: Once
    epochs: Epochs
    parting: Parting
    incidents: Incidents
    secrets: Mapping[str, str]  # of the doors, by their names in `.env`


def open_store(settings: Settings) -> Store:
    """The desk's database, at its newest schema; raises NoStore where there is none to use."""
    with ExitStack() as on_failure:
        try:
            store = Store(open_database(settings.database_url))
            on_failure.callback(store.close)
            store.must_be_whole()
            store.migrate()
        except StoreIsNewer:
            raise
        except (StoreUnavailable, OSError) as error:
            raise NoStore(str(error)) from None
        on_failure.pop_all()
        return store


def build_services(
    settings: Settings,
    store: Store,
    time: DeskTime | None = None,
    networks: Networks | None = None,
) -> Services:
    """`networks` is what networks.toml says; without it there is the door `webhook` alone.

    `time` is this machine's, kept steady, unless another one is given.
    """
    metrics = Metrics(store)
    time = time or Timekeeper(store, this_machine(), metrics.leapt)
    known = networks or networks_of(settings)
    languages = LangidFinder()
    nudges = Nudges()
    kernel = _kernel(settings, store, time.now, nudges, known)
    boards, administration, epochs = Boards(kernel), Administration(kernel), Epochs(kernel)
    store.when_older(epochs.begin_where_older)
    return Services(
        kernel=kernel,
        time=time,
        metrics=metrics,
        nudges=nudges,
        intake=Intake(kernel, languages),
        casework=Casework(kernel),
        closings=Closings(kernel),
        merging=Merging(kernel),
        elsewhere=Elsewhere(kernel),
        hand_offs=HandOffs(kernel),
        questions=Questions(kernel),
        replies=Replies(kernel),
        watch=Watch(kernel),
        boards=boards,
        policies=Policies(kernel, languages),
        administration=administration,
        rota=Rotas(kernel),
        figures=Figures(kernel),
        home=Home(kernel, boards, administration),
        once=Once(kernel),
        epochs=epochs,
        parting=Parting(kernel),
        incidents=Incidents(kernel),
        secrets=known.secrets,
    )


def _kernel(settings: Settings, store: Store, now: Now, nudges: Nudges, known: Networks) -> Kernel:
    return Kernel(
        store,
        Setups(holiday_book, settings.public_replies),
        now,
        fresh_key,
        settings.desk_admins,
        undo=timedelta(seconds=settings.reply_undo_seconds),
        nudge=nudges,
        accounts=known.accounts,
        sign=sign,
    )


def networks(services: Services) -> Mapping[str, Network]:
    """Where replies go: by the door “/shop” that the post came by, by its source; "" for others."""
    by_hand = Nowhere("a case made by hand has no way back: answer there yourself, then solve it")
    doors = services.kernel.accounts.doors
    ways = {
        "" if door.name == WEBHOOK else f"/{door.name}": connect(
            door, services.secrets.get(door.secret), services.time.outside
        )
        for door in doors
    }
    return {BY_HAND: by_hand, **ways}
