"""Where slash commands do not work: words to the bot under a card, and the menu of any message."""

from tests.journeys.house import House, read


def test_a_case_is_claimed_by_a_mention_under_its_card(house: House) -> None:
    ann, cem = house.ann, house.cem
    house.post("Where is my bag?")
    card = house.card(1001)

    ann.mention("claim", thread=card)
    house.shown_to(ann, "*#1001* is yours.")
    house.card(1001, says=f"<@{ann.id}> has it")
    cem.mention("take", thread=card)
    house.shown_to(cem, f"<@{ann.id}> was first")
    ann.mention("handoff @ben it is the map", thread=card)
    house.shown_to(ann, "*#1001* is offered to")
    house.said_to(house.ben, "“it is the map”")


def test_other_words_there_are_understood_or_explained(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    card = house.card(1001)
    ann.mention("", thread=card)
    house.shown_to(ann, "Under a card I understand: `show`, `claim`")
    ann.mention("priority urgent", thread=card)
    house.card(1001, says="◆ urgent")
    ann.mention("reply", thread=card)
    house.shown_to(ann, "Slack opens no form from here. Type `/case reply 1001`")
    ann.mention("dance", thread=card)
    house.shown_to(ann, "Usage: `/case mine | queue")
    ann.mention("claim", channel="care-service")
    house.shown_to(ann, "This message belongs to no case")
    ann.mention("claim 1001", channel="care-service")
    house.shown_to(ann, "*#1001* is yours.")


def test_what_people_say_in_a_thread_is_theirs(house: House) -> None:
    house.post("Where is my bag?")
    card = house.card(1001)
    house.ann.say("care-service", "On the next flight, I think", thread=card)
    house.cem.say("care-service", "No, on the one after it", thread=card)
    house.pass_time("1h")
    house.said_in("rapid-response", "#1001")  # not answered by that
    assert house.network.texts == []


def test_a_word_in_the_thread_becomes_a_draft_and_goes_the_usual_way(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    card = house.card(1001)
    said = house.cem.say("care-service", "On the next flight & free of charge", thread=card)

    ann.shortcut("draft_reply", said)
    form = ann.wait_view("reply")
    assert form.state["text"]["text"]["value"] == "On the next flight & free of charge"
    ann.submit()
    assert "on x, as @northwind" in ann.wait_view("reply_preview").words
    ann.submit()
    house.card(1001, says="goes out at")
    assert house.network.texts == []


def test_any_message_becomes_a_case(house: House) -> None:
    sue = house.sue
    said = sue.say("care-sales", "A friend says our app shows the wrong gate")
    sue.shortcut("make_case", said)
    sue.wait_view("new_case")
    sue.submit({"author": "@friend"})
    assert "*#1001* is made." in sue.wait_view().words
    assert "shows the wrong gate" in read(house.card(1001, "care-technical"))
    sue.shortcut("draft_reply", said)
    house.shown_to(sue, "This message belongs to no case")
