"""The browser page's own door: what it shows and what its person does, as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from slack_sandbox import elements, page_reading
from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.extras import FRESH, Extras
from slack_sandbox.forms import Field
from slack_sandbox.hints import Hints
from slack_sandbox.interactions import Exchange, Interaction
from slack_sandbox.people import Person
from slack_sandbox.state import Message
from slack_sandbox.view import View

PAGE = Path(__file__).parent / "page"

SENTENCES = {
    "operation_timeout": "{app} did not answer in time",
    "dispatch_failed": "{app} is not connected",
    "unknown_command": "this command is not in the app's manifest",
    "unknown_shortcut": "this shortcut is not in the app's manifest",
    "invalid_response_action": "{app} answered with a form that Slack refuses",
    "not_in_channel": "you are not a member of this channel",
    "is_archived": "this channel is archived",
    "message_not_found": "this message is gone",
    "element_gone": "it has changed meanwhile; look again",
    "view_not_found": "this form is gone",
    "channel_not_found": "this channel is gone",
    "user_not_found": "nobody of that id works here",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageApi:
    """Reads and acts in the name of the person that `as` says."""

    def __init__(self, exchange: Exchange, hints: Hints, extras: Extras) -> None:
        self._exchange = exchange
        self._workspace = exchange.workspace
        self._hints = hints
        self._extras = extras

    def add_to(self, application: web.Application) -> None:
        router = application.router
        router.add_get("/", self.index)
        router.add_get("/archives/{channel}", self.index)  # links to a channel and to a message
        router.add_get("/archives/{channel}/{message:p[0-9]+}", self.index)
        router.add_get("/page/static/{file}", _static)
        router.add_get("/page/events", self._hints.serve)
        for name in ("people", "channels", "messages", "view", "home"):
            router.add_get(f"/page/{name}", self._reads(getattr(self, name)))
        for name in ("action", "command", "message", "shortcut", "submit", "close_view", "read"):
            router.add_post(f"/page/{name}", self._acts(getattr(self, name)))

    async def index(self, _: web.Request) -> web.Response:
        page = (PAGE / "index.html").read_text(encoding="utf-8")
        text = self._extras.dressed(page)
        return web.Response(text=text, content_type="text/html", headers=FRESH)

    def people(self, _: Json) -> Json:
        address = {"url": f"{self._exchange.public_url()}/"}
        known = page_reading.people(self._workspace)
        return known | {"team": known["team"] | address}

    def channels(self, query: Json) -> Json:
        return page_reading.channels(self._workspace, self._person(query).id)

    def messages(self, query: Json) -> Json:
        return page_reading.messages(self._workspace, self._person(query).id, query)

    def view(self, query: Json) -> Json:
        return page_reading.view(self._workspace, self._person(query).id)

    def home(self, query: Json) -> Json:
        """The home tab; asking with `open`, or before there is one, tells the app."""
        person = self._person(query)
        shown = page_reading.home(self._workspace, person.id)
        if query.get("open") or shown["view"] is None:
            person.open_home()
        return shown

    def action(self, body: Json) -> Json:
        """A button pressed or a value picked, with whatever else stands in the form."""
        person, where = self._person(body), self._where(body)
        name = str(body["action_id"])
        pressed = _pressed(where.blocks, name, body.get("block_id"))
        element, block_id = pressed.element, pressed.block_id
        if isinstance(where, View):
            where = person.fill_in(_fields(body), where)
        if element["type"] == "button":
            return _answer(person.press(where, name, block_id=block_id))
        value = body.get("value", body.get("selected"))
        return _answer(person.choose(where, name, value, block_id))

    def command(self, body: Json) -> Json:
        """A slash command as it was typed, with its immediate answer."""
        command, _, text = str(body["text"]).strip().partition(" ")
        done = self._person(body).command(command, text.strip(), str(body["channel"]))
        return _answer(done) | {"text": (done.response or {}).get("text", "")}

    def message(self, body: Json) -> Json:
        said = self._person(body).say(
            str(body["channel"]), str(body["text"]), body.get("thread") or None
        )
        return {"ok": True, "ts": said.ts}

    def shortcut(self, body: Json) -> Json:
        message = self._where(body) if body.get("ts") else None
        on = message if isinstance(message, Message) else None
        return _answer(self._person(body).shortcut(str(body["callback_id"]), on))

    def submit(self, body: Json) -> Json:
        done = self._person(body).submit(_fields(body), self._view(body))
        if done.error == "missing_input":
            return {"ok": True}
        return _answer(done)

    def close_view(self, body: Json) -> Json:
        return _answer(self._person(body).close_view())

    def read(self, body: Json) -> Json:
        """Remember how far this person has read."""
        person = self._person(body)
        with self._workspace.change():
            channel = self._workspace.channel(body["channel"])
            channel.read_until[person.id] = str(body["ts"])
            self._workspace.hint(person.id, {"type": "channels"})
        return {"ok": True}

    def _person(self, given: Json) -> Person:
        return Person(self._exchange, self._workspace.member(given.get("as")).id)

    def _where(self, body: Json) -> Message | View:
        if body.get("view_id"):
            return self._view(body)
        ts = str(body.get("ts"))
        channel = self._workspace.channel(body.get("channel"))
        whispered = self._workspace.ephemerals.get(str(body["as"]), ())
        found = channel.history.get(ts) or next((one for one in whispered if one.ts == ts), None)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def _view(self, body: Json) -> View:
        view = self._workspace.views.get(str(body.get("view_id")))
        if view is None:
            raise SlackError("view_not_found")
        return view

    def _reads(self, read: Callable[[Json], Json]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            with self._workspace.lock:
                answer = web.json_response(self._said(read, dict(request.query)))
            answer.enable_compression()  # a channel is asked for anew with every change
            return answer

        return handle

    def _acts(self, act: Callable[[Json], Json]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            # The act waits for the app, and the app calls back on this very loop.
            body = await request.json()
            answer = await asyncio.to_thread(self._said, act, body)
            if answer.get("ok"):
                self._extras.saw(act.__name__, body)
            return web.json_response(answer)

        return handle

    def _said(self, do: Callable[[Json], Json], given: Json) -> Json:
        """The answer, or the refusal in words for a person."""
        try:
            return do(given)
        except SlackError as refusal:
            sentence = SENTENCES.get(refusal.code, refusal.code)
            message = sentence.format(app=self._workspace.manifest.app_name)
            return {"ok": False, "error": refusal.code, "message": message}
        except LookupError as unknown:
            return {"ok": False, "error": "not_found", "message": str(unknown)}


def _pressed(blocks: list[Json], name: str, block_id: str | None) -> elements.Placed:
    """The element that was pressed; a message drawn anew meanwhile has it in another block."""
    for there in (block_id, None):
        try:
            return elements.find(blocks, name, there)
        except LookupError:
            continue
    raise SlackError("element_gone")


def _fields(body: Json) -> dict[Field, Any]:
    """What stands in a form, each value by its block and action."""
    return {
        (block_id, action_id): value
        for block_id, of_block in (body.get("values") or {}).items()
        for action_id, value in of_block.items()
    }


def _answer(done: Interaction) -> Json:
    if done.error:
        raise SlackError(done.error)
    return {"ok": True}


async def _static(request: web.Request) -> web.StreamResponse:
    path = PAGE / Path(request.match_info["file"]).name
    if not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=FRESH)
