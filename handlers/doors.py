"""How Slack reaches the app: over a socket the desk opens, or by HTTP behind the web's gate."""

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread

from slack_bolt import App, BoltRequest

from bot.domain.errors import SlackUnavailable
from handlers.backoff import LASTING, Backoff
from handlers.connection import HANGS_UP_WITHIN, Connection, Message, Steady
from handlers.frames import acknowledgement
from handlers.guard import caught

HttpDoor = Callable[[bytes, Mapping[str, str]], tuple[int, Mapping[str, str], str]]

AT_ONCE = 16  # clicks answered side by side
LOOKS_EVERY = 0.5  # seconds
MOST_LINES = 4  # of the ten that Slack allows, the ones that end included
REFUSALS = {
    "link_disabled": "it is switched off in the app's settings",
    "too_many_websockets": "the app has as many connections as Slack allows",
}

log = logging.getLogger(__name__)


class SocketDoor:
    """Keeps one connection; the next is greeted before it goes, and it is read to its end."""

    def __init__(self, app: App, app_token: str, steady: Steady = time.monotonic):
        self._app, self._app_token = app, app_token
        self._steady = steady
        self._backoff = Backoff()
        self._why = "not dialled yet"
        self._lines: list[Connection] = []  # the newest last; read as a copy, by many threads
        self._is_closing = False
        self._stirred = Event()
        self._hands = ThreadPoolExecutor(AT_ONCE, "click")
        self._keeper = Thread(target=self._keep, name="sockets", daemon=True)

    def connect(self) -> None:
        """Raises SlackUnavailable, and then leaves nothing running; it may be asked again."""
        self.look()
        if not self._lines:
            raise SlackUnavailable(f"no socket: {self._why}")
        self._keeper.start()

    def close(self) -> None:
        """Takes no more clicks, answers those it has, and then hangs up."""
        self._is_closing = True
        self._hands.shutdown()
        self._stirred.set()
        if self._keeper.is_alive():
            self._keeper.join(HANGS_UP_WITHIN)  # one that is being dialled ends by itself
        for line in tuple(self._lines):
            line.hang_up()

    def connections(self) -> int:
        """How many Slack has greeted; those that end are among them."""
        return sum(line.greeted_at is not None for line in tuple(self._lines))

    def fault(self) -> str | None:
        """Why clicks do not reach the desk, or None."""
        if any(self._serves(line) for line in tuple(self._lines)):
            return None
        return f"Socket Mode is not connected: {self._why}"

    def is_connected(self) -> bool:
        return self.fault() is None

    def look(self) -> None:
        """Asked again and again: is there one that Slack means to keep?"""
        now = self._steady()
        lines = tuple(self._lines)
        for line in lines:
            line.look()
        kept = [one for one in lines if not (one.told or one.is_silent() or one.is_late())]
        if any(line.greeted_at and now - line.greeted_at >= LASTING for line in kept):
            self._backoff.lasted()
        if not kept and self._backoff.may_dial(now) and not self._is_closing:
            self._dial()

    # The thread that keeps

    def _keep(self) -> None:
        while not self._is_closing:
            fault = caught(self.look)
            if isinstance(fault, Exception):
                log.error("connections not looked after", exc_info=fault)
            self._stirred.wait(LOOKS_EVERY)
            self._stirred.clear()

    def _dial(self) -> None:
        self._backoff.dialled(self._steady())
        line = caught(self._dialled)
        if isinstance(line, Exception):
            self._not_dialled(line)
            return
        self._why = "Slack does not answer"
        self._lines.append(line)
        line.read()
        if self._is_closing:  # whoever hung up meanwhile does not know of it
            line.cut()

    def _dialled(self) -> Connection:
        ticket = self._app.client.apps_connections_open(app_token=self._app_token)
        return Connection(str(ticket["url"]), self._steady, self._heard, self._ended)

    def _not_dialled(self, fault: Exception) -> None:
        answer = getattr(fault, "response", {})  # of Slack, where it was Slack that refused
        self._why = answer.get("error") or f"Slack is not reached ({type(fault).__name__})"
        headers = {name.lower(): value for name, value in getattr(answer, "headers", {}).items()}
        asked = str(headers.get("retry-after", ""))
        self._backoff.refused(self._steady(), float(asked) if asked.isdecimal() else 0.0)
        log.warning("no connection to slack", extra={"why": self._why})

    # The threads that read

    def _heard(self, line: Connection, message: Message) -> None:
        match message.get("type"):
            case "hello":
                self._greeted(line, message.get("num_connections"))
            case "disconnect":
                self._told(line, str(message.get("reason")))
            case _ if "envelope_id" in message:
                line.in_hand.add(message["envelope_id"])
                with suppress(RuntimeError):  # closing already: Slack tells whoever waits
                    self._hands.submit(self._answer, line, message)

    def _greeted(self, line: Connection, counted: object) -> None:
        line.greeted_at = self._steady()
        others = [one for one in tuple(self._lines) if one is not line]
        for one in others:
            one.replaced_at = one.replaced_at or self._steady()
        for one in others[: 1 - MOST_LINES]:
            one.part()
        if isinstance(counted, int) and counted > len(self._lines):
            # A share of the clicks goes where nobody may read them.
            extra = {"counted": counted, "ours": len(self._lines)}
            log.warning("slack counts connections that are not ours", extra=extra)

    def _told(self, line: Connection, reason: str) -> None:
        line.told = reason
        if reason in REFUSALS:
            self._why = REFUSALS[reason]
            self._backoff.refused(self._steady())
        self._stirred.set()

    def _ended(self, line: Connection) -> None:
        self._lines.remove(line)
        if line.told not in REFUSALS:
            self._why = line.end
            if line.greeted_at is None:
                self._backoff.refused(self._steady())
        if not (line.told or line.replaced_at or self._is_closing):
            log.warning("a connection to slack ended", extra={"why": line.end})
        self._stirred.set()

    # The threads that answer

    def _answer(self, line: Connection, envelope: Message) -> None:
        frame = caught(lambda: acknowledgement(self._app, envelope))
        if isinstance(frame, Exception):
            log.error("an envelope was not answered: %s", type(frame).__name__)
        elif frame and not any(one.send(frame) for one in (line, *reversed(self._lines))):
            log.warning("an acknowledgement found no connection")
        line.in_hand.discard(envelope["envelope_id"])

    def _serves(self, line: Connection) -> bool:
        is_there = line.is_open and line.greeted_at is not None
        return is_there and line.told not in REFUSALS and not line.is_silent()


def http_door(app: App) -> HttpDoor:
    """One request in, one answer out; whose it is and how long, the gate has seen."""

    def receive(body: bytes, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], str]:
        answer = app.dispatch(BoltRequest(body=body.decode(), headers=dict(headers)))
        return answer.status, answer.first_headers(), answer.body

    return receive
