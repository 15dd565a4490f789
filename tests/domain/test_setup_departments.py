"""departments.toml: what it may say, and how each mistake is told."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from bot.domain.department import Department
from bot.domain.errors import Broken
from bot.domain.setup import departments_from

SERVICE = {"key": "service", "name": "Customer service", "channel": "#care-service"}
SALES = {"key": "sales", "name": "Sales", "channel": "#care-sales"}
TRIAGE = {"key": "triage", "name": "Triage", "channel": "#care-triage"}


def dutch_days(place: str) -> Mapping[date, str]:
    if place != "NL":
        raise ValueError(f"“{place}” is no country here")
    return {date(2026, 4, 27): "Koningsdag"}


def read(*tables: object) -> tuple[Department, ...]:
    return departments_from({"department": list(tables)}, dutch_days)


def faults(*tables: object) -> list[str]:
    with pytest.raises(Broken) as refusal:
        read(*tables)
    return refusal.value.faults


def test_a_department_needs_a_key_a_name_and_a_channel_only() -> None:
    (service,) = read(SERVICE)
    assert service == Department(service.key, "Customer service", "#care-service")
    assert service.key == "service"


def test_everything_that_a_table_may_say_arrives() -> None:
    whole = SERVICE | {
        "time_zone": "Europe/Amsterdam",
        "hours": {"mon": ["13:00-18:00", "09:00-12:30"], "tue": ["09:00-18:00"], "sat": []},
        "holidays": "NL",
        "cover": "triage",
        "lead": "dora@example.com",
        "handoff_needs": ["booking reference"],
    }
    service, _ = read(whole, TRIAGE)
    assert (service.cover, service.lead) == ("triage", "dora@example.com")
    assert service.handoff_needs == ("booking reference",)
    lunch = datetime(2026, 11, 23, 11, 45, tzinfo=UTC)  # a Monday, 12:45 in Amsterdam
    assert service.calendar.opens_at(lunch) == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert service.calendar.holidays[date(2026, 4, 27)] == "Koningsdag"


def test_a_day_that_hours_leave_out_is_closed() -> None:
    (service,) = read(SERVICE | {"hours": {"mon": ["00:00-24:00"]}})
    assert service.calendar.opens_at(datetime(2026, 11, 24, tzinfo=UTC)) == datetime(
        2026, 11, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "written",
    ["2026-12-24 Christmas Eve", {"date": "2026-12-24", "name": "Christmas Eve"}],
)
def test_a_holiday_is_a_line_or_a_small_table(written: object) -> None:
    (service,) = read(SERVICE | {"holidays": [written]})
    assert service.calendar.holidays == {date(2026, 12, 24): "Christmas Eve"}


def test_who_only_approves_needs_no_channel() -> None:
    legal, _ = read({"key": "legal", "name": "Legal", "queue": False}, SERVICE)
    assert (legal.has_queue, legal.channel) == (False, "")


def test_a_channel_may_be_written_without_its_sign() -> None:
    (sales,) = read(SALES | {"channel": "care-sales"})
    assert sales.channel == "#care-sales"


def test_a_document_says_the_same_after_a_stay_in_the_database() -> None:
    table = SERVICE | {"hours": {"mon": ["09:00-12:30"]}, "holidays": ["2026-12-24 Eve"]}
    assert read(json.loads(json.dumps(table))) == read(table)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"key": "Sales Team"}, "key: “Sales Team” is no key"),
        ({"key": "rapid-response"}, "key: “rapid-response” is the desk's own channel"),
        ({"name": "x" * 76}, "name: write one line of at most 75 characters"),
        ({"name": 5}, "name: write a text in quotes"),
        ({"channel": "#Care Sales!"}, "channel: “#Care Sales!” is no name of a channel in Slack;"),
        ({"channel": "#Care Sales!"}, "write “#care-sales”"),
        ({"channel": "#"}, "write a name like “#care-sales”"),
        ({"channel": "#rapid-response"}, "channel: “#rapid-response” is the desk's own"),
        ({"time_zone": "Amsterdam"}, "time_zone: “Amsterdam” is no time zone"),
        ({"hours": "09:00-18:00"}, "hours: write a table in braces"),
        ({"hours": {"mon": "09:00-18:00"}}, "hours.mon: write a list in square brackets"),
        ({"hours": {"mon": ["9-18"]}}, "hours.mon: “9-18” is no"),
        ({"hours": {"mon": ["09:00-12:00", "11:00-13:00"]}}, "09:00-12:00 and 11:00-13:00 overlap"),
        ({"hours": {"mnd": ["09:00-12:00"]}}, "hours.mnd: no such key here; did you mean “mon”?"),
        ({"hours": {"mon": []}}, "hours: no day opens; leave hours out"),
        ({"holidays": "XX"}, "holidays: “XX” is no country here"),
        ({"holidays": ["Christmas"]}, "holidays: “Christmas” is no day; write “2026-12-24 "),
        ({"holidays": ["2026-12-24"]}, "holidays: “2026-12-24” is no day"),
        ({"holidays": [{"date": "2026-12-24", "nam": "Eve"}]}, "write “2026-12-24 Christmas Eve”"),
        ({"cover": "sale"}, "cover: no department has the key “sale”; did you mean “sales”?"),
        ({"cover": "legal"}, "cover: “legal” has no queue; write one of sales"),
        ({"cover": "sales"}, "cover: sales → sales is a circle; leave one cover out"),
        ({"cover": 5}, "cover: write a text in quotes"),
        ({"lead": "dora"}, "lead: “dora” is nobody; write an e-mail address"),
        ({"handoff_needs": "booking"}, "handoff_needs: write a list in square brackets"),
        ({"queue": "no"}, "queue: write true or false, without quotes"),
        ({"chanel": "#care-sales"}, "chanel: no such key here; did you mean “channel”?"),
    ],
)
def test_a_mistake_is_told_with_its_key_and_what_to_write(
    change: dict[str, object], fault: str
) -> None:
    legal = {"key": "legal", "name": "Legal", "queue": False}
    key = change.get("key", "sales")
    told = [told for told in faults(SALES | change, legal) if fault in told]
    assert len(told) == 1
    assert told[0].startswith(f"departments.toml: department 1 ({key}): ")


def test_every_mistake_of_every_table_is_told_at_once() -> None:
    told = faults(
        {"name": "", "hours": {"mon": ["9-18", "25:00-26:00"]}},
        SALES | {"lead": "?", "colour": "red"},
        SALES,
    )
    assert [fault.split(": ")[1:3] for fault in told] == [
        ["department 1", "key"],
        ["department 1", "name"],
        ["department 1", "channel"],
        ["department 1", "hours.mon"],
        ["department 1", "hours.mon"],
        ["department 2 (sales)", "lead"],
        ["department 2 (sales)", "colour"],
        ["department 3 (sales)", "key"],
        ["department 3 (sales)", "channel"],
    ]
    assert 'missing; write key = "sales"' in told[0]
    assert "“sales” is department 2 already" in told[-2]


def test_a_circle_of_covers_is_told_once() -> None:
    way_in = TRIAGE | {"cover": "sales"}
    told = faults(SERVICE | {"cover": "sales"}, SALES | {"cover": "service"}, way_in)
    assert told == [
        "departments.toml: department 2 (sales): cover:"
        " sales → service → sales is a circle; leave one cover out"
    ]


def test_a_desk_without_departments_is_told_to_write_one() -> None:
    with pytest.raises(Broken, match=r"department: there is none; write \[\[department\]\]"):
        departments_from({}, dutch_days)


def test_one_bracket_instead_of_two_is_explained() -> None:
    with pytest.raises(Broken, match=r"write \[\[department\]\], in two brackets"):
        departments_from({"department": SERVICE}, dutch_days)


def test_an_unknown_table_is_told_with_the_nearest_known() -> None:
    with pytest.raises(Broken, match="departmnet: no such key here; did you mean “department”"):
        departments_from({"department": [SERVICE], "departmnet": [SALES]}, dutch_days)
