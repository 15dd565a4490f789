"""Hints for the page: something changed here, look again; one stream for each open page."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict

from aiohttp import web

from slack_sandbox.blocks import Json
from slack_sandbox.state import Channel
from slack_sandbox.workspace import Workspace

# A page that lags this far behind has to fetch everything anyway.
MOST_WAITING = 500
BEAT_SECONDS = 15.0
MESSAGE_HINTS = {"message_changed": "changed", "message_deleted": "deleted"}
END = None

Stream = asyncio.Queue[Json | None]


class Hints:
    """Every open page by the person who looks at it."""

    def __init__(self, workspace: Workspace) -> None:
        self._loop = asyncio.get_running_loop()
        self._streams: defaultdict[str, set[Stream]] = defaultdict(set)
        # Read from any thread, unlike the streams themselves.
        self._is_watched = False
        workspace.event_listeners.append(self._tell_event)
        workspace.hint_listeners.append(self._tell)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One stream of server-sent events, until the page goes away."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b": hello\n\n")
        stream: Stream = asyncio.Queue(MOST_WAITING)
        open_ones = self._streams[request.query.get("as", "")]
        open_ones.add(stream)
        self._is_watched = True
        try:
            while (line := await _next_line(stream)) is not END:
                await response.write(line)
        except ConnectionError:
            # The page was closed; nobody is left to be told.
            pass
        finally:
            open_ones.discard(stream)
            self._is_watched = any(self._streams.values())
        return response

    async def stop(self) -> None:
        for streams in self._streams.values():
            for stream in streams:
                _put(stream, END)

    def _tell_event(self, event: Json, channel: Channel | None) -> None:
        if not self._is_watched:
            return
        hint = _of_event(event, channel)
        is_secret = channel is not None and channel.is_private
        for user in list(channel.members) if channel and is_secret else [None]:
            self._tell(user, hint)

    def _tell(self, user_id: str | None, hint: Json) -> None:
        """Put a hint before one person or all, from whichever thread."""
        if self._is_watched:
            self._loop.call_soon_threadsafe(self._put, user_id, hint)

    def _put(self, user_id: str | None, hint: Json) -> None:
        for user, streams in self._streams.items():
            if user_id in (None, user):
                for stream in streams:
                    _put(stream, hint)


def _of_event(event: Json, channel: Channel | None) -> Json:
    """What an event means for the page."""
    place = {"channel": channel.id} if channel else {}
    match event["type"]:
        case "message":
            kind = MESSAGE_HINTS.get(event.get("subtype", ""), "message")
            message = event.get("message") or event.get("previous_message") or event
            return {"type": kind, **place, "thread": message.get("thread_ts")}
        case "reaction_added" | "reaction_removed":
            return {"type": "changed", **place, "thread": None}
        case _:
            return {"type": "channels", **place}


def _put(stream: Stream, hint: Json | None) -> None:
    if stream.full():
        stream.get_nowait()
    stream.put_nowait(hint)


async def _next_line(stream: Stream) -> bytes | None:
    """The next hint as it goes over the wire, or a beat that keeps the connection alive."""
    try:
        hint = await asyncio.wait_for(stream.get(), BEAT_SECONDS)
    except TimeoutError:
        return b": beat\n\n"
    return END if hint is END else f"data: {json.dumps(hint)}\n\n".encode()
