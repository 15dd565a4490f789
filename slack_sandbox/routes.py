"""From the wire to a method and back: arguments, tokens, faults, response URLs, uploads."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable

from aiohttp import web

from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.faults import Fault, Faults
from slack_sandbox.responses import respond
from slack_sandbox.web_api.endpoint import Endpoint
from slack_sandbox.workspace import Workspace

BEARER = "Bearer "


class WebApiRoutes:
    """The addresses the app itself calls."""

    def __init__(self, workspace: Workspace, endpoint: Endpoint, faults: Faults) -> None:
        self._workspace = workspace
        self._endpoint = endpoint
        self._faults = faults

    def add_to(self, application: web.Application, methods: Iterable[str]) -> None:
        router = application.router
        for name in methods:
            router.add_route("*", f"/api/{name}", self.call)
        router.add_route("*", "/api/{method}", self.call)
        router.add_post("/hooks/{path:.+}", self.respond)
        router.add_post("/upload/{file}", self.upload)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One Web API call, with whatever fault waits for it."""
        name = request.path.removeprefix("/api/")
        try:
            args = await _arguments(request)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        token = request.headers.get("Authorization", "").removeprefix(BEARER)
        token = token or str(args.pop("token", ""))
        with self._workspace.lock:
            fault = self._faults.take(name, args.get("channel"))
        if fault is None:
            return self._answer(name, token, args)
        failed = await _before(fault, request)
        return failed or _after(fault, request, self._answer(name, token, args))

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """A post to a response URL."""
        body = await _arguments(request)
        with self._workspace.change():
            try:
                url = self._workspace.response_urls.redeem(request.match_info["path"])
                respond(self._workspace, url, body)
            except SlackError as refusal:
                status = 404 if refusal.code in ("expired_url", "used_url") else 400
                return web.Response(status=status, text=refusal.code)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file, sent to the address handed out for it."""
        content = await request.read()
        with self._workspace.change():
            file = self._workspace.files.get(request.match_info["file"])
            if file is None:
                return web.Response(status=404, text="file_not_found")
            file["size"] = len(content)
        return web.Response(text=f"OK - {len(content)}")

    def _answer(self, name: str, token: str, args: Json) -> web.Response:
        answer = self._endpoint.answer(name, token, args)
        text = json.dumps(answer.body)
        return web.Response(
            status=answer.status, text=text, headers=answer.headers, content_type="application/json"
        )


async def _arguments(request: web.Request) -> Json:
    """Query, form and JSON body together, as Slack reads them."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        args |= json.loads(body) if body.strip() else {}
    elif request.can_read_body:
        args |= dict(await request.post())
    return args


async def _before(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """The faults that keep the call from being done."""
    match fault.kind:
        case "429":
            headers = {"Retry-After": str(fault.retry_after)}
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers=headers
            )
        case "500":
            return web.Response(status=500)
        case "html":
            return web.Response(
                text="<html><body>Maintenance</body></html>", content_type="text/html"
            )
        case "ok-false":
            return web.json_response({"ok": False, "error": fault.error})
        case "drop":
            return _cut_off(request)
        case "slow":
            await asyncio.sleep(fault.seconds)
    return None


def _after(fault: Fault, request: web.Request, answer: web.Response) -> web.StreamResponse:
    """The faults that lose the answer of a call that was done."""
    if fault.kind == "500-after":
        return web.Response(status=500)
    return _cut_off(request) if fault.kind == "drop-after" else answer


def _cut_off(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
