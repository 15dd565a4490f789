"""The rota as admins change it: what it does, what it warns of, what it refuses, and its undo."""

from datetime import UTC, datetime
from time import process_time

import pytest

from bot.domain.errors import (
    BadRotaEntry,
    NoSuchPerson,
    NoSuchRotaEntry,
    NotAdmin,
    NothingToChange,
    NotMember,
)
from bot.domain.ids import RAPID_RESPONSE, MemberId
from bot.domain.moments import TypedSpan
from bot.domain.rota_board import RotaChange
from bot.services.rota import ShiftOrder
from tests.company import ANN, BEN, BOB, CEM, DORA, EVE, GIL, TOM, email_of
from tests.desk import TestDesk

ALWAYS = {"person": email_of(CEM)}


def utc(day: int, hour: int) -> datetime:
    """In March 2026; the desk's Monday is the 2nd, nine o'clock."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def on_duty(desk: TestDesk, level: int = 1) -> tuple[MemberId, ...]:
    with desk.kernel.look() as work:
        return work.on_duty(level)


def warned(change: RotaChange) -> list[str]:
    return [one.text for one in change.notices]


def order(person: MemberId, days: str, hours: str, **facts: object) -> ShiftOrder:
    return ShiftOrder(person, days, hours, **facts)  # type: ignore[arg-type]


# Who is on


def test_the_board_tells_who_is_on_now_next_and_all_week(desk: TestDesk):
    desk.rota(
        {"person": email_of(ANN), "hours": "08:00-20:00"},
        {"person": email_of(BEN), "hours": "20:00-08:00"},
        {"person": email_of(DORA), "level": 2},
    )
    board = desk.rotas.board(by=ANN)
    first, second = board.levels
    assert first.now.people == (ANN,)
    assert first.now.end == utc(2, 20)
    assert first.next is not None
    assert (first.next.people, first.next.end) == ((BEN,), utc(3, 8))
    assert len(first.week) == 15
    assert [stretch.people for stretch in second.week] == [(DORA,)]
    assert board.holes == ()


def test_an_empty_rota_is_a_board_too(desk: TestDesk):
    desk.rota()
    assert desk.rotas.board(by=ANN).entries == ()


def test_who_has_a_part_in_the_desk_may_look_and_nobody_else(desk: TestDesk):
    for member in (ANN, CEM, EVE):
        desk.rotas.board(by=member)
    with pytest.raises(NotMember):
        desk.rotas.board(by=BOB)


def test_somebody_who_is_gone_is_on_the_board_as_such_and_leaves_a_hole(desk: TestDesk):
    desk.gone(CEM)
    board = desk.rotas.board(by=ANN)
    assert board.known == {}
    assert board.levels[0].now.is_hole
    assert len(board.holes) == 1


# Changes


def test_a_shift_is_added_in_the_zone_of_who_types_it_and_taken_back(desk: TestDesk):
    desk.rota()
    with desk.work() as work:
        eve = work.tx.people.get(EVE)
        assert eve
        work.tx.people.put([type(eve)(**{**vars(eve), "time_zone": "Europe/Amsterdam"})])
    change = desk.rotas.add(order(ANN, "mon-fri", "10:00-17:00"), by=EVE)
    assert change.what == f"<@{ANN}> is on call mon-fri 10:00-17:00 Europe/Amsterdam"
    assert on_duty(desk) == (ANN,)  # nine in UTC is ten in Amsterdam
    assert desk.administration.undo(change.number, by=EVE) == change.what
    assert on_duty(desk) == ()


def test_a_zone_and_a_level_can_be_named(desk: TestDesk):
    desk.rotas.add(order(ANN, "mon", "14:00-15:00", level=2, zone="Asia/Kolkata"), by=EVE)
    assert on_duty(desk, 2) == (ANN,)  # nine in UTC is half past two there
    desk.pass_time("30m")
    assert on_duty(desk, 2) == ()


def test_an_override_stands_in_for_everybody_of_its_level_until_it_ends(desk: TestDesk):
    change = desk.rotas.override(BEN, TypedSpan("10:00", "12:00"), by=EVE)
    assert change.breaches is None
    assert on_duty(desk) == (CEM,)
    desk.pass_time("1h")
    assert on_duty(desk) == (BEN,)
    desk.pass_time("2h")
    assert on_duty(desk) == (CEM,)


def test_a_swap_exchanges_the_shifts_that_begin_on_that_day_over_midnight_too(desk: TestDesk):
    desk.rota(
        {"person": email_of(ANN), "hours": "08:00-20:00"},
        {"person": email_of(BEN), "hours": "20:00-08:00"},
    )
    desk.rotas.swap(ANN, BEN, "tomorrow", by=EVE)
    told = [(desk.now.day, desk.now.hour, on_duty(desk)[0])]
    for _ in range(4):
        desk.pass_time("12h")
        told.append((desk.now.day, desk.now.hour, on_duty(desk)[0]))
    assert told == [(2, 9, ANN), (2, 21, BEN), (3, 9, BEN), (3, 21, ANN), (4, 9, ANN)]
    desk.now = utc(4, 7)
    assert on_duty(desk) == (ANN,)  # the night that began on the 3rd


def test_a_swap_with_somebody_free_only_gives_the_shift_away_and_says_so(desk: TestDesk):
    change = desk.rotas.swap(CEM, ANN, "wed", by=EVE)
    assert f"<@{ANN}> has no shift that begins on that day, and only takes over" in warned(change)
    desk.now = utc(4, 12)
    assert on_duty(desk) == (ANN,)


def test_people_of_an_event_are_on_duty_beside_the_others(desk: TestDesk):
    desk.rotas.event("Super Bowl", (ANN, BEN, ANN), TypedSpan("now", "18:00"), by=EVE)
    assert on_duty(desk) == (CEM, ANN, BEN)
    case = desk.post()
    desk.pass_time("1h", sweep=True)
    [(_, people)] = desk.pings(case)
    assert people == [CEM, ANN, BEN]
    desk.pass_time("8h")
    assert on_duty(desk) == (CEM,)


def test_what_is_removed_goes_by_its_number_on_the_board(desk: TestDesk):
    desk.rotas.override(BEN, TypedSpan("10:00", "12:00"), by=EVE)
    assert len(desk.rotas.board(by=EVE).entries) == 2
    change = desk.rotas.remove(2, by=EVE)
    assert change.what.startswith(f"removed from the rota: <@{BEN}> covers from 2026-03-02 10:00")
    desk.rotas.remove(1, by=EVE)
    assert on_duty(desk) == ()
    for number in (0, 1, 99):
        with pytest.raises(NoSuchRotaEntry):
            desk.rotas.remove(number, by=EVE)


def test_what_is_over_leaves_the_board_and_with_the_next_change_the_record(desk: TestDesk):
    desk.rotas.override(BEN, TypedSpan("10:00", "12:00"), by=EVE)
    desk.rotas.event("Fair", (ANN,), TypedSpan("10:00", "12:00"), by=EVE)
    desk.pass_time("4h")
    assert len(desk.rotas.board(by=EVE).entries) == 1
    desk.rotas.swap(CEM, ANN, "tomorrow", by=EVE)
    assert set(desk.document("on_call")) == {"shift", "swap"}
    desk.pass_time("3d")
    assert len(desk.rotas.board(by=EVE).entries) == 1


def test_a_change_says_how_many_breaches_would_have_called_somebody_else(desk: TestDesk):
    desk.post()
    desk.pass_time("1h", sweep=True)
    change = desk.rotas.add(order(ANN, "mon", "08:00-12:00"), by=EVE)
    assert (change.breaches, change.elsewhere) == (1, 1)
    change = desk.rotas.add(order(BEN, "sun", "08:00-12:00"), by=EVE)
    assert (change.breaches, change.elsewhere) == (1, 0)


# What a change brings with it


def test_a_new_hole_is_said_with_its_hours(desk: TestDesk):
    desk.rota()
    change = desk.rotas.add(order(CEM, "daily", "00:00-22:00"), by=EVE)
    holes = [one for one in change.notices if one.text == "Nobody is on duty"]
    assert (holes[0].start, holes[0].end) == (utc(2, 22), utc(3, 0))
    assert len(holes) == 3
    assert "and 4 more gaps within a week" in warned(change)


def test_the_last_one_to_be_removed_is_worth_a_word(desk: TestDesk):
    told = warned(desk.rotas.remove(1, by=EVE))
    assert told == ["Nobody is planned any more: pings call the whole channel"]


def test_an_overlap_is_allowed_and_said(desk: TestDesk):
    change = desk.rotas.add(order(ANN, "daily", "10:00-11:00"), by=EVE)
    overlap = change.notices[0]
    assert overlap.text == f"<@{CEM}> is on duty then too"
    assert (overlap.start, overlap.end) == (utc(2, 10), utc(2, 11))


def test_somebody_whom_pings_do_not_reach_is_named(desk: TestDesk):
    outside = f"<@{ANN}> is not in #rapid-response, where pings are posted: invite them"
    assert outside in warned(desk.rotas.override(ANN, TypedSpan("10:00", "12:00"), by=EVE))
    desk.joined(RAPID_RESPONSE, BEN)
    assert warned(desk.rotas.override(BEN, TypedSpan("13:00", "14:00"), by=EVE)) == []


def test_whoever_puts_a_guest_on_the_rota_reads_what_that_shows_them(desk: TestDesk):
    desk.joined(RAPID_RESPONSE, GIL)
    told = warned(desk.rotas.override(GIL, TypedSpan("10:00", "12:00"), by=EVE))
    outside = "is from outside the company; a ping shows them what customers write"
    assert told == [f"<@{GIL}> {outside}"]


def test_who_stands_in_for_nobody_but_themselves_is_told(desk: TestDesk):
    told = warned(desk.rotas.override(CEM, TypedSpan("13:00", "14:00"), by=EVE))
    assert told == ["It changes nothing yet: they are on duty then anyway"]


def test_a_swap_of_a_night_that_lasts_is_not_over(desk: TestDesk):
    desk.rota({"person": email_of(CEM), "hours": "20:00-12:00"})
    desk.rotas.swap(CEM, ANN, "2026-03-01", by=EVE)
    assert on_duty(desk) == (ANN,)


def test_an_event_s_name_mentions_nobody_in_the_record(desk: TestDesk):
    span = TypedSpan("10:00", "12:00")
    change = desk.rotas.event("<@UEVE> <!channel>", (ANN,), span, by=EVE)
    assert "<@UEVE>" not in change.what


def test_the_whole_team_are_those_who_are_still_planned(desk: TestDesk):
    desk.rotas.event("Fair", (ANN,), TypedSpan("10:00", "12:00"), by=EVE)
    with desk.kernel.look() as work:
        assert work.rota_team() == (CEM, ANN)
    desk.pass_time("4h")
    with desk.kernel.look() as work:
        assert work.rota_team() == (CEM,)


# Refusals


def test_only_admins_change_it(desk: TestDesk):
    span = TypedSpan("10:00", "12:00")
    for change in (
        lambda: desk.rotas.add(order(ANN, "mon", "09:00-17:00"), by=CEM),
        lambda: desk.rotas.override(ANN, span, by=DORA),
        lambda: desk.rotas.swap(CEM, ANN, "mon", by=CEM),
        lambda: desk.rotas.event("Fair", (ANN,), span, by=ANN),
        lambda: desk.rotas.remove(1, by=TOM),
    ):
        with pytest.raises(NotAdmin):
            change()


@pytest.mark.parametrize(
    ("days", "hours", "zone", "reason"),
    [
        ("weekdays", "09:00-17:00", "UTC", "“weekdays” is no day"),
        ("mon", "9-17", "UTC", "“9-17” is no time from and until"),
        ("mon", "09:00-17:00", "Mars/Phobos", "“Mars/Phobos” is no time zone"),
    ],
)
def test_a_fault_of_a_shift_is_said(desk: TestDesk, days: str, hours: str, zone: str, reason: str):
    with pytest.raises(BadRotaEntry, match=reason):
        desk.rotas.add(order(ANN, days, hours, zone=zone), by=EVE)


def test_a_shift_that_changes_nothing_is_refused(desk: TestDesk):
    with pytest.raises(NothingToChange):
        desk.rotas.add(order(CEM, "mon", "09:00-17:00"), by=EVE)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2026-03-01 08:00", "2026-03-01 12:00", "it is over since 2026-03-01 12:00 UTC"),
        ("2026-03-01", "2026-03-02 09:00", "it is over"),
        ("2026-03-05", "2026-03-04", "is not after"),
        ("2026-02-30", "fri", "is no day of the calendar"),
        ("2026-03-05", "2036-03-05", "more than two years ahead"),
        ("soon", "fri", "“soon” is no moment"),
        ("25:00", "fri", "no time of a day"),
    ],
)
def test_a_span_in_the_past_or_without_sense_is_refused(
    desk: TestDesk, start: str, end: str, reason: str
):
    with pytest.raises(BadRotaEntry, match=reason):
        desk.rotas.override(BEN, TypedSpan(start, end), by=EVE)
    with pytest.raises(BadRotaEntry, match=reason):
        desk.rotas.event("Fair", (BEN,), TypedSpan(start, end), by=EVE)


def test_two_who_stand_in_at_once_contradict_each_other(desk: TestDesk):
    desk.rotas.override(BEN, TypedSpan("10:00", "12:00"), by=EVE)
    with pytest.raises(BadRotaEntry, match=r"UBEN> covers .* \(entry 2\); remove that first"):
        desk.rotas.override(ANN, TypedSpan("11:00", "13:00"), by=EVE)
    desk.rotas.override(ANN, TypedSpan("12:00", "13:00"), by=EVE)
    desk.rotas.override(ANN, TypedSpan("11:00", "13:00"), 2, by=EVE)


@pytest.mark.parametrize(
    ("one", "other", "day", "reason"),
    [
        (CEM, CEM, "mon", "are one person"),
        (ANN, BEN, "mon", "neither has a shift that begins on 2026-03-02"),
        (CEM, ANN, "2026-02-20", "their shifts of 2026-02-20 are over"),
        (CEM, ANN, "2026-03-01", "their shifts of 2026-03-01 are over"),
        (CEM, ANN, "10:00", "is no day"),
        (CEM, ANN, "2062-01-01", "more than two years ahead"),
    ],
)
def test_a_swap_that_cannot_be_is_refused(
    desk: TestDesk, one: MemberId, other: MemberId, day: str, reason: str
):
    with pytest.raises(BadRotaEntry, match=reason):
        desk.rotas.swap(one, other, day, by=EVE)


def test_the_same_swap_twice_would_undo_itself_and_is_refused(desk: TestDesk):
    desk.rotas.swap(CEM, ANN, "fri", by=EVE)
    with pytest.raises(NothingToChange):
        desk.rotas.swap(ANN, CEM, "fri", by=EVE)


def test_somebody_gone_or_unknown_is_refused(desk: TestDesk):
    desk.gone(BEN)
    for who in (BEN, MemberId("UNOBODY")):
        with pytest.raises(NoSuchPerson):
            desk.rotas.override(who, TypedSpan("10:00", "12:00"), by=EVE)


def test_an_event_needs_people_and_a_short_name(desk: TestDesk):
    span = TypedSpan("10:00", "12:00")
    for name, people in (("Fair", ()), ("F" * 61, (ANN,))):
        with pytest.raises(BadRotaEntry):
            desk.rotas.event(name, people, span, by=EVE)


def test_a_rota_that_cannot_be_overlooked_takes_no_more(desk: TestDesk):
    desk.rota(*({"person": email_of(CEM), "level": 2} for _ in range(200)))
    with pytest.raises(BadRotaEntry, match="has 200 entries"):
        desk.rotas.add(order(ANN, "mon", "09:00-17:00"), by=EVE)


def test_what_begins_now_and_ends_in_two_years_is_answered_at_once(desk: TestDesk):
    shifts = [
        {
            "person": email_of(CEM if number % 2 else TOM),
            "days": "mon-fri",
            "hours": f"{number % 12:02}:{number:02}-{number % 12 + 8:02}:{number:02}",
            "time_zone": ("Europe/Amsterdam", "America/New_York")[number % 2],
        }
        for number in range(20)
    ]
    desk.rota(*shifts)
    began = process_time()
    desk.rotas.override(DORA, TypedSpan("2026-03-02", "2028-02-01", "UTC"), by=EVE)
    assert process_time() - began < 0.4  # two years were laid out twice


def test_two_years_that_change_nothing_say_nothing_about_what_nobody_has_looked_at(
    desk: TestDesk,
):
    desk.rota({"person": email_of(CEM)})
    short, long = (
        desk.rotas.override(CEM, TypedSpan(start, until, "UTC"), by=EVE)
        for start, until in (("2026-03-03", "2026-03-20"), ("2026-04-01", "2028-02-01"))
    )
    assert "It changes nothing yet: they are on duty then anyway" in warned(short)
    assert "It changes nothing yet: they are on duty then anyway" not in warned(long)
