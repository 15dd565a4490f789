"""What everybody sees first, and the figures: opened, claimed from, looked behind, set up."""

from bot.domain.outbox import Message, MessageState, Unknown
from slack_sandbox import Person, View
from tests.journeys.house import House


def home(house: House, person: Person, says: str) -> View:
    """The home tab, once it says this."""
    return house.wait(lambda: _saying(house.slack.home(person), says), f"a home tab with {says}")


def sheet(house: House, person: Person, says: str) -> View:
    return house.wait(lambda: _saying(person.view, says), f"a sheet with {says}")


def _saying(view: View | None, says: str) -> View | None:
    return view if view and says in view.words else None


def given_up(house: House) -> list[Message]:
    with house.store.reading() as tx:
        return tx.outbox.in_state(MessageState.DEAD)


def test_an_agent_begins_the_day_at_home(house: House) -> None:
    house.post("Where is my refund?")
    house.card(1001, "care-service")
    house.ann.open_home()
    shown = home(house, house.ann, "1 of 1 open case unclaimed")
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


def test_what_is_stuck_is_found_at_home_and_opened_from_there(house: House) -> None:
    house.post("Where is my bag?")
    house.card(1001)
    house.network.answers.append(Unknown("no answer"))
    house.answer(house.ann, "We are on it.")
    house.pass_time("10s")
    house.thread(house.card(1001, says="Outcome unknown"), "Outcome unknown")
    house.slack.faults.add("ok-false", method="chat.postMessage", error="metadata_too_large")
    house.post("Where is my hat?", author={"handle": "@joe"})
    house.wait(lambda: given_up(house), "a card that is given up")

    house.ann.open_home()
    of_ann = home(house, house.ann, "*These need a person*")
    assert "Outcome unknown: it may be public" in of_ann.words
    assert "the card for" not in of_ann.words
    house.eve.open_home()
    of_eve = home(house, house.eve, "*These need a person*")
    assert "Outcome unknown: it may be public" in of_eve.words
    assert "it is too long for one message" in of_eve.words

    house.ann.press(of_ann, "Open")
    sheet(house, house.ann, "Where is my bag?")


def test_people_whose_profiles_change_hold_up_nobody(house: House) -> None:
    house.slack.faults.add("429", method="users.info", times=8, retry_after=2)
    for number in range(8):
        house.slack.change(house.ben, title=f"At work, {number}")
    house.ann.open_home()
    house.wait(lambda: house.slack.home(house.ann), "a home tab")
    assert house.slack.faults.met.count("users.info") <= 2  # the others wait their turn
