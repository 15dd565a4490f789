"""How cases end, one by one and many at once, and how an end is taken back."""

from slack_sandbox import Message
from tests.journeys.house import House, read


def test_no_reply_needed_is_one_press_and_can_be_taken_back(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag? Ah, there it is")
    ann.press(house.card(1001), "No reply needed")
    card = house.card(1001, says=f"no reply needed, <@{ann.id}>")
    house.pass_time("20m")
    ann.press(card, "Undo")

    card = house.card(1001, says="Unclaimed")
    assert "39 min left" in card.words  # as if it had never been closed


def test_many_are_closed_after_a_look_at_them(house: House) -> None:
    ann = house.ann
    for text in ("My bag is fine", "My bag is lost", "A fine bag"):
        house.post(text)
    house.cem.press(house.card(1003), "Claim")
    house.card(1003, says=f"<@{house.cem.id}> has it")

    ann.command("/case", "close words:fine")
    preview = house.wait(lambda: ann.wait_view("close"))
    assert "#1001" in preview.words
    assert "#1002" not in preview.words
    assert "#1003" not in preview.words  # somebody has it
    assert preview.submit == "Close 1 case"
    ann.submit()

    assert "1 case closed" in ann.wait_view().words
    house.card(1001, says="no reply needed")
    house.card(1002, says="Unclaimed")


def test_what_moved_on_since_the_look_is_named_with_the_reason(house: House) -> None:
    ann = house.ann
    house.post("My bag is fine")
    house.post("My other bag is fine")
    house.card(1002)
    ann.command("/case", "close words:fine")
    ann.wait_view("close")
    house.cem.press(house.card(1002), "Claim")
    ann.submit()
    told = read(ann.wait_view())
    assert "1 case closed" in told
    assert f"#1002*: <@{house.cem.id}> has this case" in told


def test_a_search_that_finds_nothing_or_has_a_fault_says_so(house: House) -> None:
    house.ann.command("/case", "close words:nothing")
    form = house.ann.wait_view("close")
    assert "finds no open case that is free or yours" in form.words
    assert form.submit == ""
    house.ann.command("/case", "close followers:many")
    house.wait(lambda: "not a number" in read(house.ann.wait_view()))


def neighbours(house: House) -> Message:
    """Two posts by one author ; the newer card."""
    house.post("Where is my bag?")
    house.card(1001)
    house.post("And the other bag is gone too")
    return house.card(1002, says="also open for Jane Doe: *#1001*")


def test_neighbours_become_one_by_one_press(house: House) -> None:
    house.ann.press(neighbours(house), "Merge")
    house.card(1002, says=f"merged into *#1001* by <@{house.ann.id}>")
    card = house.card(1001, says="And the other bag is gone too")
    assert "wrote again" in card.words
    told = house.ann.command("/case", "claim 1002").text
    assert "This case was merged into *#1001*. Go on there." in told


def test_merged_by_the_form_and_by_command(house: House) -> None:
    ann = house.ann
    ann.press(neighbours(house), "More")
    ann.press(ann.wait_view("more"), "Merge")
    ann.wait_view("merge")
    ann.submit({"into": "what"})
    assert "Usage: `#1042`" in str(ann.wait_view().errors)
    ann.submit({"into": "#1001"})
    house.card(1002, says="merged into *#1001*")
    house.post("My bag is green")
    house.card(1003)
    assert "*#1003* is merged into *#1001*" in ann.command("/case", "merge 1003 into 1001").text
    house.card(1003, says="merged into *#1001*")


def test_a_solved_case_is_reopened_by_press_and_by_the_customer(house: House) -> None:
    ann = house.ann
    post = house.post("Where is my bag?")
    house.card(1001)
    assert "*#1001* is solved." in ann.command("/case", "resolve 1001 found it").text
    card = house.card(1001, says="found it")
    ann.press(card, "Reopen")
    house.card(1001, says=f"<@{ann.id}> has it")

    ann.command("/case", "resolve 1001 found it")
    house.card(1001, says="solved by")
    house.post("Thank you so much!", in_reply_to=post)
    house.thread(house.card(1001, says="solved by"), "Thank you so much!")
    house.post("But which bag do you mean?", in_reply_to=post)
    card = house.card(1001, says="which bag do you mean?")
    assert f"<@{ann.id}> has it" in card.words


def test_an_author_is_muted_for_a_day(house: House) -> None:
    ann = house.ann
    house.post("buy my bags")
    ann.press(house.card(1001), "More")
    ann.press(ann.wait_view("more"), "Mute")
    ann.wait_view("mute")
    ann.submit({"reason": "sells bags"})
    house.card(1001, says="sells bags")
    house.post("buy my bags again")
    house.card(1002, says="the author is muted")
    house.pass_time("25h")
    house.post("and my bags once more")
    house.card(1003, says="Unclaimed")
