"""The receipt: every stretch, and how it ended."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clock import Pause, Running, deadline
from bot.domain.durations import Duration, minutes, parse_duration
from bot.domain.hours import ALWAYS, BusinessHours, parse_periods
from bot.domain.receipt import Receipt, receipt
from bot.domain.sla import Promise

OFFICE = BusinessHours("UTC", dict.fromkeys(range(5), parse_periods("09:00-17:00")))


def at(day: int, clock: str) -> datetime:
    """November 2026; Friday is the 20th."""
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}+00:00")


def answer(target: str = "1h", calendar: BusinessHours = OFFICE) -> Running:
    """Owed since Friday 16:30."""
    return Running(Promise.FIRST_RESPONSE, at(20, "16:30"), parse_duration(target), calendar)


def printed(paper: Receipt) -> list[tuple[str, str, timedelta]]:
    return [
        (f"{line.start:%a %H:%M}-{line.end:%a %H:%M}", line.why, line.counted_time)
        for line in paper.lines
    ]


def test_a_receipt_shows_what_counted_and_why_the_rest_did_not() -> None:
    paper = receipt(answer(), now=at(25, "12:00"), stopped_at=at(23, "09:16"))
    assert printed(paper) == [
        ("Fri 16:30-Fri 17:00", "open", timedelta(minutes=30)),
        ("Fri 17:00-Sat 00:00", "outside hours", timedelta()),
        ("Sat 00:00-Sun 00:00", "closed (Sat)", timedelta()),
        ("Sun 00:00-Mon 00:00", "closed (Sun)", timedelta()),
        ("Mon 00:00-Mon 09:00", "outside hours", timedelta()),
        ("Mon 09:00-Mon 09:16", "open", timedelta(minutes=16)),
    ]
    assert paper.total == timedelta(minutes=46)
    assert (paper.promise, paper.target) == (Promise.FIRST_RESPONSE, minutes(60))
    assert paper.due == at(23, "09:30")
    assert paper.verdict == "kept, 14 min left"


def test_a_running_clock_says_what_is_left_by_the_calendar() -> None:
    assert receipt(answer(), now=at(21, "12:00")).verdict == "30 min left"


def test_a_breach_says_how_long_ago_and_a_late_answer_how_late() -> None:
    assert receipt(answer(), now=at(23, "09:34")).verdict == "breached 4 min ago"
    late = receipt(answer(), now=at(25, "12:00"), stopped_at=at(23, "09:34"))
    assert late.verdict == "breached, 4 min late"


def test_an_answer_at_the_very_moment_is_late() -> None:
    late = receipt(answer(), now=at(23, "09:30"), stopped_at=at(23, "09:30"))
    assert late.verdict == "breached, 0 s late"


def test_a_clock_that_has_just_started_has_an_empty_receipt() -> None:
    paper = receipt(answer(), now=at(20, "16:30"))
    assert paper.lines == ()
    assert paper.total == timedelta()
    assert paper.verdict == "1 h left"


def solution(*pauses: Pause) -> Running:
    """Owed since Friday 10:00, in four open hours."""
    return Running(Promise.RESOLUTION, at(20, "10:00"), parse_duration("4h"), OFFICE, pauses)


def test_waiting_for_the_customer_is_a_line_of_its_own_where_it_would_have_counted() -> None:
    waited = Pause(at(20, "12:00"), at(23, "10:00"))
    paper = receipt(solution(waited), now=at(23, "11:00"))
    assert printed(paper) == [
        ("Fri 10:00-Fri 12:00", "open", timedelta(hours=2)),
        ("Fri 12:00-Fri 17:00", "waiting for the customer", timedelta()),
        ("Fri 17:00-Sat 00:00", "outside hours", timedelta()),
        ("Sat 00:00-Sun 00:00", "closed (Sat)", timedelta()),
        ("Sun 00:00-Mon 00:00", "closed (Sun)", timedelta()),
        ("Mon 00:00-Mon 09:00", "outside hours", timedelta()),
        ("Mon 09:00-Mon 10:00", "waiting for the customer", timedelta()),
        ("Mon 10:00-Mon 11:00", "open", timedelta(hours=1)),
    ]
    assert paper.due == at(23, "12:00")
    assert paper.verdict == "1 h left"


def test_while_paused_there_is_no_due_time_and_the_verdict_says_why() -> None:
    paper = receipt(solution(Pause(at(20, "12:00"))), now=at(20, "15:00"))
    assert paper.due is None
    assert paper.verdict == "paused, waiting for the customer"
    assert paper.total == timedelta(hours=2)


def test_a_case_resolved_while_waiting_was_kept() -> None:
    paper = receipt(
        solution(Pause(at(20, "12:00"))), now=at(25, "09:00"), stopped_at=at(20, "15:00")
    )
    assert paper.verdict == "kept, 2 h left"
    assert paper.due == at(20, "17:00")


def test_a_receipt_in_business_days_shows_the_open_time() -> None:
    paper = receipt(answer("1bd"), now=at(24, "09:00"), stopped_at=at(23, "16:00"))
    assert paper.due == at(23, "16:30")
    assert paper.total == timedelta(hours=7, minutes=30)
    assert paper.verdict == "kept, 30 min left"


START = at(20, "12:00")
breaks = st.lists(st.integers(0, 5 * 1440), unique=True, min_size=2, max_size=8).map(sorted)


@settings(deadline=None, max_examples=100)
@given(breaks, st.integers(1, 1000), st.sampled_from([OFFICE, ALWAYS]))
def test_stopped_when_due_exactly_the_target_was_counted_and_every_minute_is_explained(
    breaks: list[int], target: int, calendar: BusinessHours
) -> None:
    moments = [START + timedelta(minutes=minute) for minute in breaks]
    pauses = tuple(Pause(*pair) for pair in zip(moments[::2], moments[1::2], strict=False))
    length = timedelta(minutes=target)
    running = Running(Promise.RESOLUTION, START, Duration(length), calendar, pauses)
    due = deadline(running, START + timedelta(days=6))
    assert due is not None
    paper = receipt(running, now=START + timedelta(days=6), stopped_at=due.at)
    assert paper.total == length
    assert paper.due == due.at
    assert [START, *(line.end for line in paper.lines)] == [
        *(line.start for line in paper.lines),
        due.at,
    ]
