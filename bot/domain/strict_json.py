"""Foreign JSON at the border: what gets past here can be stored, shown and walked without care."""

import json
import math
import re
from typing import NoReturn

from bot.domain.errors import Broken

MAX_DEPTH = 64

_INT64 = range(-(2**63), 2**63)
_INT64_LENGTH = 20
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class BadJson(Broken):
    """Not JSON, or none that the desk can keep; the reason quotes nothing of it."""

    def __init__(self, reason: str):
        super().__init__([reason])
        self.reason = reason


def load_json(text: bytes) -> object:
    """The value; lone surrogates in it became U+FFFD, so did NUL characters. Raises BadJson."""
    try:
        value = json.loads(
            text.decode("utf-8-sig"),
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_constant,
        )
    except UnicodeDecodeError:
        raise BadJson("is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadJson(f"is not JSON: line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise BadJson("is nested too deeply") from None
    return _storable(value, MAX_DEPTH)


def storable(text: str) -> str:
    """Without what no database takes: half a surrogate pair, and NUL."""
    return _LONE_SURROGATE.sub("\ufffd", text).replace("\0", "\ufffd")


def _storable(value: object, depth: int) -> object:
    if isinstance(value, str):
        return storable(value)
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        raise BadJson("is nested too deeply")
    if isinstance(value, list):
        return [_storable(item, depth - 1) for item in value]
    return {_storable(key, depth): _storable(item, depth - 1) for key, item in value.items()}


def _integer(digits: str) -> int:
    # Python itself refuses to read thousands of digits, with an error of another kind.
    if len(digits) > _INT64_LENGTH or int(digits) not in _INT64:
        raise BadJson("has a number beyond 64 bits")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadJson("has a number beyond 64 bits")
    return number


def _constant(name: str) -> NoReturn:
    raise BadJson(f"has {name}, which is no JSON")
