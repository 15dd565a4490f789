"""The one voice in Slack: posts, updates and finds the messages of the outbox."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.domain.effects import Kind
from bot.domain.ids import ChannelId
from bot.domain.outbox import (
    Delivered,
    Message,
    NotExecuted,
    Refused,
    SlackAnswer,
    Unknown,
    Vanished,
)
from bot.domain.ports import Letter
from bot.slack.errors import DRAWING_FAULTS
from bot.slack.gateway import Answer, Method, SlackFailed, call, next_cursor
from bot.views.drawn import Drawn

Draw = Callable[[Kind, object], Drawn]

EVENT_TYPE = "samepage_message"

PEOPLE = ("U", "W")  # how the ids of people begin

PAGES = 40  # of 200: more than that within two minutes is no conversation

_PAGE = 200
_MARKED = 60  # calls of one list that its metadata has room for
_CLOCKS_DIFFER = timedelta(seconds=30)
_TAKES_AT_MOST = timedelta(seconds=60)  # an attempt gives up long before
# Said each time, for Slack's own defaults differ from method to method.
INERT = {"parse": "none", "link_names": False}
_NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}

_log = logging.getLogger(__name__)


class SlackSpeaker:
    """Implements `Speaker`."""

    def __init__(
        self,
        client: WebClient,
        draw: Draw,
        *,
        pages: int = PAGES,
        clocks_differ: Callable[[], timedelta] = timedelta,
    ):
        """`pages` of messages are looked through at most for one of unknown outcome.

        Slack's time stamps are by its own clock: by how much ours may differ, `clocks_differ` says.
        """
        self._client = client
        self._draw = draw
        self._pages_at_most = pages
        self._clocks_differ = clocks_differ

    def post(self, letter: Letter) -> SlackAnswer:
        where = {
            "channel": letter.channel,
            "thread_ts": letter.thread,
            "reply_broadcast": letter.message.is_aloud or None,
            "metadata": _mark(letter.message),
            **_NO_PREVIEWS,
        }
        return self._say(self._client.chat_postMessage, letter, where)

    def update(self, letter: Letter) -> SlackAnswer:
        where: dict[str, object] = {"channel": letter.channel, "ts": letter.message.ts}
        if letter.message.kind is Kind.BUNDLE:  # one that was found has another's mark
            where["metadata"] = _mark(letter.message)
        answer = self._say(self._client.chat_update, letter, where)
        # Saying the same once more changes nothing, so what is unknown may be said again.
        return NotExecuted(answer.why) if isinstance(answer, Unknown) else answer

    def find(self, letter: Letter) -> SlackAnswer | None:
        try:
            letter = replace(letter, channel=self._conversation(letter.channel))
            copies = sorted(self._copies(letter))
            for copy in copies[1:] if letter.message.kind is not Kind.PING else ():
                self._remove(letter, copy)
        except SlackFailed as failed:
            return None if failed.code == "thread_not_found" else failed.answer
        return Delivered(copies[0], letter.channel) if copies else None

    def _say(self, method: Method, letter: Letter, where: Mapping[str, object]) -> SlackAnswer:
        message = letter.message
        drawn = self._draw(message.kind, letter.content)
        answer = _said(method, drawn, where)
        if not (isinstance(answer, Refused) and answer.why in DRAWING_FAULTS):
            return answer
        _log.error("slack refused a drawing", extra={"key": message.key, "code": answer.why})
        return _said(method, drawn.in_words(), where)

    def _conversation(self, channel: ChannelId) -> ChannelId:
        """What is said to a person's id stands in a direct channel that has an id of its own."""
        if not channel.startswith(PEOPLE):
            return channel
        return ChannelId(call(self._client.conversations_open, users=channel)["channel"]["id"])

    def _copies(self, letter: Letter) -> list[str]:
        """The time stamps of all messages with the letter's key, or that say it with others."""
        return [
            str(message["ts"])
            for page in self._pages(letter)
            for message in page
            if letter.message.key in _keys_of(message)
        ]

    def _pages(self, letter: Letter) -> Iterator[list[Answer]]:
        """What was said around the attempt, or `SlackFailed` where that is too much."""
        method, where = self._place(letter)
        cursor = None
        for _ in range(self._pages_at_most):
            page = call(method, cursor=cursor, **where)
            yield page.get("messages") or []
            cursor = next_cursor(page)
            if cursor is None:
                return
        raise SlackFailed(Unknown("too_much_to_look_through"))

    def _place(self, letter: Letter) -> tuple[Method, dict[str, object]]:
        message = letter.message
        started = message.started_at or message.created_at
        off = _CLOCKS_DIFFER + self._clocks_differ()
        where: dict[str, object] = {
            "channel": letter.channel,
            "oldest": _stamp(started - off),
            "include_all_metadata": True,
            "limit": _PAGE,
        }
        if message.attempt:  # else it may have been said at any time since
            where["latest"] = _stamp(started + _TAKES_AT_MOST + off)
        if letter.thread is None:
            return self._client.conversations_history, where
        return self._client.conversations_replies, where | {"ts": letter.thread}

    def _remove(self, letter: Letter, ts: str) -> None:
        try:
            call(self._client.chat_delete, channel=letter.channel, ts=ts)
        except SlackFailed as failed:
            if isinstance(failed.answer, Refused):
                _log.warning("a copy stays", extra={"key": letter.message.key, "code": failed.code})
            elif not isinstance(failed.answer, Vanished):
                raise


def _said(method: Method, drawn: Drawn, where: Mapping[str, object]) -> SlackAnswer:
    try:
        answer = call(method, text=drawn.text, blocks=drawn.blocks, **where, **INERT)
    except SlackFailed as failed:
        return failed.answer
    ts = answer.get("ts")
    return Delivered(str(ts), answer.get("channel")) if ts else Unknown("no_ts")


def _mark(message: Message) -> dict[str, object]:
    """How the message is known again; other apps may read it, so it holds no more than ids."""
    payload = {"key": message.key, "attempt": message.attempt or ""}
    if message.kind is Kind.BUNDLE:
        payload["says"] = " ".join(message.said_together[:_MARKED])
    return {"event_type": EVENT_TYPE, "event_payload": payload}


def _keys_of(message: Answer) -> list[str]:
    """Its own, and those of the calls that it made first."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload", {})
    is_ours = metadata.get("event_type") == EVENT_TYPE
    return [str(payload.get("key")), *str(payload.get("says", "")).split()] if is_ours else []


def _stamp(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"
