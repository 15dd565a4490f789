"""Slack over HTTP: the gate in front of Bolt, which reads a body before it knows whose it is."""

from urllib.parse import parse_qs

from flask import Flask, Response, request
from werkzeug.datastructures import Headers

from bot.domain.strict_json import load_json
from bot.web.answers import refuse
from bot.web.body import bounded_body
from bot.web.doors import Doors
from bot.web.gate import must_be_signed
from bot.web.signature import SLACKS_MOMENT, is_from_slack

MAX_BODY = 1024 * 1024

_NOT_SIGNED = "x-slack-bolt-"  # Bolt obeys these headers, though no signature covers them
_MAX_FIELDS = 100


def open_slack(app: Flask, doors: Doors) -> None:
    @app.post("/slack/events")
    def slack_events() -> Response:
        if not doors.slack:
            refuse(404, "not found")
        body = bounded_body(MAX_BODY)
        secret = doors.slack_signing_secret
        is_signed = bool(secret) and is_from_slack(body, request.headers, secret=str(secret))
        must_be_signed(doors, request.headers.get(SLACKS_MOMENT, ""), is_signed=is_signed)
        _refuse_what_breaks_bolt(body)
        status, headers, text = doors.slack(body, _trusted(request.headers))
        return Response(text, status, dict(headers))


def _refuse_what_breaks_bolt(body: bytes) -> None:
    """Bolt takes an object or a form; what else comes is answered 400."""
    is_json = request.mimetype == "application/json" or body.startswith(b"{")
    for json_text in [body] if is_json else _payloads(body):
        if not isinstance(load_json(json_text), dict):
            refuse(400, "must be an object")


def _payloads(body: bytes) -> list[bytes]:
    try:
        form = parse_qs(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except ValueError:
        refuse(400, "is not a form")
    return [payload.encode() for payload in form.get("payload", [])]


def _trusted(headers: Headers) -> dict[str, str]:
    return {
        name: value for name, value in headers.items() if not name.lower().startswith(_NOT_SIGNED)
    }
