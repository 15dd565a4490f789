"""Who has a case, and what the others are told when they press all the same."""

from tests.journeys.house import House


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(house: House) -> None:
    numbers = range(1001, 1026)
    for _ in numbers:
        house.post("Where is my bag?")
    cards = [house.card(number) for number in numbers]
    both = (house.ann, house.cem)

    with house.slack.pressing(2) as hands:
        for card in cards:
            list(hands.map(lambda person, card=card: person.press(card, "Claim"), both))

    said = {number: house.card(number, not_says="Unclaimed").words for number in numbers}
    won = {
        person.id: [number for number in numbers if f"<@{person.id}> has it" in said[number]]
        for person in both
    }
    assert sorted(won[house.ann.id] + won[house.cem.id]) == list(numbers)
    house.wait(
        lambda: sum(len(house.slack.ephemerals(person)) for person in both) == len(numbers),
        "a word to each who was second",
    )
    for loser, winner in (both, both[::-1]):
        told = [one.words for one in house.slack.ephemerals(loser)]
        assert len(told) == len(won[winner.id])
        assert all(f"<@{winner.id}> was first and has this case" in words for words in told)


def test_a_third_person_does_not_write_into_a_case_that_somebody_has(house: House) -> None:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")

    told = house.cem.press(house.card(1001, says="has it"), "Reply").text

    assert f"<@{house.ann.id}> has this case. Ask for a hand-off" in told
    assert house.cem.view is None


def test_a_form_that_is_sent_twice_sends_one_answer(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    ann.press(house.card(1001), "Reply")
    ann.wait_view("reply")
    ann.submit({"text": "It is on the next flight."})
    preview = ann.wait_view("reply_preview")

    ann.submit(view=preview)
    again = ann.submit(view=preview)

    assert "sent already, and once is enough" in str(again.response)
    house.forgive("invalid_response_action")  # only this test can send a form that is closed
    house.card(1001, says="goes out at")
    house.pass_time("1m")
    house.card(1001, says="answer was sent")
    assert house.network.texts == ["It is on the next flight."]


def test_a_button_that_has_grown_old_is_refused_in_words(house: House) -> None:
    house.post("Where is my bag?")
    old = house.card(1001)
    house.ann.press(old, "No reply needed")
    house.card(1001, says="no reply needed")

    told = house.ann.press(old, "Claim").text

    assert f"This case is closed (no reply needed, <@{house.ann.id}>). *Reopen* it first." in told


def test_assigned_released_and_taken_by_another(house: House) -> None:
    ann, cem = house.ann, house.cem
    house.post("Where is my bag?")
    ann.press(house.card(1001), "More")
    ann.press(ann.wait_view("more"), "Assign")
    ann.wait_view("assign")
    ann.submit({"person": cem})
    house.card(1001, says=f"<@{cem.id}> has it")
    house.said_to(cem, f"<@{ann.id}> gave you *#1001*")

    assert "does not work in *Customer service*" in ann.command("/case", "assign 1001 @ben").text
    assert f"<@{cem.id}> has this case" not in cem.command("/case", "release 1001").text
    card = house.card(1001, says="Unclaimed")
    ann.press(card, "Claim")
    card = house.card(1001, says=f"<@{ann.id}> has it")
    ann.press(card, "More")
    ann.press(ann.wait_view("more"), "Release")
    house.card(1001, says="Unclaimed")
