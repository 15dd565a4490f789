"""Two cases of one matter: merged, linked, answered elsewhere; and each taken back by one press."""

from slack_sandbox import Message, Person
from tests.journeys.house import House


def last_told(house: House, person: Person, says: str) -> Message:
    return house.shown_to(person, says)


def test_one_customers_cases_are_merged_and_split_again(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.card(1001)
    house.post("And the second bag?", priority="urgent")
    house.card(1002)

    assert "is merged into *#1001*" in house.told(ann, "/case merge 1002 into 1001")
    card = house.card(1001, says="urgent")
    house.thread(card, "And the second bag?")
    merged = house.card(1002, says="merged into")

    ann.press(merged, "Undo")
    house.card(1002, says="And the second bag?")
    house.card(1001, not_says="urgent")


def test_two_customers_cases_are_linked_and_stay_two(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.card(1001)
    house.post("My bag is gone as well", author={"handle": "@amy"})
    house.card(1002)

    assert "are linked" in house.told(ann, "/case merge 1001 into 1002")
    house.card(1001, says="linked to *#1002*")
    house.card(1002, says="linked to *#1001*")

    ann.press(last_told(house, ann, "are linked"), "Undo")
    house.card(1001, not_says="linked to")
    house.card(1002, not_says="linked to")


def test_a_case_made_by_hand_is_answered_there(house: House) -> None:
    ann = house.ann
    house.told(ann, "/case new A customer asks at the counter where the bag is")
    house.card(1001)

    assert "made by hand" in house.told(ann, "/case reply 1001")
    assert "answered outside the desk" in house.told(
        ann, "/case answered 1001 https://example.com/1"
    )
    house.card(1001, says="Answered outside the desk")

    ann.press(last_told(house, ann, "is answered outside the desk"), "Undo")
    house.card(1001, not_says="Answered outside the desk")


def test_the_rest_of_a_conversation_is_closed_after_a_look(house: House) -> None:
    ann = house.ann
    for handle in ("@jane", "@amy", "@farid"):
        house.post(f"my bag too, says {handle}", author={"handle": handle}, conversation="sale")
    for number in (1001, 1002, 1003):
        house.card(number)

    ann.press(house.card(1001), "More")
    ann.press(ann.wait_view("more"), "Close the rest")
    looked = ann.wait_view("close").words
    assert "says @amy" in looked
    assert "says @jane" not in looked
    ann.submit()

    house.card(1002, says="no reply needed")
    house.card(1003, says="no reply needed")
    house.card(1001, says="bag too")
