"""Moments and JSON as they stand in columns: epoch milliseconds, compact text."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def stamp(moment: datetime) -> int:
    """Epoch milliseconds, rounded down."""
    return (moment - _EPOCH) // _MILLISECOND


def stamp_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else stamp(moment)


def moment(value: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=value)


def moment_or_none(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


def to_json(value: object) -> str:
    return orjson.dumps(value).decode()


def from_json(text: str) -> Any:
    return orjson.loads(text)
