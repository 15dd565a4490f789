"""The home tab through Slack's door: opened, pressed, and what stands behind a figure."""

from bot.domain.ids import MemberId
from bot.views.ids import Action
from tests.company import ANN, BEN, EVE
from tests.handlers.house import House, Json, words


def press(house: House, action: str, value: object, *, by: MemberId = ANN) -> Json:
    """A button on the home tab."""
    body = house.acting("block_actions", by) | {
        "container": {"type": "view", "view_id": "V0"}, "view": {"id": "V0", "type": "home"},
        "actions": [{"type": "button", "action_id": action, "value": str(value)}],
    }  # fmt: skip
    return house.send(body)


def test_who_opens_it_has_it_drawn_and_the_messages_tab_is_none_of_ours(house: House):
    house.happen("app_home_opened", user=ANN, tab="messages")
    assert house.homes == []
    house.happen("app_home_opened", user=ANN, tab="home")
    assert house.homes == [ANN]


def test_a_claim_there_draws_it_anew(house: House):
    case = house.story.post()
    press(house, Action.CLAIM, case)
    assert house.story.case(case).assignee == ANN
    assert house.homes == [ANN]


def test_the_second_is_told_who_was_first(house: House):
    case = house.story.post()
    house.story.casework.claim(case, by=BEN)
    press(house, Action.CLAIM, case)
    assert f"<@{BEN}> was first" in words(house.form)


def test_a_case_is_opened_there_as_its_department_sees_it(house: House):
    case = house.story.post()
    press(house, Action.OPEN, case)
    assert house.form["title"]["text"] == f"Case #{case}"
    assert house.form["private_metadata"] == "service"


def test_a_missing_step_says_how_and_one_with_a_form_opens_it(house: House):
    house.story.rules()
    press(house, Action.SETUP_STEP, 3, by=EVE)
    assert "/desk member add" in words(house.form)
    press(house, Action.SETUP_STEP, 4, by=EVE)
    assert house.form["callback_id"] == "routing"


def test_only_admins_set_up_and_only_what_there_is(house: House):
    press(house, Action.SETUP_STEP, 3, by=ANN)
    assert "admin" in words(house.form)
    press(house, Action.SETUP_STEP, 99, by=EVE)
    assert "not one of the desk's" in words(house.form)


def test_a_figure_opens_the_cases_behind_it(house: House):
    case = house.story.post()
    seconds = int(house.story.now.timestamp())
    press(house, "figure:open", f"{seconds - 60}:{seconds + 60}")
    how, form = house.forms.shown[-1]
    assert how == "update"
    assert f"#{case}" in words(form)


def test_a_forged_figure_or_period_opens_nothing(house: House):
    house.story.post()
    for action, value in (("figure:nonsense", "1:2"), ("figure:open", "1"), ("figure:open", "2:x")):
        press(house, action, value)
        assert "#1001" not in words(house.form)


def test_the_report_is_a_sheet_of_figures(house: House):
    house.story.post()
    house.story.pass_time("1m")
    house.type("/desk report 2d")
    assert "First response time" in words(house.form)
    assert "Cases" in words(house.form)


def test_a_report_of_no_time_or_of_years_is_refused_with_the_usage(house: House):
    for typed in ("0m", "3bd", "400d"):
        assert "/desk report [7d]" in words(house.type(f"/desk report {typed}"))
    assert "soon" in words(house.type("/desk report soon"))
