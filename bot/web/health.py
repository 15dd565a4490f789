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
        faults = {part: fault for part, fault in doors.ready().items() if fault is not None}
        return jsonify(ready=not faults, faults=faults), 503 if faults else 200

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(doors.metrics(), content_type=CONTENT_TYPE_LATEST)
