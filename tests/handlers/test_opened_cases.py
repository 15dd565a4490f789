"""*Open* on a line of a digest: the case with the buttons of its card, in a form."""

from bot.domain.ids import CaseId, MemberId
from tests.company import ANN, BEN, BOB, EVE, SALES, SUE
from tests.handlers.house import House, Json


def opened(house: House) -> Json:
    how, form = house.forms.shown[-1]
    assert how == "open"
    return form


def offered(form: Json) -> list[str]:
    rows = [block["elements"] for block in form["blocks"] if block["type"] == "actions"]
    return [one["action_id"] for row in rows for one in row]


def asked_of_sales(house: House) -> CaseId:
    house.story.rules({"department": "service", "when": "words:bag", "also": ["sales"]})
    return house.story.post()


def test_a_line_opens_the_whole_case_with_its_buttons(house: House):
    case = house.story.post("where is my bag?")
    house.press("open", case)
    form = opened(house)
    assert form["title"]["text"] == f"Case #{case}"
    assert "where is my bag?" in str(form["blocks"])
    assert offered(form) == ["claim", "reply", "hand_off", "escalate", "no_reply", "more"]


def test_one_that_somebody_has_says_who_and_offers_no_claim(house: House):
    case = house.story.post()
    house.story.casework.claim(case, by=BEN)
    house.press("open", case)
    form = opened(house)
    assert f"<@{BEN}> has it" in str(form["blocks"])
    assert "claim" not in offered(form)


def test_one_that_is_closed_says_by_whom_and_offers_no_claim(house: House):
    case = house.story.post()
    house.story.closings.no_reply(case, by=BEN)
    house.press("open", case)
    form = opened(house)
    assert f"<@{BEN}>" in str(form["blocks"])
    assert "claim" not in offered(form)


def test_one_that_has_moved_names_its_department_to_who_is_not_in_it(house: House):
    case = house.story.post()
    house.story.hand_offs.to_department(case, SALES, "wants ten tablets", by=BEN)
    house.story.hand_offs.accept(case, by=SUE)
    house.press("open", case)
    assert house.forms.shown == []
    assert "belongs to *Sales*" in house.told[0]


def test_one_that_the_desk_does_not_know_any_more_says_so(house: House):
    house.press("open", CaseId(4711))
    assert house.forms.shown == []
    assert "There is no case *#4711*" in house.told[0]


def press_in(house: House, form: Json, action: str, case: CaseId, by: MemberId = ANN) -> Json:
    """A button of the form that is open; answers the form that stands there then."""
    memo, callback = form["private_metadata"], form["callback_id"]
    house.press(action, case, by=by, view="V1", memo=memo, form=callback)
    how, shown = house.forms.shown[-1]
    assert how == "update"
    return shown


def test_it_is_claimed_from_the_form_which_offers_what_comes_next(house: House):
    case = house.story.post("where is my bag?")
    house.press("open", case)
    form = press_in(house, opened(house), "claim", case)
    assert house.story.case(case).assignee == ANN
    assert form["title"]["text"] == f"Case #{case}"
    assert f"<@{ANN}> has it" in str(form["blocks"])
    assert "where is my bag?" in str(form["blocks"])
    assert offered(form) == ["reply", "hand_off", "escalate", "solve", "no_reply", "more"]


def test_closed_from_the_form_it_can_be_undone_there(house: House):
    case = house.story.post()
    house.press("open", case)
    form = opened(house)
    closed = press_in(house, form, "no_reply", case)
    assert offered(closed) == ["undo_close"]
    assert offered(press_in(house, closed, "undo_close", case)) == offered(form)


def test_one_that_went_where_its_reader_is_not_is_only_said_to_be_done(house: House):
    case = house.story.post("a mystery")
    house.press("open", case, by=EVE, channel="triage")
    told = press_in(house, opened(house), "route:technical", case, by=EVE)
    assert told["title"]["text"] == "Done"


def test_the_second_to_claim_from_it_is_told_who_was_first(house: House):
    case = house.story.post()
    house.press("open", case)
    house.story.casework.claim(case, by=BEN)
    house.press("claim", case, view="V1")
    how, told = house.forms.shown[-1]
    assert how == "push"
    assert f"<@{BEN}> was first" in str(told["blocks"])


def test_who_is_not_in_the_department_is_refused(house: House):
    house.press("open", house.story.post(), by=BOB)
    assert house.forms.shown == []
    assert "belongs to *Customer service*" in house.told[0]


def test_a_following_department_does_its_part_from_the_form(house: House):
    case = asked_of_sales(house)
    house.press("open", case, by=SUE, channel="sales")
    form = opened(house)
    assert offered(form) == ["done", "take_over"]
    house.press("done", case, by=SUE, view="V1", memo=form["private_metadata"])
    with house.story.reading() as tx:
        (ask,) = tx.asks.of_case(case)
    assert (ask.department, ask.done_by) == (SALES, SUE)


def test_a_form_that_names_another_department_gives_no_rights_there(house: House):
    case = asked_of_sales(house)
    house.press("done", case, by=ANN, view="V1", memo="sales")
    house.press("done", case, by=ANN, view="V1", memo="")
    house.press("done", case, by=ANN, view="V1", memo="../sales")
    with house.story.reading() as tx:
        assert all(ask.is_open for ask in tx.asks.of_case(case))


def test_the_address_of_a_click_is_kept_for_the_message_that_was_clicked_on(house: House):
    house.press("claim", house.story.post(), message="1763749805.118029")
    house.press("claim", house.story.post(), is_ephemeral=True)
    house.press("claim", house.story.post(), view="V1")
    (kept,) = house.hooks
    assert kept[1:] == ("1763749805.118029", house.mailbox.url)
