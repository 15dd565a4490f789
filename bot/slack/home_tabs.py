"""Home tabs: drawn when they are opened, and again when something has changed since."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.domain.ids import MemberId
from bot.domain.ports import Now
from bot.slack.gateway import SlackFailed, call
from bot.views.drawn import Drawn

LOOKED_AT_FOR = timedelta(hours=1)  # after that it is drawn again when it is opened again
AT_ONCE = 20  # in one round: Slack takes about a hundred a minute

log = logging.getLogger(__name__)


class HomeTabs:
    def __init__(self, client: WebClient, draw: Callable[[MemberId], Drawn], now: Now):
        self._client = client
        self._draw = draw
        self._now = now
        self._opened: dict[MemberId, datetime] = {}
        self._shown: dict[MemberId, Drawn] = {}
        self._stale: dict[MemberId, None] = {}  # in the order in which they wait
        self._lock = threading.Lock()

    def publish(self, member: MemberId) -> None:
        """Somebody looks at it, or has just pressed something on it."""
        with self._lock:
            self._opened[member] = self._now()
        self._publish(member)

    def changed(self) -> None:
        """Something was kept, so what people have open may be old."""
        with self._lock:
            self._stale |= dict.fromkeys(self._opened)

    def refresh(self) -> None:
        """A round of those that are looked at and may be old; called every few seconds."""
        with self._lock:
            self._forget()
            waiting = list(self._stale)[:AT_ONCE]
        for member in waiting:  # one that fails leaves the others where they wait
            with self._lock:
                self._stale.pop(member, None)
            self._publish(member)

    def _forget(self) -> None:
        oldest = self._now() - LOOKED_AT_FOR
        for member in [one for one, opened in self._opened.items() if opened < oldest]:
            for kept in (self._opened, self._shown, self._stale):
                kept.pop(member, None)

    def _publish(self, member: MemberId) -> None:
        """Whatever has gone wrong, the next change draws it anew."""
        drawn = self._draw(member)
        if self._shown.get(member) == drawn:
            return
        try:
            view = {"type": "home", "blocks": drawn.blocks}
            call(self._client.views_publish, user_id=member, view=view)
        except SlackFailed as failed:
            log.warning("home tab not shown", extra={"code": failed.code})
            return
        with self._lock:
            self._shown[member] = drawn
