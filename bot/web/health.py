"""For machines that watch: alive, ready, figures."""

from flask import Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from bot.web.doors import Doors


def open_health(app: Flask, doors: Doors) -> None:
    @app.get("/healthz")
    def alive() -> Response:
        return jsonify(alive=True)

    @app.get("/readyz")
    def ready() -> tuple[Response, int]:
        """Replies that wait are said and are no fault: posts and clicks come in all the same."""
        faults = {part: fault for part, fault in doors.ready().items() if fault is not None}
        if faults:
            return jsonify(ready=False, faults=faults), 503
        why = doors.waits()
        waiting = {"waiting": {"public replies": why}} if why else {}
        return jsonify(ready=True, faults={}, **waiting), 200

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(doors.metrics(), content_type=CONTENT_TYPE_LATEST)
