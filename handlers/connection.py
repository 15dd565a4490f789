"""One connection of Socket Mode: what comes by it, and whether Slack still answers there."""

import json
import selectors
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread
from typing import Any

from websocket import ABNF, WebSocketException, create_connection

Message = Mapping[str, Any]
Steady = Callable[[], float]

PINGS_AFTER = 5.0  # seconds in which nothing was heard
ANSWERS_WITHIN = 10.0
GREETS_WITHIN = 3.0  # or another one is dialled beside it
DRAINS_FOR = 15.0  # after a new one was greeted; Slack warns ten seconds before it closes
HANGS_UP_WITHIN = 3.0

_GONE = (OSError, WebSocketException)


class Connection:
    """Read by a thread of its own until either side ends it.

    `heard` gets each message, and `ended` is called once, both by that thread.
    """

    is_open = True
    greeted_at: float | None = None
    replaced_at: float | None = None
    told = ""  # why Slack wants it to end
    end = ""  # how it ended
    _asked_at: float | None = None  # whether it is still there, and not answered yet
    _parts_at: float | None = None

    def __init__(
        self,
        url: str,
        steady: Steady,
        heard: Callable[["Connection", Message], None],
        ended: Callable[["Connection"], None],
    ):
        """Dials; whatever goes wrong is raised."""
        self._steady = steady
        self._heard, self._ended = heard, ended
        self._socket: Any = create_connection(url, ANSWERS_WITHIN, skip_utf8_validation=True)
        self._opened_at = self._heard_at = steady()
        self._reader = Thread(target=self._read, name="socket", daemon=True)
        self.in_hand: set[str] = set()  # envelopes that were not answered yet

    def read(self) -> None:
        self._reader.start()

    def is_silent(self) -> bool:
        asked_at = self._asked_at
        return asked_at is not None and self._steady() - asked_at >= ANSWERS_WITHIN

    def is_late(self) -> bool:
        """It may still be greeted, but nobody should count on it."""
        return self.greeted_at is None and self._steady() - self._opened_at >= GREETS_WITHIN

    def look(self) -> None:
        """To be asked now and then: says goodbye, pings, and cuts off who does not answer."""
        now = self._steady()
        if self._is_lost(now):
            self.cut()
        elif self.replaced_at is not None and now - self.replaced_at >= DRAINS_FOR:
            self.part()
        elif self._asked_at is None and now - self._heard_at >= PINGS_AFTER:
            self._asked_at = now
            with suppress(*_GONE):
                self._socket.ping()

    def send(self, frame: str) -> bool:
        """Whether Slack may have got it."""
        if self._parts_at is not None:
            return False
        with suppress(*_GONE):
            self._socket.send(frame)
            return True
        return False

    def part(self) -> None:
        """Says goodbye once everything is answered; what Slack had sent before is still heard."""
        if self._parts_at is None and not self.in_hand:
            self._parts_at = self._steady()
            with suppress(*_GONE):
                self._socket.send_close()

    def cut(self) -> None:
        """Its reader notices at once."""
        line = self._socket.sock
        with suppress(OSError):
            if line:
                line.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Over when nothing of it is left; what nobody took in hand any more is not waited for."""
        self.in_hand.clear()
        self.part()
        if self._reader.is_alive():
            self._reader.join(HANGS_UP_WITHIN)
        if self._reader.is_alive():
            self.cut()
            self._reader.join(HANGS_UP_WITHIN)

    def _is_lost(self, now: float) -> bool:
        """Nobody greets, nobody answers while there is another, or nobody says goodbye too."""
        if self._parts_at is not None:
            return now - self._parts_at >= HANGS_UP_WITHIN
        if self.greeted_at is None:
            return now - self._opened_at >= ANSWERS_WITHIN
        return self.replaced_at is not None and self.is_silent()

    def _read(self) -> None:
        try:
            with selectors.DefaultSelector() as ready:
                ready.register(self._socket, selectors.EVENT_READ)
                while self._takes_one(ready):
                    pass
        except (*_GONE, ValueError) as fault:  # what is no message is no Slack
            self.end = f"it broke off ({type(fault).__name__})"
        finally:
            self.is_open = False
            self._socket.shutdown()
            self._ended(self)

    def _takes_one(self, ready: selectors.BaseSelector) -> bool:
        """False after the last one."""
        # Of what TLS holds decrypted no selector knows, and nobody can write while somebody reads.
        if not getattr(self._socket.sock, "pending", int)():
            ready.select()
        code, frame = self._socket.recv_data_frame(control_frame=True)
        self._heard_at, self._asked_at = self._steady(), None
        if code == ABNF.OPCODE_TEXT:
            self._heard(self, json.loads(frame.data))
        if code == ABNF.OPCODE_CLOSE:
            self.end = f"Slack closed it ({int.from_bytes(frame.data[:2])})"
        return bool(code != ABNF.OPCODE_CLOSE)
