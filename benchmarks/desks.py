"""Desks to measure: wired as `run` wires them, on a file, with people and channels of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from slack_sdk import WebClient

from bot.domain.department import Person
from bot.domain.ids import RAPID_RESPONSE, ChannelId, MemberId
from bot.domain.ports import Identity, Now
from bot.domain.post import Author, Post
from bot.first_start import take_over_files
from bot.services.roster import Roster
from bot.services.timekeeping import GivenTime
from bot.slack.forms import SlackForms
from bot.store.people import KnownChannel
from bot.store.store import Transaction
from bot.wiring import Services, build_services, fresh_key, machine_time, open_store
from config.settings import Settings
from handlers.desk import Desk, KeepHook

CONFIG = Path(__file__).parent.parent / "config"
INTAKE_SECRET = "whsec_" + "QmVuY2htYXJr" * 3
ANN = MemberId("U0ANN")
SERVICE_CHANNEL = ChannelId("C0SERVICE")
CHANNELS = {
    "care-service": SERVICE_CHANNEL,
    RAPID_RESPONSE: ChannelId("C0RAPID"),
    **{
        f"care-{key}": ChannelId(f"C0{key.upper()}")
        for key in ("sales", "marketing", "technical", "pr", "triage")
    },
}
RULES = [
    {"department": "technical", "when": "words:app,login,password"},
    {"department": "sales", "when": "words:buy,price,quote", "also": ["marketing"]},
    {"department": "pr", "when": "followers:>100000", "priority": "high"},
]
TEXT = "Stuck at gate B12 since six, nobody tells us anything and my suitcase is gone again!"


@contextmanager
def folder() -> Iterator[Path]:
    """A place on the disk that is gone afterwards."""
    with TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def settings_in(place: Path, **more: object) -> Settings:
    return Settings(database_url=f"sqlite:///{place}/desk.db", config_dir=CONFIG, **more)  # type: ignore[arg-type]


def open_desk(place: Path, now: Now = machine_time, **more: object) -> Services:
    """The services of a desk that may be there already; its disk keeps what it says it keeps."""
    return open_desk_at(f"sqlite:///{place}/desk.db", now, **more)


def open_desk_at(url: str, now: Now = machine_time, **more: object) -> Services:
    """The same, wherever it is kept."""
    settings = Settings(database_url=url, config_dir=CONFIG, **more)  # type: ignore[arg-type]
    services = build_services(settings, open_store(settings), GivenTime(now))
    take_over_files(services.kernel, settings.config_dir)
    with services.kernel.store.transaction() as tx:
        _settle(tx)
    return services


def _nobody_looks(*_: object) -> None:
    """What is shown to one person alone is measured elsewhere."""


def handling(
    client: WebClient,
    one: Services,
    roster: Roster,
    identity: Identity,
    keep_hook: KeepHook = _nobody_looks,
) -> Desk:
    """What the handlers act with; what they would do a moment later, they do at once."""
    return Desk(
        intake=one.intake, casework=one.casework, closings=one.closings, hand_offs=one.hand_offs,
        questions=one.questions, replies=one.replies, watch=one.watch, boards=one.boards,
        policies=one.policies, administration=one.administration, rota=one.rota,
        figures=one.figures, roster=roster, incidents=one.incidents, epochs=one.epochs,
        voice=AtOnce(), merging=one.merging, elsewhere=one.elsewhere,
        whisper=_nobody_looks, tell=_nobody_looks, forms=SlackForms(client),
        publish_home=_nobody_looks, once=one.once,
        now=one.kernel.now, new_key=fresh_key, team=identity.team, bot_user=identity.bot_user,
        keep_hook=keep_hook,
    )  # fmt: skip


class AtOnce:
    """An executor for those who do not want to wait."""

    def submit(self, fn: Callable[..., object], /, *args: object) -> object:
        return fn(*args)


def a_post(number: object) -> Post:
    """By somebody new each time, with nothing said about its language."""
    author = Author(f"@jane{number}", str(number), "Jane Doe", 120)
    return Post("x", str(number), f"{TEXT} ({number})", author, account="@northwind")


def _settle(tx: Transaction) -> None:
    tx.setup.put("routing", {"default": "service", "rule": RULES})
    tx.setup.put("on_call", {"shift": [{"person": "ann@example.com"}]})
    tx.people.put([Person(ANN, "Ann", "ann@example.com", is_admin=False)])
    for name, channel in CHANNELS.items():
        place = name.replace("care-", "department:")
        tx.people.put_channel(KnownChannel(place, name, channel, is_private=True))
        tx.people.joined(channel, [ANN])
