"""What a program adds to the page: JSON addresses under its own name, and a module to load."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from slack_sandbox.blocks import Json

Answer = Callable[[Json], Json]
Saw = Callable[[str, Json], None]

FRESH = {"Cache-Control": "no-cache"}  # a file that was changed is the one to be shown
HEAD = "</head>"


class Refused(Exception):
    """An extra does not do what was asked; its text is the sentence that the person reads."""


def _blind(_act: str, _body: Json) -> None:
    """Looks at nothing."""


@dataclass(frozen=True)
class Extra:
    """`name` is the first part of its addresses; the page loads `<name>.js` and `<name>.css`."""

    name: str
    folder: Path
    reads: Mapping[str, Answer] = field(default_factory=dict)
    acts: Mapping[str, Answer] = field(default_factory=dict)
    saw: Saw = _blind  # told of what a person has done on the page, once it was done


class Extras:
    """Those that are mounted; more may come while the server runs."""

    def __init__(self) -> None:
        self._mounted: dict[str, Extra] = {}

    def mount(self, extra: Extra) -> None:
        self._mounted[extra.name] = extra

    def add_to(self, application: web.Application) -> None:
        router = application.router
        router.add_get("/{extra}/static/{file}", self._static)
        router.add_get("/{extra}/{name}", self._read)
        router.add_post("/{extra}/{name}", self._act)

    def dressed(self, page: str) -> str:
        """The page, loading what every extra has."""
        return page.replace(HEAD, "".join(map(_tags, self._mounted.values())) + HEAD)

    def saw(self, act: str, body: Json) -> None:
        for extra in list(self._mounted.values()):
            extra.saw(act, body)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path = self._asked(request).folder / Path(request.match_info["file"]).name
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=FRESH)

    async def _read(self, request: web.Request) -> web.Response:
        answer = _of(self._asked(request).reads, request)
        return web.json_response(await asyncio.to_thread(_said, answer, dict(request.query)))

    async def _act(self, request: web.Request) -> web.Response:
        answer = _of(self._asked(request).acts, request)
        return web.json_response(await asyncio.to_thread(_said, answer, await request.json()))

    def _asked(self, request: web.Request) -> Extra:
        extra = self._mounted.get(request.match_info["extra"])
        if extra is None:
            raise web.HTTPNotFound
        return extra


def _of(answers: Mapping[str, Answer], request: web.Request) -> Answer:
    answer = answers.get(request.match_info["name"])
    if answer is None:
        raise web.HTTPNotFound
    return answer


def _said(answer: Answer, given: Json) -> Json:
    try:
        return answer(given)
    except Refused as refused:
        return {"ok": False, "error": "refused", "message": str(refused)}


def _tags(extra: Extra) -> str:
    at = f"/{extra.name}/static/{extra.name}"
    return (
        f'<link rel="stylesheet" href="{at}.css">\n    '
        f'<script type="module" src="{at}.js"></script>\n  '
    )
