"""As little of Slack as an app can connect to: it presses buttons fast and takes the acks."""

import asyncio
import json
import threading
from collections.abc import Coroutine, Iterator
from itertools import count
from time import perf_counter
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

from benchmarks.desks import ANN, CHANNELS
from benchmarks.measure import Round

T = TypeVar("T")
Json = dict[str, Any]

TEAM = "T0BENCH"
HELLO = json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
PATIENCE = 60.0  # seconds to wait for an app to connect, or for the last ack


class Line:
    """The Socket Mode connection of one app."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()
        self._serials = count(1)
        self._sent: dict[str, float] = {}
        self._each: list[float] = []
        self._payloads: Iterator[str] = iter(())
        self._done = asyncio.Event()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await self._socket.prepare(request)
        await self._socket.send_str(HELLO)
        self.connected.set()
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                await self._take_ack(json.loads(message.data))
        return self._socket

    async def press(self, payloads: list[str], *, at_once: int) -> Round:
        """Every button, never more than so many unanswered; what each ack took."""
        self._each, self._payloads = [], iter(payloads)
        self._done.clear()
        begun = perf_counter()
        for _ in range(at_once):
            await self._send_next()
        await asyncio.wait_for(self._done.wait(), PATIENCE)
        return Round(self._each, perf_counter() - begun)

    async def _send_next(self) -> None:
        payload = next(self._payloads, None)
        if payload is not None:
            name = f"00000000-0000-4000-9000-{next(self._serials):012x}"
            self._sent[name] = perf_counter()
            await self._socket.send_str(
                f'{{"envelope_id": "{name}", "type": "interactive",'
                f' "accepts_response_payload": true, "payload": {payload}}}'
            )

    async def _take_ack(self, answer: Json) -> None:
        self._each.append(perf_counter() - self._sent.pop(answer["envelope_id"]))
        await self._send_next()
        if not self._sent:
            self._done.set()


class LeanSlack:
    """Serves any number of apps, each below a path of its own, from its own thread."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="lean-slack")
        self._stamps = count(1)

    def __enter__(self) -> "LeanSlack":
        self._thread.start()
        self._run(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def api_url(self, app: str) -> str:
        return f"{self._url}/{app}/api/"

    def press(self, app: str, payloads: list[str], *, at_once: int) -> Round:
        return self._run(self._press(app, payloads, at_once))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _press(self, app: str, payloads: list[str], at_once: int) -> Round:
        line = self._line(app)
        await asyncio.wait_for(line.connected.wait(), PATIENCE)
        return await line.press(payloads, at_once=at_once)

    async def _open(self) -> None:
        application = web.Application()
        application.router.add_post("/{app}/api/{method}", self._answer)
        application.router.add_get("/{app}/link", self._link)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._url = f"http://{host}:{port}"

    def _line(self, app: str) -> Line:
        return self._lines.setdefault(app, Line())

    async def _link(self, request: web.Request) -> web.StreamResponse:
        return await self._line(request.match_info["app"]).serve(request)

    async def _answer(self, request: web.Request) -> web.Response:
        app, method = request.match_info["app"], request.match_info["method"]
        facts = _ANSWERS.get(method, {})
        if method == "apps.connections.open":
            facts = {"url": f"{self._url}/{app}/link".replace("http:", "ws:")}
        elif method in ("chat.postMessage", "chat.update"):
            channel = (await request.post() or await request.json())["channel"]
            facts = {"channel": channel, "ts": f"1800000000.{next(self._stamps):06d}"}
        return web.json_response({"ok": True, **facts})


_ANSWERS: dict[str, Json] = {
    "auth.test": {
        "user_id": "U0BOT", "bot_id": "B0BOT", "team_id": TEAM, "url": "https://bench.example/",
    },
    "users.list": {
        "members": [{"id": ANN, "name": "ann", "profile": {"email": "ann@example.com"}}]
    },
    "conversations.list": {
        "channels": [
            {"id": channel, "name": name, "is_private": True, "is_member": True}
            for name, channel in CHANNELS.items()
        ]
    },
    "conversations.members": {"members": [ANN, "U0BOT"]},
}  # fmt: skip
