"""The buttons of a card, pressed."""

from bot.domain import effects
from bot.domain.case import Outcome
from bot.domain.effects import Kind
from bot.domain.ids import RAPID_RESPONSE
from bot.domain.timeline import What
from tests.company import ANN, BEN, BOB, CEM, DORA, EVE, SUE, TECHNICAL, TOM
from tests.handlers.house import House, chosen_person, words


def test_the_first_press_on_claim_wins_and_says_nothing(house: House):
    case = house.story.post()
    assert house.press("claim", case) == {}
    assert house.story.case(case).assignee == ANN
    assert house.told == []


def test_the_second_to_claim_is_told_who_was_first(house: House):
    case = house.story.post()
    house.press("claim", case)
    house.press("claim", case, by=BEN)
    [letter] = house.mailbox.letters
    assert f"<@{ANN}> was first" in letter["text"]
    assert letter["response_type"] == "ephemeral"
    assert letter["replace_original"] is False


def test_a_press_in_a_list_that_one_person_sees_says_that_it_worked(house: House):
    house.press("claim", house.story.post(), is_ephemeral=True)
    assert house.told == ["✓ Done; the card shows it."]


def test_who_is_not_in_the_department_is_told_so_and_changes_nothing(house: House):
    case = house.story.post()
    house.press("claim", case, by=BOB)
    assert house.story.case(case).assignee is None
    assert "belongs to *Customer service*" in house.told[0]


def test_a_case_is_released_closed_and_opened_again(house: House):
    case = house.story.post()
    house.press("claim", case)
    house.press("release", case)
    assert house.story.case(case).assignee is None
    house.press("no_reply", case)
    closing = house.story.case(case).closing
    assert closing is not None
    assert closing.outcome is Outcome.NO_REPLY
    house.press("undo_close", case)
    assert house.story.case(case).is_open
    assert house.told == []


def test_a_department_of_the_menu_gets_it_like_one_with_a_button(house: House):
    case = house.story.post("a mystery")
    house.press("route_menu", f"{case}:technical", by=EVE, channel="triage")
    assert house.story.case(case).department == "technical"


def test_triage_decides_with_one_press(house: House):
    case = house.story.post("a mystery")
    house.press("route:technical", case, by=EVE, channel="triage")
    assert house.story.case(case).department == TECHNICAL


def test_a_following_department_says_done_from_its_own_channel(house: House):
    case = house.story.post("where can I buy it?")
    house.press("done", case, by=SUE, channel="marketing")
    assert What.ASK_DONE in house.story.whats(case)


def test_done_in_a_channel_of_no_department_is_refused(house: House):
    case = house.story.post("where can I buy it?")
    house.press("done", case, by=SUE, channel="rapid-response")
    assert What.ASK_DONE not in house.story.whats(case)
    assert len(house.told) == 1


def test_a_following_department_takes_over(house: House):
    case = house.story.post("where can I buy it?")
    house.press("take_over", case, by=SUE, channel="marketing")
    assert house.story.case(case).department == "marketing"
    assert house.story.case(case).assignee == SUE


def test_an_offer_is_accepted_or_returned(house: House):
    first, second = house.story.post(), house.story.post("and where is my coat?", by="@joe")
    for case in (first, second):
        house.story.hand_offs.to_department(case, TECHNICAL, "please look", by=ANN)
    house.press("accept", first, by=TOM, channel="technical")
    house.press("give_back", second, by=TOM, channel="technical")
    assert house.story.case(second).department == "technical"
    house.submit("give_back", second, {"reason": "a coat is no app"}, by=TOM)
    assert house.story.case(first).assignee == TOM
    assert house.story.case(second).department == "service"


def test_two_cases_of_one_matter_become_one(house: House):
    older, newer = house.story.post(), house.story.post("still no bag")
    house.press("merge", f"{newer}:{older}")
    closing = house.story.case(newer).closing
    assert closing is not None
    assert closing.into == older


def test_somebody_on_call_acknowledges_a_ping(house: House):
    house.story.rota({"person": "cem@example.com"})
    case = house.story.post()
    house.story.casework.escalate(case, "press is calling", by=ANN)
    [message] = house.story.messages(case, Kind.PING)
    house.press("acknowledge", message.key, by=CEM, channel="rapid-response")
    assert What.ACKNOWLEDGED in house.story.whats(case)
    house.press("acknowledge", message.key, by=CEM, channel="rapid-response")
    assert f"<@{CEM}>" in house.told[0]


def test_all_that_wait_in_one_message_are_acknowledged_by_one_press(house: House):
    cases = [house.story.post() for _ in range(2)]
    for case in cases:
        house.story.casework.escalate(case, "press is calling", by=ANN)
    pings = [house.story.messages(case, Kind.PING)[0].key for case in cases]
    together = effects.late_list("bundle:7", RAPID_RESPONSE, pings, at=house.story.now)
    with house.story.work() as work:
        work.tell(together)
    for _ in range(2):
        house.press("acknowledge_all", together.key, by=CEM, channel="rapid-response")
    assert [house.story.whats(case).count(What.ACKNOWLEDGED) for case in cases] == [1, 1]
    assert [told for told in house.told if "Nothing here waits any more" in told] == house.told[:1]


def test_more_shows_what_can_be_done_and_each_opens_on_top(house: House):
    case = house.story.post()
    house.press("more", case)
    assert house.forms.shown[-1][0] == "open"
    for action in ("show", "explain", "ask", "assign", "snooze", "priority", "merge_into",
                   "mute", "solve"):  # fmt: skip
        house.press(action, case, view="V1")
        assert house.forms.shown[-1][0] == "push"
    assert house.told == []


def test_what_is_pressed_in_a_form_is_answered_there(house: House):
    case = house.story.post()
    house.press("claim", case)
    house.press("release", case, view="V1")
    how, view = house.forms.shown[-1]
    assert how == "update"
    assert "Done" in words(view)
    house.press("release", case, view="V1")
    how, view = house.forms.shown[-1]
    assert how == "push"
    assert "Nothing was changed" in words(view)


def test_a_change_is_undone_from_the_answer_to_it(house: House):
    house.type("/desk outgoing hold", by=DORA)
    with house.story.work() as work:
        [change] = work.tx.setup.changes()
    house.press("undo_change", change.id, by=DORA, is_ephemeral=True)
    assert "Undone" in house.told[0]


def test_a_form_that_slack_no_longer_opens_asks_for_another_press(house: House):
    case = house.story.post()
    house.press("hand_off", case, trigger="late")
    assert house.forms.shown == []
    assert len(house.told) == 1


def test_a_hand_off_goes_to_a_person_with_what_was_promised(house: House):
    case = house.story.post()
    house.press("hand_off", case)
    values = {
        "text": "please call her", "promised": "by noon", "department": {},
        "person": chosen_person(TOM),
    }  # fmt: skip
    assert house.submit("hand_off", case, values) == {}
    offer = house.story.case(case).hand_off
    assert offer is not None
    assert offer.person == TOM
    assert offer.ask == "please call her\nPromised: by noon"
