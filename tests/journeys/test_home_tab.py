"""What everybody sees first, and the figures: opened, claimed from, looked behind, set up."""

from slack_sandbox import Person, View
from tests.journeys.house import House


def home(house: House, person: Person, says: str) -> View:
    """The home tab, once it says this."""
    return house.wait(lambda: _saying(house.slack.home(person), says), f"a home tab with {says}")


def sheet(house: House, person: Person, says: str) -> View:
    return house.wait(lambda: _saying(person.view, says), f"a sheet with {says}")


def _saying(view: View | None, says: str) -> View | None:
    return view if view and says in view.words else None


def test_an_agent_begins_the_day_at_home(house: House) -> None:
    house.post("Where is my refund?")
    house.card(1001, "care-service")
    house.ann.open_home()
    shown = home(house, house.ann, "1 of 1 open case nobody has yet")
    assert "*Yours*: you have no case." in shown.words
    house.ann.press(shown, "Claim")
    shown = home(house, house.ann, "*Yours*: 1 case")
    assert "nothing waits, 1 case open" in shown.words
    assert "too little yet to say what is usual" in shown.words


def test_every_figure_opens_the_cases_behind_it(house: House) -> None:
    house.post("Where is my refund?")
    house.card(1001, "care-service")
    house.pass_time("2m")
    house.ann.command("/desk", "report 7d")
    shown = sheet(house, house.ann, "First response time")
    house.ann.press(shown, "figure:cases")
    assert "#1001" in sheet(house, house.ann, "the first to look at on top").words


def test_an_admin_finishes_the_set_up_from_home(house: House) -> None:
    house.eve.open_home()
    shown = home(house, house.eve, "Set-up 5 of 7")
    house.eve.press(shown, "setup_step", block_id=shown.blocks[1]["block_id"])
    sheet(house, house.eve, "/desk member add")
    house.eve.close_view()
    house.post("Where is my refund?")
    house.card(1001, "care-service")
    house.eve.open_home()
    home(house, house.eve, "Set-up 6 of 7")
