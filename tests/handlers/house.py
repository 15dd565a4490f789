"""A desk behind Slack's door: the real app and services, and a Slack that keeps what it is told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.domain import effects
from bot.domain.department import Person
from bot.domain.errors import SlackUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.domain.outbox import Delivered, Refused
from bot.domain.ports import Identity, SeenChannel
from bot.services.epochs import Epochs
from bot.services.figures import Figures
from bot.services.once import Once
from bot.services.roster import Roster
from bot.slack.forms import SlackForms
from bot.slack.gateway import SlackFailed
from bot.views.drawn import Drawn
from handlers.app import build_app
from handlers.desk import Desk
from tests.company import ANN, PEOPLE, channel_of
from tests.desk import TestDesk

TEAM = "T07ACME0001"
BOT = MemberId("U07BOT00001")
IDENTITY = Identity(BOT, "B07BOT00001", TEAM, "https://acme.slack.com/", frozenset())

Json = dict[str, Any]


class Forms(WebClient):
    """Keeps every form it is asked to show; a trigger that is `late` has run out."""

    def __init__(self) -> None:
        super().__init__("xoxb-test")
        self.shown: list[tuple[str, Json]] = []

    def views_open(self, *, trigger_id: str, view: Json, **_: Any) -> Any:
        return self._show("open", trigger_id, view)

    def views_push(self, *, trigger_id: str, view: Json, **_: Any) -> Any:
        return self._show("push", trigger_id, view)

    def views_update(
        self, *, view: Json, view_id: str = "", external_id: str = "", **_: Any
    ) -> Any:
        return self._show("update", view_id or external_id, view)

    def _show(self, how: str, where: str, view: Json) -> Any:
        if where == "late":
            raise SlackFailed(Refused("expired_trigger_id"))
        self.shown.append((how, view))
        return {"ok": True, "view": {"id": f"V{len(self.shown)}"}}


class AtOnce:
    """An executor for those who do not want to wait."""

    def submit(self, fn: Callable[..., object], /, *args: object) -> object:
        return fn(*args)


@dataclass
class Town:
    """The directory: the company's people, and channels as a test changes them."""

    people_here: dict[MemberId, Person] = field(
        default_factory=lambda: {person.id: person for person in PEOPLE}
    )
    channels_here: list[SeenChannel] = field(default_factory=list)
    is_away: bool = False

    def person(self, member: MemberId) -> Person | None:
        if self.is_away:
            raise SlackUnavailable("internal_error")
        return self.people_here.get(member)

    def channels(self) -> list[SeenChannel]:
        return self.channels_here

    def channel(self, channel: ChannelId) -> SeenChannel | None:
        return next((one for one in self.channels_here if one.id == channel), None)


