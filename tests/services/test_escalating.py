"""*Escalate* offers somebody else, says whom it disturbs, and disturbs them and nobody else."""

import pytest

from bot.domain.department import Role
from bot.domain.errors import NothingToChange
from tests.company import ANN, BEN, CEM, DORA, EVE, NINE_TO_FIVE, SERVICE, TECHNICAL, TOM, email_of
from tests.desk import TestDesk


def test_an_agent_is_offered_the_lead(desk: TestDesk) -> None:
    form = desk.boards.escalation(desk.post(), by=ANN)
    assert (form.lead, form.leads) == (DORA, False)


def test_a_lead_is_never_their_own(desk: TestDesk) -> None:
    number = desk.post()
    form = desk.boards.escalation(number, by=DORA)
    assert (form.lead, form.leads) == (None, True)
    with pytest.raises(NothingToChange, match="you lead Customer service yourself"):
        desk.casework.tell_lead(number, "it burns", by=DORA)


def test_a_lead_is_offered_another_one(desk: TestDesk) -> None:
    desk.administration.name_member(BEN, SERVICE, Role.LEAD, by=EVE)
    number = desk.post()
    assert desk.boards.escalation(number, by=DORA).lead == BEN
    assert desk.boards.escalation(number, by=BEN).lead == DORA
    assert desk.casework.tell_lead(number, "it burns", by=DORA) == BEN


def test_whoever_is_on_call_calls_the_second(desk: TestDesk) -> None:
    desk.rota({"person": email_of(CEM)}, {"person": TOM, "level": 2})
    desk.joined("service", CEM)
    number = desk.post()
    assert desk.boards.escalation(number, by=ANN).on_duty == (CEM,)
    assert desk.boards.escalation(number, by=CEM).on_duty == (TOM,)
    desk.casework.escalate(number, "it burns", by=CEM)
    assert [people for _, people in desk.pings(number)] == [[TOM]]


def test_alone_on_call_they_call_the_channel(desk: TestDesk) -> None:
    desk.joined("service", CEM)
    number = desk.post()
    desk.casework.escalate(number, "it burns", by=CEM)
    assert [people for _, people in desk.pings(number)] == [[]]


def test_the_cover_of_a_closed_department_hears_of_an_escalation(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE, cover="technical")
    number = desk.post()
    desk.pass_time("10h")
    desk.casework.tell_lead(number, "she is at the airport", by=ANN)
    assert TECHNICAL in desk.cards(number)
    assert "covering" in desk.notes(number)
