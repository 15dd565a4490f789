"""The figures once more, from nothing but the JSON that `export` prints; shares no code with them.

Written from the words of the figures' help and of the glossary, with the plainest means.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def recount(exports: list[Json], since: datetime, until: datetime) -> dict[str, Any]:
    """Name (or name@department) to value, or to median and 90th percentile."""
    lived = [Life(one, until) for one in exports if _at(one["case"]["opened_at"]) < until]
    opened = [one for one in lived if one.opened >= since and one.end_as != "merged"]
    standing = [one for one in lived if one.end_as is None]
    answered = [one for one in opened if one.answers]
    solved = [one for one in opened if one.end_as == "solved"]
    found = {
        "cases": len(opened),
        "first_response_time": _times(one.answers[0] - one.opened for one in answered),
        "answered_outside": sum(len(one.all("answered outside the desk")) for one in opened),
        "first_response_hours": _times(one.counted(one.answers[0]) for one in answered),
        "resolution_time": _times(one.ended - one.opened for one in solved),
        "within_promise": _share(kept for one in opened for _, kept in one.promises),
        "open": len(standing),
        "unanswered_72h": sum(one.waits(until) >= timedelta(hours=72) for one in standing),
        "handed_off_per_case": _mean(len(one.all("handed off")) for one in opened),
        "held_time": _times(sum(one.held.values(), timedelta()) for one in opened),
        "reopenings": sum(one.came_back for one in opened),
        "pings_per_solved_case": _mean(
            len(one.all("pinged")) - len(one.all("not called")) for one in solved
        ),
        "no_reply_needed": _share(one.end_as == "no reply needed" for one in opened),
    }
    for promise in ("first_response", "next_response", "resolution"):
        found[f"{promise}_within_promise"] = _share(
            kept for one in opened for name, kept in one.promises if name == promise
        )
    for department in {key for one in opened for key in one.held}:
        times = [one.held[department] for one in opened if department in one.held]
        found[f"held_time@{department}"] = _times(times)
    return found


class Life:
    """One exported case, lived through second by second up to a moment."""

    def __init__(self, export: Json, until: datetime):
        self._export = export
        self._told = [one for one in export["timeline"] if _at(one["at"]) <= until]
        self.opened = _at(self._told[0]["at"])
        self._closings = self._lasting_closings()
        self.is_closed = bool(self._closings) and self._closings[-1][1] is None
        self.end_as = self._closings[-1][2] if self.is_closed else None
        self.ended = self._closings[-1][0] if self.is_closed else until
        self.answers = [_at(one["at"]) for one in self.all("reply") if _state(one) == "sent"]
        self.came_back = sum(reopened is not None for _, reopened, _ in self._closings)
        self.stretches = self._stretches(until)
        self.held: dict[str, timedelta] = {}
        for whose, start, end in self.stretches:
            self.held[whose] = self.held.get(whose, timedelta()) + (end - start)
        self.promises = list(self._promises(until))

    def all(self, what: str) -> list[Json]:
        return [one for one in self._told if one["what"] == what]

    def counted(self, until: datetime) -> timedelta:
        """The open time until then, each stretch by its department's hours."""
        return sum(
            (
                _open_time(self._export["hours"][whose], start, min(end, until))
                for whose, start, end in self.stretches
                if start < until
            ),
            timedelta(),
        )

    def waits(self, until: datetime) -> timedelta:
        """Since the first word that no answer has followed."""
        begun = max((end for _, end, _ in self._closings if end), default=self.opened)
        words = [begun, *(_at(one["at"]) for one in self._told if one["what"] in _ITS_WORDS)]
        answered = max(self._answers_to_all(), default=None)
        open_words = [
            at for at in words
            if at >= begun and (answered is None or at > answered) and self._was_open(at)
        ]  # fmt: skip
        return until - min(open_words) if open_words else timedelta(-1)

    def _answers_to_all(self) -> Iterable[datetime]:
        """Answers that left after the customer's last word before them."""
        for one in self.all("reply"):
            if _state(one) != "sent":
                continue
            before = [
                at for at in self.all("reply") if at["data"].get("reply") == one["data"]["reply"]
            ]
            left = max(_at(at["at"]) for at in before if _state(at) == "sending")
            arrived = _at(one["at"])
            words = (_at(at["at"]) for at in self._told if at["what"] in _ITS_WORDS)
            if not any(left <= at <= arrived for at in words):
                yield arrived

    def _was_open(self, at: datetime) -> bool:
        return not any(end <= at < (back or datetime.max.replace(tzinfo=UTC))
                       for end, back, _ in self._closings)  # fmt: skip

    def _lasting_closings(self) -> list[tuple[datetime, datetime | None, str]]:
        """Closed when, reopened when, as what; without what was taken back within the hour."""
        found: list[tuple[datetime, datetime | None, str]] = []
        for one in self._told:
            at = _at(one["at"])
            if one["what"] == "closed":
                found.append((at, None, one["data"]["outcome"]))
            elif one["what"] == "reopened":
                closed, _, outcome = found.pop()
                if one["by"] == "customer" or at - closed > timedelta(hours=1):
                    found.append((closed, at, outcome))
        return found

    def _stretches(self, until: datetime) -> list[tuple[str, datetime, datetime]]:
        """Whose it was from when to when, with the closed times cut out."""
        moves = [("", self.opened)]
        for one in self._told:
            key = {"opened": "department"}.get(one["what"], "to")
            if one["what"] in _MOVES:
                moves.append((one["data"][key], _at(one["at"])))
        pieces: list[tuple[str, datetime, datetime]] = []
        ends = [at for _, at in moves[2:]] + [until]
        for (whose, start), end in zip(moves[1:], ends, strict=True):
            for closed, back, _ in self._closings:
                if closed < end and (back or until) >= start:
                    if closed >= start:
                        pieces.append((whose, start, closed))
                    start = min(back or until, end) if (back or until) > start else start
                    if back is None:
                        break
            else:
                pieces.append((whose, start, end))
        return pieces

    def _promises(self, until: datetime) -> Iterable[tuple[str, bool]]:
        solved = [at for at, _, outcome in self._closings if outcome == "solved"]
        for run in self._export["promises"]:
            if _at(run["started_at"]) > until:
                continue
            stopped = _at(run["stopped_at"]) if run["stopped_at"] else None
            over = min(stopped or until, until)
            late = run["due_at"] and _at(run["due_at"]) <= over
            if late or (run["breached_at"] and _at(run["breached_at"]) <= until):
                yield run["promise"], False
            elif stopped and stopped <= until:
                goal = solved if run["promise"] == "resolution" else self.answers
                if stopped in goal:
                    yield run["promise"], True


