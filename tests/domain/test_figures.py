"""Each figure by a story: what one case's timeline says, and what it adds."""

from datetime import UTC, datetime, timedelta

from bot.domain.case import Outcome
from bot.domain.durations import hours
from bot.domain.history import History, history
from bot.domain.hours import BusinessHours, parse_periods
from bot.domain.ids import CUSTOMER, DESK, CaseId, DepartmentKey, MemberId
from bot.domain.kpi import KPIS, behind
from bot.domain.promises import PromiseRun
from bot.domain.report import Period, Tally
from bot.domain.sla import Promise
from bot.domain.timeline import Event, What

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
ANN = MemberId("UANN")
SERVICE, SALES = DepartmentKey("service"), DepartmentKey("sales")
MORNINGS = BusinessHours(week={day: parse_periods("08:00-10:00") for day in range(5)})


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def event(minutes: float, what: What, by: MemberId = ANN, **data: object) -> Event:
    return Event(CaseId(1042), at(minutes), what, by, data)


OPENED = event(0, What.OPENED, DESK, department="service")
SOLVED = {"outcome": "solved", "into": None}


def told(
    *events: Event, until: float = 60 * 24 * 10, promises: tuple[PromiseRun, ...] = ()
) -> History:
    return history([OPENED, *events], promises, at(until), {SALES: MORNINGS})


def added(name: str, story: History) -> list[float]:
    return KPIS[name].added_by(story, NINE)


def promise(kind: Promise, **facts: datetime | None) -> PromiseRun:
    return PromiseRun(CaseId(1042), kind, NINE, SERVICE, hours(1), True, 75, **facts)


def test_the_first_response_is_the_first_delivered_answer_and_no_attempt():
    story = told(
        event(3, What.REPLY, state="undo"),
        event(5, What.REPLY, state="sending"),
        event(6, What.REPLY, state="rejected"),
        event(9, What.REPLY, state="sent"),
        event(30, What.REPLY, state="sent"),
    )
    assert added("first_response_time", story) == [9 * 60]


def test_the_hours_count_each_while_by_the_department_that_had_it():
    story = told(
        event(30, What.HANDED_OFF, was="service", to="sales"),
        event(24 * 60, What.REPLY, state="sent"),
    )
    # Half an hour of service round the clock, half an hour of Monday's and an hour of Tuesday's.
    assert added("first_response_hours", story) == [2 * 60 * 60]


def test_a_closing_taken_back_within_the_hour_has_never_been():
    story = told(
        event(10, What.CLOSED, **SOLVED),
        event(60, What.REOPENED),
        event(120, What.CLOSED, **SOLVED),
    )
    assert added("reopenings", story) == [0]
    assert added("resolution_time", story) == [120 * 60]
    assert added("held_time", story) == [120 * 60]


def test_a_customer_who_comes_back_reopens_and_the_pause_is_nobodys():
    story = told(
        event(10, What.CLOSED, **SOLVED),
        event(40, What.REOPENED, CUSTOMER),
        event(50, What.CLOSED, **SOLVED),
    )
    assert added("reopenings", story) == [1]
    assert added("held_time", story) == [20 * 60]


def test_a_part_of_the_journey_is_what_one_department_held():
    story = told(
        event(10, What.HANDED_OFF, was="service", to="sales"),
        event(25, What.BOUNCED, to="service"),
        event(40, What.CLOSED, **SOLVED),
    )
    tally = Tally(Period(NINE, at(100)))
    tally.add(story)
    held = {one.department: one.value for one in tally.report().figures if one.department}
    assert held == {SERVICE: 25 * 60, SALES: 15 * 60}
    assert added("handed_off_per_case", story) == [1]


def test_a_promise_is_kept_by_an_answer_broken_by_lateness_and_neither_when_nobody_owes_it():
    kept = promise(Promise.FIRST_RESPONSE, due_at=at(60), stopped_at=at(9))
    late = promise(Promise.NEXT_RESPONSE, due_at=at(20), stopped_at=at(30))
    void = promise(Promise.RESOLUTION, due_at=at(600), stopped_at=at(40))
    story = told(
        event(9, What.REPLY, state="sent"),
        event(30, What.REPLY, state="sent"),
        event(40, What.CLOSED, outcome="no reply needed"),
        promises=(kept, late, void),
    )
    assert added("within_promise", story) == [1, 0]
    assert added("resolution_within_promise", story) == []
    assert added("no_reply_needed", story) == [True]


