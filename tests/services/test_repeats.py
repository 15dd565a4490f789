"""One person cannot make another's phone buzz again and again; nothing they said is lost."""

from bot.domain.effects import Kind
from bot.domain.ids import ChannelId, MemberId
from bot.domain.incident import IncidentRole, Severity
from bot.domain.outbox import Message
from bot.domain.post import Priority
from bot.domain.timeline import What
from bot.services.contents import content_of
from bot.services.rooms import Rooms
from bot.views.incident_notes import incident_note
from tests.company import ANN, BEN, CEM, DORA, TOM
from tests.desk import TestDesk
from tests.halls import Halls


def told(desk: TestDesk, case: int, person: MemberId) -> list[Message]:
    return [one for one in desk.messages(case, Kind.NOTE) if one.place == f"person:{person}"]


def test_a_lead_who_is_told_thirty_reasons_has_one_message(desk: TestDesk) -> None:
    case = desk.post()
    for number in range(30):
        desk.casework.tell_lead(case, f"reason {number}", by=ANN)

    [message] = told(desk, case, DORA)
    assert message.args["reason"] == "reason 29"
    assert message.args["more"] == 29
    reasons = [one.data["reason"] for one in desk.timeline(case) if one.what is What.ESCALATED]
    assert reasons == [f"reason {number}" for number in range(30)]

    desk.pass_time("11m")
    desk.casework.tell_lead(case, "an hour on", by=ANN)
    desk.casework.tell_lead(case, "me too", by=BEN)
    assert len(told(desk, case, DORA)) == 3


def test_who_assigns_a_case_back_and_forth_disturbs_nobody_thirty_times(desk: TestDesk) -> None:
    case = desk.post()
    for _ in range(15):
        for member in (ANN, BEN):
            desk.casework.assign(case, to=member, by=DORA)
    for member in (ANN, BEN):
        says = [one.args["say"] for one in told(desk, case, member)]
        assert says.count("assigned") <= 3
        assert says.count("taken_from") <= 3
        assert told(desk, case, member)


def test_thirty_questions_to_one_person_are_a_few_messages_with_all_of_them(
    desk: TestDesk,
) -> None:
    case = desk.post()
    for number in range(30):
        desk.questions.ask_person(case, TOM, f"question {number}", by=ANN)
    messages = told(desk, case, TOM)
    assert len(messages) == 3
    last = desk.questions.get(int(str(messages[-1].args["question"])))
    assert [f"question {number}" for number in range(2, 30)] == last.question.split("\n")


def test_who_answered_may_be_asked_again(desk: TestDesk) -> None:
    case, lab = desk.post(), ChannelId("C0LAB00001")
    for number in range(5):
        asked = desk.questions.ask_channel(case, lab, f"question {number}", by=ANN)
        desk.questions.answer(asked.id, "yes", by=TOM)
    places = [one.place for one in desk.messages(case, Kind.NOTE)]
    assert places.count(f"channel:{lab}") == 5


def test_a_department_that_is_asked_thirty_things_reads_them_on_its_card(desk: TestDesk) -> None:
    case = desk.post()
    for number in range(30):
        desk.casework.also(case, "marketing", f"ask {number}", by=ANN)  # type: ignore[arg-type]
    says = [one.args["say"] for one in desk.messages(case, Kind.NOTE)]
    assert says.count("asked_more") <= 3
    with desk.reading() as tx:
        [ask] = tx.asks.of_case(case)
    assert "ask 0" in ask.ask
    assert "ask 29" in ask.ask


def test_thirty_incidents_under_new_titles_call_people_by_name_three_times(desk: TestDesk) -> None:
    for number in range(30):
        desk.incidents.declare(f"Fire {number}", Severity.SEV2, by=ANN)
    with desk.work() as work:
        told = work.tx.outbox.waiting(Kind.INCIDENT, "rapid-response", limit=99)
        lines = [repr(incident_note(content_of(work, one)).blocks) for one in told]  # type: ignore[arg-type]
    assert len(lines) == 30
    assert sum(f"<@{CEM}>" in one for one in lines) == 3


def test_so_do_thirty_that_are_stood_down_and_declared_again(desk: TestDesk) -> None:
    for _ in range(30):
        fire = desk.incidents.declare("Fire", Severity.SEV2, by=ANN).incident
        desk.incidents.stand_down(fire.id, "it is out", by=ANN)
    with desk.work() as work:
        told = work.tx.outbox.waiting(Kind.INCIDENT, "rapid-response", limit=99)
    assert len(told) == 30
    assert sum(not one.args["calm"] for one in told) == 3


def test_a_role_that_goes_back_and_forth_is_told_three_times(desk: TestDesk) -> None:
    fire = desk.incidents.declare("Fire", Severity.SEV2, by=ANN).incident
    Rooms(desk.kernel, Halls()).furnish_due()
    for _ in range(15):
        for member in (BEN, DORA):
            desk.incidents.give_role(fire.id, IncidentRole.VOICE, member, by=ANN)
    with desk.reading() as tx:
        told = tx.outbox.waiting(Kind.INCIDENT, f"person:{BEN}", limit=99)
    assert len(told) == 3


def test_a_case_that_is_urgent_and_not_urgent_in_turns_is_one_line_after_a_few(
    desk: TestDesk,
) -> None:
    case = desk.post()
    desk.casework.claim(case, by=BEN)
    for _ in range(15):
        for priority in (Priority.URGENT, Priority.NORMAL):
            desk.casework.prioritise(case, priority, by=ANN)
    raised = [one for one in desk.messages(case, Kind.NOTE) if one.args["say"] == "raised"]
    assert len(raised) == 3
    assert raised[-1].args["more"] == 12
