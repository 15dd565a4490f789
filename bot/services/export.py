"""One case whole, as plain values: with every decision, for whoever asks for it later."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from bot.domain.hours import BusinessHours
from bot.domain.ids import CaseId
from bot.domain.local_time import DAYS
from bot.domain.post_json import post_to_json
from bot.services import customers, wording
from bot.services.kernel import Kernel, Work
from bot.store.posts import StoredPost

MOST_VOICES = 1000


def export_case(kernel: Kernel, number: CaseId) -> dict[str, Any]:
    """Everything the desk holds of it, ready for JSON; moments as ISO 8601 in UTC."""
    with kernel.look() as work:
        case = work.case(number)
        tx, said = work.tx, customers.words(work, case)
        others = customers.voices(work, case, limit=MOST_VOICES)
        ours = partial(_in_words, wording.reader(work, kernel.sign))
        return {
            "case": ours(_plain(asdict(case))),
            "posts": [_post(stored) for stored in said],
            "voices": [_post(stored) for stored in others],
            "replies": [_plain(asdict(reply)) for reply in tx.replies.of_case(number)],
            "asks": [ours(_plain(asdict(ask))) for ask in tx.asks.of_case(number)],
            "questions": [ours(_plain(asdict(one))) for one in tx.asks.questions(number)],
            "promises": _promises(work, number),
            "timeline": [ours(_plain(asdict(event))) for event in tx.timeline.of_case(number)],
            "hours": {key: _hours(one.calendar) for key, one in work.setup.departments.items()},
        }


def _promises(work: Work, number: CaseId) -> list[Any]:
    runs = work.tx.promises.of_case(number)
    return [_plain({**asdict(run), "target": str(run.target)}) for run in runs]


def _hours(calendar: BusinessHours) -> dict[str, Any]:
    """When a department is open, as it is set now; no week: round the clock."""
    week = None
    if calendar.week is not None:
        week = {DAYS[day]: [str(one) for one in open_] for day, open_ in calendar.week.items()}
    holidays = [day.isoformat() for day in sorted(calendar.holidays)]
    return {"time_zone": calendar.time_zone, "week": week, "holidays": holidays}


def _post(stored: StoredPost) -> Any:
    marks = {
        "stored_at": stored.stored_at,
        "language": stored.language,
        "edited_at": stored.edited_at,
        "deleted_at": stored.deleted_at,
        "heard_as": stored.heard_as.value,
        "case": stored.case,
    }
    return {**post_to_json(stored.post), **_plain(marks)}


def _in_words(read: Callable[[str], str], value: Any) -> Any:
    """People's words and reasons of ours, in which people are named as Slack names them."""
    match value:
        case str():
            return read(value)
        case dict():
            return {key: _in_words(read, item) for key, item in value.items()}
        case list():
            return [_in_words(read, item) for item in value]
        case _:
            return value


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value
