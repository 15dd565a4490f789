"""Getting help with a case: questions to colleagues and channels, and the rungs of escalation."""

from slack_sandbox import Message
from tests.journeys.house import House


def claimed(house: House) -> Message:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    return house.card(1001, says=f"<@{house.ann.id}> has it")


def test_a_colleague_is_asked_and_the_answer_comes_into_the_thread(house: House) -> None:
    ann, ben = house.ann, house.ben
    ann.press(claimed(house), "More")
    ann.press(ann.wait_view("more"), "Ask")
    ann.wait_view("ask")
    ann.submit({"person": ben, "text": "Do we still use paper tags?"})

    asked = house.said_to(ben, "asks about *#1001*")
    assert "Do we still use paper tags?" in asked.words
    assert "Where is my bag?" in asked.words
    ben.press(asked, "Answer")
    ben.wait_view("answer")
    ben.submit({"text": "Only in Leeds."})

    card = house.card(1001)
    house.thread(card, f"<@{ann.id}> asked <@{ben.id}>")
    answer = house.thread(card, f"<@{ben.id}> answers “Do we still use paper tags?”")
    assert "Only in Leeds." in answer.words
    house.said_to(ben, f"✓ answered by <@{ben.id}>")
    assert house.network.texts == []


def test_a_channel_is_asked_by_command_and_only_the_first_answer_counts(house: House) -> None:
    claimed(house)
    told = house.ann.command("/case", "ask 1001 #care-sales what does a new bag cost?").text
    assert "The answer will be in the thread of *#1001*" in told
    asked = house.said_in("care-sales", "what does a new bag cost?")

    house.sue.press(asked, "Answer")
    house.sue.wait_view("answer")
    house.eve.press(asked, "Answer")
    house.eve.wait_view("answer")
    house.sue.submit({"text": "forty euros"})
    house.eve.submit({"text": "fifty euros"})

    assert "was answered" in house.eve.wait_view().words
    card = house.card(1001)
    house.thread(card, "forty euros")
    below = house.slack.messages("care-service", card.ts)
    assert not any("fifty euros" in one.words for one in below)


def test_escalating_says_whom_it_disturbs_before_it_does(house: House) -> None:
    house.post("Where is my bag?")
    house.cem.press(house.card(1001), "Escalate")
    form = house.cem.wait_view("escalate")
    assert f"*My lead*: <@{house.ann.id}>" in form.words
    assert f"*Rapid response*: <@{house.dora.id}> now" in form.words  # for Cem is on call himself

    house.cem.submit({"whom": "lead", "reason": "a famous violin is in it"})

    house.said_to(house.ann, f"<@{house.cem.id}> needs you for *#1001*: “a famous violin is in it”")
    house.card(1001, says="escalated: “a famous violin is in it”")
    assert house.slack.messages("rapid-response") == []


def test_rapid_response_is_pinged_by_form(house: House) -> None:
    house.ann.press(claimed(house), "Escalate")
    house.ann.wait_view("escalate")
    house.ann.submit({"whom": "rapid_response", "reason": "a famous violin is in it"})
    ping = house.said_in("rapid-response", "a famous violin")
    assert ("user", house.cem.id) in {(one.kind, one.target) for one in ping.calls}
    house.cem.press(ping, "Acknowledge")
    house.said_in("rapid-response", f"acknowledged by <@{house.cem.id}>")
    assert len(house.slack.messages("rapid-response")) == 1


def test_rapid_response_is_pinged_by_command_and_only_its_members_acknowledge(house: House) -> None:
    claimed(house)
    assert "Rapid response is called" in house.ann.command("/case", "page #1001 a violin").text
    ping = house.said_in("rapid-response", "a violin")
    told = house.sue.press(ping, "Acknowledge").text
    assert "Only members of #rapid-response acknowledge its pings" in told
    house.dora.press(ping, "Acknowledge")
    house.said_in("rapid-response", f"acknowledged by <@{house.dora.id}>")
    told = house.cem.press(ping, "Acknowledge").text
    assert f"<@{house.dora.id}> has acknowledged this already" in told


def test_without_a_reason_the_command_opens_the_form(house: House) -> None:
    claimed(house)
    house.ann.command("/case", "escalate 1001")
    assert house.ann.wait_view("escalate").title == "Escalate #1001"
    assert house.slack.messages("rapid-response") == []