class House:
    """`story` is the desk's own side, what follows is what people do in Slack."""

    def __init__(self, story: TestDesk, mailbox: "Mailbox", prefix: str = ""):
        self.story = story
        self.mailbox = mailbox
        self.town = Town()
        self.forms = Forms()
        self.homes: list[MemberId] = []  # whose home tab was drawn
        self.direct: list[tuple[MemberId, str]] = []
        self.whispered: list[Drawn] = []  # the same whole
        self.whispers: list[tuple[ChannelId, MemberId, str, str | None]] = []
        self.hooks: list[tuple[ChannelId, str, str]] = []
        self._serial = count(1)
        self.desk = Desk(
            intake=story.intake, casework=story.casework, closings=story.closings,
            merging=story.merging, elsewhere=story.elsewhere,
            hand_offs=story.hand_offs, questions=story.questions, replies=story.replies,
            watch=story.watch, boards=story.boards, administration=story.administration,
            policies=story.policies, rota=story.rotas, figures=Figures(story.kernel),
            publish_home=self.homes.append, roster=Roster(story.kernel, self.town),  # type: ignore[arg-type]
            incidents=story.incidents, voice=AtOnce(),
            whisper=self._whisper,
            forms=SlackForms(self.forms, lambda _: None),
            tell=lambda *told: self.direct.append(told),
            epochs=Epochs(story.kernel), once=Once(story.kernel),
            now=story.kernel.now, new_key=story.kernel.new_key,
            team=TEAM, bot_user=BOT, prefix=prefix,
            keep_hook=lambda *kept: self.hooks.append(kept),
        )  # fmt: skip
        self.again()

    def _whisper(self, to: ChannelId, who: MemberId, told: Drawn, thread: str | None) -> None:
        self.whispers.append((to, who, told.text, thread))
        self.whispered.append(told)

    def again(self) -> "House":
        """The app anew, with the desk as it is now."""
        self.app = build_app(self.forms, self.desk, IDENTITY, 2)
        return self

    # What people do

    def press(self, action: str, value: object, *, by: MemberId = ANN, **where: Any) -> Json:
        """A button on a message in service's channel, or in the form `view`."""
        pressed = {"type": "button", "action_id": action, "value": str(value), "block_id": "b"}
        view = where.get("view")
        place = {
            "container": {
                "type": "message", "message_ts": where.get("message", "1763749805.118029"),
                "is_ephemeral": where.get("is_ephemeral", False),
            },
            "channel": {"id": channel_of(where.get("channel", "service"))},
            "response_url": self.mailbox.url,
        }  # fmt: skip
        memo, callback = where.get("memo", ""), where.get("form", "")
        state = {name: {name: _state(typed)} for name, typed in where.get("typed", {}).items()}
        form = {"id": view, "callback_id": callback, "private_metadata": memo}
        form["state"] = {"values": state}
        in_form = {"container": {"type": "view", "view_id": view}, "view": form}
        body = self.acting("block_actions", by, **where) | (in_form if view else place)
        return self.send(body | {"actions": [pressed]})

    def submit(
        self, form: str, memo: object, values: Json, *, by: MemberId = ANN, view: str = "V1"
    ) -> Json:
        """A form with these fields, sent; plain texts are typed, the rest is chosen."""
        body = self.acting("view_submission", by)
        blocks = [{"type": "input", "block_id": name} for name in values]
        state = {name: {name: _state(value)} for name, value in values.items()}
        body["view"] = {
            "id": view, "type": "modal", "callback_id": form, "private_metadata": str(memo),
            "title": {"type": "plain_text", "text": "A form"}, "blocks": blocks,
            "state": {"values": state},
        }  # fmt: skip
        return self.send(body)

    def type(self, command: str, *, by: MemberId = ANN, channel: str = "service") -> Json:
        """`house.type("/case claim 1001")`."""
        name, _, text = command.partition(" ")
        body = {
            "team_id": TEAM, "user_id": by, "channel_id": channel_of(channel), "command": name,
            "text": text, "trigger_id": f"trigger{next(self._serial)}",
            "response_url": self.mailbox.url,
        }  # fmt: skip
        return self.send(body)

    def pick(
        self, shortcut: str, text: str, *, by: MemberId = ANN, thread: str = "",
        channel: str = "service",
    ) -> Json:  # fmt: skip
        message = {"type": "message", "text": text, "ts": "1.1", "thread_ts": thread or None}
        body = self.acting("message_action", by) | {
            "callback_id": shortcut, "channel": {"id": channel_of(channel)}, "message": message,
            "message_ts": "1.1", "response_url": self.mailbox.url,
        }  # fmt: skip
        return self.send(body)

    def happen(self, kind: str, **facts: Any) -> BoltResponse:
        event = {"type": kind, "event_ts": "1.1", **facts}
        return self.dispatch({"type": "event_callback", "team_id": TEAM, "event": event})

    def mention(self, text: str, *, thread: str = "", by: MemberId = ANN, **facts: Any) -> None:
        said = {"user": by, "text": f"<@{BOT}> {text}", "ts": f"9.{next(self._serial)}"}
        where = {"channel": channel_of("service"), "thread_ts": thread or None}
        self.happen("app_mention", **(said | where | facts))

    # How it gets there

    def acting(self, kind: str, by: MemberId, **facts: Any) -> Json:
        here = facts.get("team", TEAM)
        home = facts.get("home", here)
        return {
            "type": kind, "user": {"id": by, "team_id": home}, "team": {"id": here},
            "trigger_id": facts.get("trigger", f"trigger{next(self._serial)}"),
        }  # fmt: skip

    def send(self, body: Json) -> Json:
        """Acknowledged, whatever it was; what the acknowledgement says."""
        answer = self.dispatch(body)
        assert answer.status == 200
        return dict(json.loads(answer.body)) if answer.body.startswith("{") else {}

    def dispatch(self, body: Json) -> BoltResponse:
        return self.app.dispatch(BoltRequest(mode="socket_mode", body=body))

    # What people see

    @property
    def told(self) -> list[str]:
        """What was said to somebody alone, under a message."""
        return [str(one["text"]) for one in self.mailbox.letters]

    @property
    def form(self) -> Json:
        return self.forms.shown[-1][1]

    def card_of(self, case: int, *, ts: str = "5.5") -> str:
        """The case's card as it would stand in Slack; its time stamp."""
        with self.story.store.transaction() as tx:
            message = tx.outbox.get(f"card:{case}:service")
            assert message is not None
            tx.outbox.start([message], attempt="first", at=self.story.now)
            tx.outbox.shown(message, Delivered(ts, channel_of("service")))
        return ts

    def digest_of(self, *cases: int, ts: str = "6.6") -> str:
        """One message with a line for each case, as it would stand in Slack; its time stamp."""
        keys = [f"card:{case}:service" for case in cases]
        with self.story.store.transaction() as tx:
            tx.outbox.add(effects.digest("1", "department:service", keys), at=self.story.now)
            message = tx.outbox.get("digest:1")
            assert message is not None
            tx.queue.bundle([card for key in keys if (card := tx.outbox.get(key))], message.key)
            tx.outbox.start([message], attempt="first", at=self.story.now)
            tx.outbox.shown(message, Delivered(ts, channel_of("service")))
        return ts


class Mailbox:
    """Where Slack takes later answers."""

    def __init__(self, url: str):
        self.url = url
        self.letters: list[Json] = []


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    class Slot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            box.letters.append(json.loads(self.rfile.read(length)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Slot) as server:
        box = Mailbox(f"http://127.0.0.1:{server.server_port}/")
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield box
        server.shutdown()


def _state(value: object) -> Json:
    if isinstance(value, list):
        return {"selected_options": [{"value": one} for one in value]}
    return value if isinstance(value, dict) else {"type": "plain_text_input", "value": value}


def chosen(value: str) -> Json:
    return {"selected_option": {"value": value}}


def chosen_person(member: str) -> Json:
    return {"selected_user": member}


def chosen_channel(channel: str) -> Json:
    return {"selected_conversation": channel}


def words(part: object) -> str:
    """All texts of a view or message, in reading order."""
    if isinstance(part, dict):
        own = part["text"] if isinstance(part.get("text"), str) else ""
        return own + " ".join(words(one) for key, one in part.items() if key != "text" or not own)
    return " ".join(words(one) for one in part) if isinstance(part, list) else ""
