"""How a door says no: JSON with every fault, and never a word of what was sent."""

import logging
import math
import traceback
from datetime import timedelta
from typing import NoReturn

from flask import Flask, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from bot.domain.errors import Unavailable
from bot.domain.post_json import BadPost, FieldFault
from bot.domain.strict_json import BadJson
from bot.web.doors import Doors

log = logging.getLogger(__name__)

SEND_AGAIN = timedelta(seconds=5)


def refuse(status: int, error: str, *, wait: timedelta | None = None) -> NoReturn:
    abort(_answer(status, [FieldFault("", error)], wait=wait))


def answer_errors(app: Flask, doors: Doors) -> None:
    """Whatever a view raises becomes an answer of one shape."""

    def unexpected(error: Exception) -> Response:
        reference = doors.new_key()[:8].upper()
        # An exception may quote the customer, so its own words stay out of the log.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("request failed, reference %s: %s\n%s", reference, type(error).__name__, where)
        return _answer(500, [FieldFault("", f"internal error, reference {reference}")])

    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(BadJson, _from_json)
    app.register_error_handler(BadPost, _from_post)
    app.register_error_handler(Unavailable, _from_store)
    app.register_error_handler(Exception, unexpected)


def _from_http(error: HTTPException) -> Response:
    answer = _answer(error.code or 500, [FieldFault("", error.name.lower())])
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def _from_json(error: BadJson) -> Response:
    return _answer(400, [FieldFault("", error.reason)])


def _from_post(error: BadPost) -> Response:
    return _answer(422, error.fields)


def _from_store(_: Unavailable) -> Response:
    is_read = request.method == "GET"
    error = "could not be read: try again" if is_read else "could not be stored: send again"
    return _answer(503, [FieldFault("", error)], wait=SEND_AGAIN)


def _answer(status: int, faults: list[FieldFault], *, wait: timedelta | None = None) -> Response:
    errors = [{"field": fault.field, "error": fault.error} for fault in faults]
    answer = jsonify(errors=errors)
    answer.status_code = status
    if wait is not None:
        answer.headers["Retry-After"] = str(max(1, math.ceil(wait.total_seconds())))
    return answer
