"""Whatever goes wrong is said to the person concerned, once, and Slack never hears of it."""

import logging
from dataclasses import replace

import pytest

from bot.domain.case import Case
from bot.domain.errors import StoreUnavailable
from bot.domain.ids import MemberId
from tests.company import ANN, GIL
from tests.handlers.house import BOT, TEAM, House, words

SECRET = "my card number is 4111"


class Broken:
    """A service whose every act ends the same way."""

    def __init__(self, error: Exception):
        self._error = error

    def claim(self, *_: object, **__: object) -> Case:
        raise self._error

    case = glance = mine = solve = claim


def broken(house: House, error: Exception) -> House:
    """The same house with services that cannot do anything."""
    fault = Broken(error)
    house.desk = replace(house.desk, casework=fault, boards=fault, closings=fault)  # type: ignore[arg-type]
    return house.again()


@pytest.fixture
def lost(house: House) -> House:
    return broken(house, StoreUnavailable("database is locked"))


@pytest.fixture
def faulty(house: House) -> House:
    return broken(house, KeyError(SECRET))


def test_what_could_not_be_saved_is_told_wherever_the_person_looks(lost: House):
    lost.press("claim", 1)
    assert "nothing changed" in lost.told[0]
    lost.press("more", 1, view="V1")
    assert "nothing changed" in words(lost.form)
    assert "nothing changed" in words(lost.type("/case"))
    answer = lost.submit("solve", 1, {"reason": "x"})
    assert "nothing changed" in words(answer["view"])


def test_a_fault_of_ours_has_a_reference_for_the_person_and_the_log(
    faulty: House, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.ERROR):
        faulty.press("claim", 1)
    [record] = caplog.records
    reference = str(record.args[0]) if record.args else ""
    assert reference
    assert reference in faulty.told[0]
    assert "KeyError" in record.getMessage()
    assert SECRET not in caplog.text


def test_a_form_and_a_command_survive_a_fault_of_ours(faulty: House):
    assert faulty.submit("solve", 1, {"reason": "x"})["response_action"] == "push"
    assert faulty.type("/case")["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "0",
        "-1",
        "1; drop table cases",
        "１",
        "1.5",
        "9" * 30,
        "<!channel>",
        "1\n2",
        "x@1001",
        "@1001",
    ],
)
def test_a_tampered_value_is_refused(house: House, value: str):
    case = house.story.post()
    for action in ("claim", "more", "merge", "acknowledge", "answer", "undo_change", "reply"):
        house.press(action, value)
    assert house.story.case(case).assignee is None
    assert len(house.told) == 7
    assert all(house.told)


def test_a_tampered_form_is_refused(house: House):
    case = house.story.post()
    forged = {
        "reply_preview": "x\nhello", "solve": "abc", "close": "1,,x", "routing_preview": "",
        "sla_preview": "service soon 1h",
        "nobody": case, "reply_found": "a b",
    }  # fmt: skip
    for form, memo in forged.items():
        assert house.submit(form, memo, {"text": "x"})["response_action"] in ("push", "errors")
    assert house.story.case(case).is_open


def test_a_choice_that_was_not_offered_is_refused(house: House):
    case = house.story.post()
    for form, field in (("escalate", "whom"), ("priority", "priority"), ("assign", "person")):
        answer = house.submit(form, case, {field: "forged", "reason": "x"})
        assert answer["response_action"] in ("push", "errors")


def test_a_button_we_no_longer_draw_says_so(house: House):
    house.press("from_last_year", 1)
    assert len(house.told) == 1


@pytest.mark.parametrize(("who", "is_welcome"), [(ANN, True), (GIL, False)])
def test_of_a_form_it_counts_where_the_app_is_and_not_where_it_is_looked_at(
    house: House, who: MemberId, is_welcome: bool
):
    case = house.story.post()
    body = house.acting("view_submission", who, team="T0SISTER")
    body["view"] = {
        "id": "V1", "type": "modal", "callback_id": "solve", "private_metadata": str(case),
        "app_installed_team_id": TEAM, "state": {"values": {}}, "blocks": [],
    }  # fmt: skip
    house.story.casework.claim(case, by=ANN)
    answer = words(house.send(body))
    assert ("people of this workspace only" in answer) is False
    assert ("need naming" in answer) is not is_welcome


def test_a_colleague_at_home_in_a_sister_workspace_acts_here(house: House):
    case = house.story.post()
    house.press("claim", case, home="T0SISTER")
    assert house.story.case(case).assignee == ANN


def test_somebody_of_another_workspace_may_do_nothing(house: House):
    case = house.story.post()
    house.press("claim", case, team="T0OTHER")
    assert house.story.case(case).assignee is None
    assert len(house.told) == 1


@pytest.mark.parametrize("who", ["USLACKBOT", "B07WORKFLOW", "", "<@UANN>"])
def test_bots_and_workflows_may_do_nothing(house: House, who: str):
    case = house.story.post()
    house.press("claim", case, by=MemberId(who))
    house.type(f"/case claim {case}", by=MemberId(who))
    assert house.story.case(case).assignee is None


@pytest.mark.parametrize(
    "body",
    [
        {"type": "block_actions", "actions": [{"action_id": "claim"}]},
        {"type": "block_actions", "actions": [{"action_id": "claim", "value": 17}]},
        {"type": "view_submission", "view": {"type": "modal", "callback_id": "solve", "state": []}},
        {"type": "view_submission", "view": {"type": "modal", "callback_id": "ask", "blocks": "x"}},
        {"type": "event_callback", "event": {"type": "member_joined_channel"}},
        {"type": "event_callback", "event": {"type": "app_mention", "text": None}},
        {"type": "event_callback", "event": {"type": "something_new"}},
        {"command": "/case"},
    ],
)
def test_no_shape_of_a_payload_breaks_the_door(house: House, body: dict[str, object]):
    assert house.dispatch({"team": {"id": "T1"}, "user": {"id": ANN}, **body}).status in (200, 404)
    assert house.dispatch(body).status in (200, 404)


def test_the_desk_does_not_answer_itself(house: House):
    case = house.story.post()
    house.mention("claim", thread=house.card_of(case), by=BOT)
    assert house.whispers == []
