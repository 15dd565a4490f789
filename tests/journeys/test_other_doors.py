"""The same desk where Slack knocks by HTTP, and where another app has the names of the commands."""

from tests.journeys.conftest import OpenHouse


def test_a_case_from_its_card_to_its_end_over_http(open_house: OpenHouse) -> None:
    house = open_house(over_http=True)
    ann = house.ann
    house.post("Where is my bag?")
    ann.press(house.card(1001), "Claim")
    card = house.card(1001, says=f"<@{ann.id}> has it")
    ann.mention("priority urgent", thread=card)
    ann.press(house.card(1001, says="◆ urgent"), "Reply")
    ann.wait_view("reply")
    ann.submit({"text": "On the next flight."})
    assert "Public answer to" in ann.wait_view("reply_preview").words
    ann.submit()
    house.card(1001, says="goes out at")
    house.pass_time("10s")
    house.card(1001, says="answer was sent")
    assert "*#1001* is solved." in house.told(ann, "/case close 1001")
    ann.press(card, "No reply needed")
    house.shown_to(ann, "This case is closed")
    house.slack.leave(ann, "care-service")
    house.wait(lambda: "This belongs to" in house.told(ann, "/case queue service"))


def test_commands_with_a_prefix_are_said_with_it_everywhere(open_house: OpenHouse) -> None:
    house = open_house(prefix="sp-")
    ann = house.ann
    house.post("Where is my bag?")
    card = house.card(1001)
    assert "*#1001* is yours." in house.told(ann, "/sp-case claim 1001")
    assert "Usage: `/sp-case claim N`" in house.told(ann, "/sp-case claim")
    assert "Did you mean `/sp-case release N`" in house.told(ann, "/sp-case relese 1001")
    assert "`/sp-routing test TEXT`" in house.told(ann, "/sp-desk")
    assert ann.command("/case", "claim 1001").error == "unknown_command"
    ann.mention("reply", thread=card)
    house.shown_to(ann, "Type `/sp-case reply 1001`")