def test_what_runs_out_of_time_is_broken_before_the_clock_has_looked():
    run = promise(Promise.FIRST_RESPONSE, due_at=at(60))
    assert added("first_response_within_promise", told(until=59, promises=(run,))) == []
    assert added("first_response_within_promise", told(until=60, promises=(run,))) == [0]


def test_a_report_of_yesterday_knows_nothing_of_today():
    story = told(event(9, What.REPLY, state="sent"), event(20, What.CLOSED, **SOLVED), until=10)
    assert story.is_open
    assert added("first_response_time", story) == [9 * 60]
    assert added("resolution_time", story) == []


def test_three_days_without_a_word_are_counted_from_the_word_that_waits():
    three_days = 72 * 60
    assert added("unanswered_72h", told(until=three_days - 1)) == []
    assert added("unanswered_72h", told(until=three_days)) == [1]
    answered = event(5, What.REPLY, state="sent")
    assert added("unanswered_72h", told(answered, until=three_days)) == []
    again = event(50, What.POSTED, CUSTOMER)
    assert added("unanswered_72h", told(answered, again, until=three_days + 49)) == []
    assert added("unanswered_72h", told(answered, again, until=three_days + 50)) == [1]


def test_an_answer_that_crossed_the_customers_next_word_answers_nothing():
    story = told(
        event(5, What.REPLY, state="sending"),
        event(6, What.POSTED, CUSTOMER),
        event(7, What.REPLY, state="sent"),
    )
    assert story.owed_since == NINE
    assert added("first_response_time", story) == [7 * 60]


def test_what_was_merged_counts_where_it_went():
    story = told(event(10, What.CLOSED, outcome="merged", into=1040))
    assert story.outcome is Outcome.MERGED
    assert [name for name in KPIS if added(name, story)] == []


def test_older_cases_count_only_for_what_is_open_at_the_end():
    story = told()
    later = {name for name, kpi in KPIS.items() if kpi.added_by(story, at(1))}
    assert later == {"open", "unanswered_72h"}


def test_the_ninetieth_percentile_is_a_time_that_somebody_waited():
    tally = Tally(Period(NINE, at(10_000)))
    for minutes in range(1, 11):
        tally.add(told(event(minutes, What.REPLY, state="sent")))
    figure = tally.report().figure("first_response_time")
    assert (figure.value, figure.p90, figure.size) == (5.5 * 60, 9 * 60, 10)


def test_a_period_without_cases_has_figures_that_say_so():
    report = Tally(Period(NINE, at(1))).report()
    assert {one.value for one in report.figures} == {None, 0}


def test_behind_a_figure_the_case_to_look_at_first_ranks_first():
    slow = behind(KPIS["first_response_time"], told(event(90, What.REPLY, state="sent")), NINE)
    fast = behind(KPIS["first_response_time"], told(event(2, What.REPLY, state="sent")), NINE)
    assert slow is not None
    assert fast is not None
    assert slow.rank < fast.rank
    assert behind(KPIS["reopenings"], told(), NINE) is None


def test_an_answer_given_outside_is_a_figure_of_its_own():
    kept = promise(Promise.FIRST_RESPONSE, stopped_at=at(9), due_at=at(60))
    story = told(
        event(9, What.OUTSIDE, DESK, owed=False),
        event(300, What.REPLY, state="sent"),
        promises=(kept,),
    )
    assert added("answered_outside", story) == [1]
    assert added("first_response_time", story) == []
    assert added("first_response_hours", story) == []
    assert added("first_response_within_promise", story) == [1]
    assert added("unanswered_72h", story) == []


def test_an_answer_given_outside_that_is_taken_back_was_none():
    story = told(event(9, What.OUTSIDE, owed=False), event(12, What.OUTSIDE, undone=True))
    assert added("answered_outside", story) == [0]
    assert added("unanswered_72h", story) == [1]


def test_thanks_and_a_late_word_leave_nobody_waiting():
    answered = (event(5, What.REPLY, state="sending"), event(6, What.REPLY, state="sent"))
    thanks = event(9, What.POSTED, CUSTOMER, owed=False)
    assert added("unanswered_72h", told(*answered, thanks)) == []
    assert added("unanswered_72h", told(*answered, event(9, What.POSTED, CUSTOMER))) == [1]
