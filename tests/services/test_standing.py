"""What one person may do: the desk's own record decides, at the moment of the act."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotAdmin, NotLead, NotMember, NotNamed, NotResponder
from bot.domain.ids import MemberId
from bot.domain.incident import Severity
from bot.services.standing import Standing
from bot.store.people import KnownChannel
from bot.views.sentences import sentence
from tests.company import ANN, BEN, BOB, CEM, DORA, EVE, GIL, SERVICE, SUE, channel_of
from tests.desk import TestDesk


def of(desk: TestDesk, member: MemberId) -> Standing:
    with desk.work() as work:
        return work.standing(member)


def make_public(desk: TestDesk) -> None:
    with desk.store.transaction() as tx:
        tx.people.put_channel(
            KnownChannel("department:service", "care-service", channel_of(SERVICE), False)
        )


def test_members_of_the_channel_work_and_publish_in_its_department(desk: TestDesk) -> None:
    ann = of(desk, ANN)

    assert ann.works_in == ann.publishes_in == {SERVICE}
    assert not ann.leads_something


def test_in_a_public_channel_only_named_members_publish(desk: TestDesk) -> None:
    make_public(desk)
    desk.put("named", {"service": {BEN: "member"}})
    with desk.work() as work:
        service = work.setup.department(SERVICE)

    assert of(desk, ANN).works_in == {SERVICE}
    with pytest.raises(NotNamed):
        of(desk, ANN).must_publish_for(service)
    of(desk, BEN).must_publish_for(service)


def test_a_guest_works_only_where_they_are_named(desk: TestDesk) -> None:
    assert of(desk, GIL).works_in == frozenset()

    desk.put("named", {"service": {GIL: "member"}})

    assert of(desk, GIL).works_in == {SERVICE}


def test_a_guest_in_rapid_response_answers_calls_only_where_they_are_named(desk: TestDesk) -> None:
    desk.joined("rapid-response", GIL)
    assert not of(desk, GIL).is_responder
    with pytest.raises(NotMember) as refused:
        desk.incidents.declare("Ash cloud", Severity.SEV2, by=GIL)
    assert "An admin can name you" in sentence(refused.value)  # being there is not enough
    with pytest.raises(NotResponder) as kept_out:
        of(desk, GIL).must_be_responder()
    assert "An admin can name you" in sentence(kept_out.value)

    desk.put("named", {"sales": {GIL: "member"}})

    assert of(desk, GIL).is_responder


def test_the_lead_is_named_in_the_file_or_by_command(desk: TestDesk) -> None:
    with desk.work() as work:
        service = work.setup.department(SERVICE)
    of(desk, DORA).must_lead(service, DORA)
    with pytest.raises(NotLead):
        of(desk, ANN).must_lead(service, DORA)

    desk.put("named", {"service": {ANN: "lead"}})

    of(desk, ANN).must_lead(service, ANN)


def test_an_admin_of_another_company_s_workspace_is_none_here(desk: TestDesk) -> None:
    with desk.work() as work:
        found = work.tx.people.get(GIL)
        assert found
        work.tx.people.put([replace(found, is_admin=True)])
    assert not of(desk, GIL).is_admin


def test_the_workspace_s_admins_count_only_while_nobody_was_chosen(desk: TestDesk) -> None:
    of(desk, EVE).must_be_admin()

    desk.put("admins", [SUE])

    of(desk, SUE).must_be_admin()
    with pytest.raises(NotAdmin) as refused:
        of(desk, EVE).must_be_admin()
    assert refused.value.admins == (SUE,)


def test_an_admin_is_no_member_of_every_department(desk: TestDesk) -> None:
    with desk.work() as work:
        service = work.setup.department(SERVICE)

    with pytest.raises(NotMember):
        of(desk, EVE).must_work_in(service)


def test_responders_are_who_is_in_their_channel(desk: TestDesk) -> None:
    of(desk, CEM).must_be_responder()
    with pytest.raises(NotResponder):
        of(desk, ANN).must_be_responder()


@pytest.mark.parametrize("member", [ANN, CEM, DORA, EVE])
def test_who_is_gone_may_do_nothing(desk: TestDesk, member: MemberId) -> None:
    desk.gone(member)

    gone = of(desk, member)

    assert not gone.works_in
    assert not gone.publishes_in
    assert not gone.is_admin
    assert not gone.is_responder
    assert not gone.leads


def test_who_nobody_knows_may_do_nothing(desk: TestDesk) -> None:
    nobody = of(desk, MemberId("U404"))

    assert not nobody.works_in
    with desk.work() as work, pytest.raises(NotMember):
        nobody.must_belong_somewhere(work.setup)
    assert not of(desk, BOB).works_in
