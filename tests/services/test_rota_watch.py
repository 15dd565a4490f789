"""Holes of the rota: said a day before, once, to who can fill them."""

from bot.domain.ids import RAPID_RESPONSE
from bot.domain.moments import TypedSpan
from bot.domain.outbox import MessageState
from bot.services.rota_watch import RotaWatch
from tests.company import BEN, CEM, DORA, EVE, email_of
from tests.desk import TestDesk


def told(desk: TestDesk) -> list[tuple[str, int]]:
    """Where a hole was said, and when it begins: hours after the first Monday's nine o'clock."""
    with desk.reading() as tx:
        notes = [
            one
            for one in tx.outbox.in_state(MessageState.QUEUED, limit=100)
            if "rota-hole" in one.key
        ]
    begins = int(desk.now.replace(day=2, hour=9, minute=0).timestamp())
    return sorted((one.place, (int(str(one.args["start"])) - begins) // 3600) for one in notes)


def test_a_hole_is_said_a_day_before_to_rapid_response_and_the_lead(desk: TestDesk):
    desk.rota({"person": email_of(CEM), "days": "mon-thu"})
    assert desk.rota_watch.say_holes() == 0
    desk.pass_time("2d")
    assert desk.rota_watch.say_holes() == 0
    desk.pass_time("15h")
    assert desk.rota_watch.say_holes() == 1
    assert told(desk) == [(f"person:{DORA}", 87), (RAPID_RESPONSE, 87)]


def test_a_hole_with_no_end_in_sight_has_none(desk: TestDesk):
    desk.put("on_call", {"override": [
        {"person": email_of(CEM), "from": "2026-03-01T00:00Z", "until": "2026-03-03T00:00Z"}
    ]})  # fmt: skip
    desk.rota_watch.say_holes()
    with desk.reading() as tx:
        (said,) = [
            one
            for one in tx.outbox.in_state(MessageState.QUEUED, limit=9)
            if one.place == RAPID_RESPONSE
        ]
    assert said.args["until"] == 0


def test_each_hole_is_said_once_also_after_a_restart_and_while_it_lasts(desk: TestDesk):
    desk.rota({"person": email_of(CEM), "days": "mon-thu"})
    said = 0
    for _ in range(4 * 24):
        desk.pass_time("1h")
        said += RotaWatch(desk.kernel).say_holes()
    assert said == 1


def test_every_night_is_a_hole_of_its_own(desk: TestDesk):
    desk.rota({"person": email_of(CEM), "hours": "08:00-20:00"})
    for _ in range(48):
        desk.pass_time("1h")
        desk.rota_watch.say_holes()
    assert [begins for place, begins in told(desk) if place == RAPID_RESPONSE] == [11, 35, 59]


def test_a_hole_that_is_filled_in_time_is_not_said(desk: TestDesk):
    desk.rota({"person": email_of(CEM), "days": "mon-thu"})
    desk.rotas.override(BEN, TypedSpan("fri", "sun"), by=EVE)
    for _ in range(5 * 24):
        desk.pass_time("1h")
        assert desk.rota_watch.say_holes() == 0


def test_one_that_begins_while_the_desk_slept_is_still_said(desk: TestDesk):
    desk.rota({"person": email_of(CEM), "days": "mon"})
    desk.pass_time("20h")
    assert desk.rota_watch.say_holes() == 1


def test_a_hole_is_also_where_the_only_one_has_left(desk: TestDesk):
    desk.rota(
        {"person": email_of(BEN), "days": "mon-thu"}, {"person": email_of(CEM), "days": "fri-sun"}
    )
    desk.pass_time("3d")
    assert desk.rota_watch.say_holes() == 0
    desk.gone(CEM)
    assert desk.rota_watch.say_holes() == 1


def test_an_empty_rota_is_no_hole(desk: TestDesk):
    desk.rota()
    assert desk.rota_watch.say_holes() == 0


def test_without_any_lead_the_admins_are_told(desk: TestDesk):
    desk.department("service", lead=email_of(CEM))
    desk.rota({"person": email_of(CEM), "days": "mon"})
    desk.gone(CEM)
    desk.rota({"person": email_of(BEN), "days": "mon"})
    desk.rota_watch.say_holes()
    assert [place for place, _ in told(desk)] == [f"person:{EVE}", RAPID_RESPONSE]
