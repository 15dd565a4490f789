"""For machines that watch: alive, ready, figures."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from bot.domain.clock_report import ClockReport
from bot.domain.errors import Unavailable
from bot.web.doors import Doors
from bot.web.in_time import InTime
from bot.web.signature import TOLERANCE

WITHIN = timedelta(milliseconds=700)  # whoever watches waits a second
SILENT = "the database does not answer"


def open_health(app: Flask, doors: Doors) -> None:
    @app.get("/healthz")
    def alive() -> Response:
        return jsonify(alive=True)

    looks = InTime(lambda: _looked(doors), WITHIN)

    @app.get("/readyz")
    def ready() -> tuple[Response, int]:
        said = looks.ask() or (looks.last if doors.is_keeping() else None)
        said = said or {"faults": {"store": SILENT}, **_clock(doors.clocks())}
        is_ready = not said["faults"]
        return jsonify(ready=is_ready, **said), 200 if is_ready else 503

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(doors.metrics(), content_type=CONTENT_TYPE_LATEST)


def _looked(doors: Doors) -> dict[str, object]:
    """Replies that wait, and what is tried again later, are said and are no fault."""
    faults = {part: fault for part, fault in doors.ready().items() if fault is not None}
    return {"faults": faults, **_said_beside(doors)}


def _said_beside(doors: Doors) -> dict[str, object]:
    """Posts and clicks come in all the same."""
    clock = _clock(doors.clocks())
    try:
        why, aside = doors.waits(), list(doors.set_aside())
    except Unavailable:
        return clock  # the fault of the store says it all
    waiting = {"waiting": {"public replies": why}} if why else {}
    return {**clock, **waiting, **({"set_aside": aside} if aside else {})}


def _what_it_means(report: ClockReport) -> Iterator[str]:
    if not report.worth_saying:
        yield "The clocks agree again."
        return
    if any(skew.is_followed for skew in report.worth_saying):
        yield "The desk's time follows it by five minutes an hour."
    if skew := report.suspect:
        refused = ": until then signed requests are refused" if abs(skew.ahead) > TOLERANCE else ""
        yield "Nothing comes early or late because of it."
        yield f"If it is wrong, set it right{refused}."


def _clock(report: ClockReport) -> dict[str, object]:
    """A clock that is off, or was set within the hour; what waits goes by the desk's own time."""
    skews, leaps = report.worth_saying, report.leaps
    if not skews and not leaps:
        return {}
    return {
        "clock": {
            "says": " ".join([*map(str, skews), *_what_it_means(report)]),
            "skew_seconds": {skew.clock: skew.ahead.total_seconds() for skew in skews},
            "steps": [
                {"clock": leap.clock, "at": leap.at.isoformat(), "seconds": leap.by.total_seconds()}
                for leap in leaps
            ],
        }
    }