_ITS_WORDS = ("customer wrote", "merged")
_MOVES = ("opened", "routed", "handed off", "returned", "hand-off lapsed")


def _open_time(hours: Json, start: datetime, end: datetime) -> timedelta:
    """Day by day, window by window."""
    if hours["week"] is None and not hours["holidays"]:
        return end - start
    zone, total = ZoneInfo(hours["time_zone"]), timedelta()
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date():
        for opens, closes in _windows(hours, day, zone):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return total


def _windows(hours: Json, day: date, zone: ZoneInfo) -> Iterable[tuple[datetime, datetime]]:
    if day.isoformat() in hours["holidays"]:
        return
    week = hours["week"] or {key: ["00:00-24:00"] for key in DAYS}
    for text in week.get(DAYS[day.weekday()], []):
        opens, closes = (_local(day, one, zone) for one in text.split("-"))
        yield opens, closes


def _local(day: date, clock: str, zone: ZoneInfo) -> datetime:
    hour, minute = map(int, clock.split(":"))
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _state(event: Json) -> object:
    return event["data"].get("state")


def _times(lengths: Iterable[timedelta]) -> tuple[float, float] | None:
    seconds = sorted(length.total_seconds() for length in lengths)
    if not seconds:
        return None
    ninth = next(x for n, x in enumerate(seconds, 1) if n * 10 >= len(seconds) * 9)
    return median(seconds), ninth


def _mean(numbers: Iterable[float]) -> float | None:
    found = list(numbers)
    return sum(found) / len(found) if found else None


def _share(answers: Iterable[bool]) -> float | None:
    return _mean(int(one) for one in answers)
