"""For machines that watch: alive, ready, figures."""

from flask import Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from bot.domain.errors import Unavailable
from bot.web.doors import Doors


def open_health(app: Flask, doors: Doors) -> None:
    @app.get("/healthz")
    def alive() -> Response:
        return jsonify(alive=True)

    @app.get("/readyz")
    def ready() -> tuple[Response, int]:
        """Replies that wait, and what is tried again later, are said and are no fault."""
        faults = {part: fault for part, fault in doors.ready().items() if fault is not None}
        if faults:
            return jsonify(ready=False, faults=faults, **_said_beside(doors)), 503
        return jsonify(ready=True, faults={}, **_said_beside(doors)), 200

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(doors.metrics(), content_type=CONTENT_TYPE_LATEST)


def _said_beside(doors: Doors) -> dict[str, object]:
    """Posts and clicks come in all the same."""
    try:
        why, aside = doors.waits(), list(doors.set_aside())
    except Unavailable:
        return {}  # the fault of the store says it all
    waiting = {"waiting": {"public replies": why}} if why else {}
    return {**waiting, **({"set_aside": aside} if aside else {})}
