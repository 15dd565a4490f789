"""Before a promise is broken its owner or department hears of it in the thread of its card."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.durations import hours
from bot.domain.effects import Kind
from bot.domain.facts import DigestFacts, WarningFacts, WarningsFacts
from bot.domain.ids import CaseId
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services.policies import SlaOrder
from tests.company import (
    ANN,
    CEM,
    DORA,
    EVE,
    MARKETING,
    NINE_TO_FIVE,
    SERVICE,
    TECHNICAL,
    channel_of,
)
from tests.desk import TestDesk
from tests.room import Office, Standing, office_of

A_SECOND = timedelta(seconds=1)
SERVICE_CHANNEL = channel_of("service")


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


def warned(desk: TestDesk, number: CaseId) -> list[str]:
    return [message.place for message in desk.messages(number, Kind.WARNING)]


def carded(office: Office, text: str = "where is my bag?", **facts: object) -> CaseId:
    """A case whose card stands."""
    case = office.desk.post(text, **facts)
    office.settle()
    return case


def warn(office: Office) -> list[Standing]:
    """What stands once the time to be warned has come."""
    office.desk.pass_time("45m", sweep=True)
    office.settle()
    return [one for one in office.room.standing if one.key.startswith("warning")]


def told(one: Standing) -> WarningFacts:
    assert isinstance(one.content, WarningFacts)
    return one.content


def ts_of(office: Office, key: str) -> str:
    (standing,) = office.room.of(key)
    return standing.ts


def test_before_the_deadline_the_department_is_warned_and_nobody_pinged(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("44m", sweep=True)
    assert warned(desk, number) == []

    desk.pass_time("1m", sweep=True)

    assert warned(desk, number) == [f"department:{SERVICE}"]
    assert desk.pings(number) == []
    assert desk.whats(number) == [What.OPENED, What.WARNED]


def test_it_hangs_under_the_card_and_names_who_leads_the_department(office: Office) -> None:
    case = carded(office)
    (warning,) = warn(office)
    assert (warning.channel, warning.thread) == (
        SERVICE_CHANNEL,
        ts_of(office, f"card:{case}:service"),
    )
    assert told(warning).to == (DORA,)


def test_the_owner_is_named_there_where_there_is_one(office: Office) -> None:
    case = carded(office)
    office.desk.casework.claim(case, by=ANN)
    (warning,) = warn(office)
    assert (warning.channel, warning.thread) == (
        SERVICE_CHANNEL,
        ts_of(office, f"card:{case}:service"),
    )
    assert told(warning).to == (ANN,)


def test_an_owner_who_is_not_in_that_channel_hears_of_it_directly_too(office: Office) -> None:
    case = carded(office)
    office.desk.casework.escalate(case, "the press asks", by=ANN)
    office.desk.casework.claim(case, by=CEM)
    direct, in_thread = sorted(warn(office), key=lambda one: one.channel == SERVICE_CHANNEL)
    assert (in_thread.channel, direct.channel) == (SERVICE_CHANNEL, CEM)
    assert direct.thread is None


def test_where_nobody_leads_the_department_the_channel_shows_the_line_too(office: Office) -> None:
    case = carded(office, "the app fails")
    assert told(warn(office)[0]).to == ()
    (message,) = office.desk.messages(case, Kind.WARNING)
    assert message.is_aloud


def test_a_closed_department_s_cover_is_warned_in_its_own_thread(office: Office) -> None:
    desk = office.desk
    desk.department("technical", hours=NINE_TO_FIVE, cover="service")
    desk.target(department="technical", hours="always")
    desk.pass_time("10h")
    case = carded(office, "the app is gone")

    there, cover = sorted(warn(office), key=lambda one: one.channel == SERVICE_CHANNEL)

    assert there.thread == ts_of(office, f"card:{case}:technical")
    assert cover.thread == ts_of(office, f"card:{case}:service")
    assert told(cover).to == (DORA,)
    assert set(warned(desk, case)) == {f"department:{TECHNICAL}", f"department:{SERVICE}"}


def test_a_line_of_a_digest_is_warned_of_in_the_digest_s_thread(office: Office) -> None:
    office.room.pace = A_SECOND
    cases = [office.desk.post(f"post {number}", by=f"@c{number}") for number in range(20)]
    office.pass_time("8s")
    (digest,) = office.room.standing
    office.room.pace = timedelta()

    (many,) = warn(office)

    assert isinstance(digest.content, DigestFacts)
    assert isinstance(many.content, WarningsFacts)
    assert [one.case.id for one in many.content.warnings] == cases
    assert many.thread == digest.ts
    assert not any(one.startswith("card:") for one in office.room.stands())


def test_one_whose_card_is_not_said_yet_is_a_line_of_the_channel(office: Office) -> None:
    office.desk.post()
    (warning,) = warn(office)
    assert (warning.channel, warning.thread) == (SERVICE_CHANNEL, None)


def test_a_channel_that_takes_nothing_keeps_no_warning_from_its_reader(office: Office) -> None:
    case = carded(office)
    office.desk.casework.claim(case, by=ANN)
    office.settle()
    office.room.archived = {SERVICE_CHANNEL}
    assert ANN in [one.channel for one in warn(office)]


def test_a_deadline_that_was_moved_is_warned_of_again(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("50m", sweep=True)
    desk.policies.set_promise(SlaOrder(SERVICE, Promise.FIRST_RESPONSE, hours(4)), by=EVE)
    desk.pass_time("1m", sweep=True)
    assert warned(desk, number) == [f"department:{SERVICE}"]

    desk.pass_time("2h", sweep=True)
    assert warned(desk, number) == [f"department:{SERVICE}"]
    desk.pass_time("10m", sweep=True)

    assert warned(desk, number) == [f"department:{SERVICE}"] * 2


def test_who_gets_a_case_after_its_warning_is_warned_too(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("50m", sweep=True)

    desk.hand_offs.to_department(number, MARKETING, "yours?", by=ANN)
    desk.watch.sweep()

    assert set(warned(desk, number)) == {f"department:{SERVICE}", f"department:{MARKETING}"}
