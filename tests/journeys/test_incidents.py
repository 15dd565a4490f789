"""From an escalation to the summary: one channel, everybody who is needed, nothing forgotten."""

from tests.journeys.house import House, read


def room(house: House) -> str:
    def opened() -> str | None:
        return next((name for name in names(house) if name.startswith("inc-")), None)

    return house.wait(opened, "the channel of the incident")


def names(house: House) -> list[str]:
    return [channel.name for channel in house.slack.workspace.channels.values()]


def topic(house: House, name: str) -> str:
    channels = house.slack.workspace.channels.values()
    return next(one.topic for one in channels if one.name == name)


def test_from_the_command_to_the_summary(house: House):
    house.post("Ash everywhere, we are stranded")
    house.card(1001)
    told = house.told(house.ann, '/incident declare "Ash cloud" severity:1 words:ash')
    assert "SEV1 declared" in told
    assert "1 case linked" in told

    name = room(house)
    assert name.endswith("-ash-cloud")
    facts = house.said_in(name, "1 case")
    house.wait(lambda: facts.ts in channel(house, name).pins or None, "the pinned facts")
    assert "SEV1" in house.wait(lambda: topic(house, name) or None)
    house.card(1001, says="Part of")
    house.said_to(house.ann, "You are the lead")
    assert house.cem.member.id in channel(house, name).members

    house.ann.command("/incident", "update All flights are grounded until noon", name)
    house.said_in(name, "All flights are grounded until noon")
    house.ann.command("/incident", "role scribe @cem", name)
    house.said_to(house.cem, "You are the scribe")

    house.cem.react(house.cem.say(name, "Hotel rooms are booked"), "pushpin")
    house.cem.shortcut("add_to_timeline", house.ann.say(name, "Buses come at two"))
    house.wait(lambda: "Hotel rooms are booked" in house.told(house.ann, "/incident", name) or None)
    assert "Buses come at two" in house.told(house.ann, "/incident", name)

    house.ann.command("/incident", "stand-down The ash is gone, all have flown", name)
    summary = read(house.said_in(name, "The ash is gone"))
    for line in ("The ash is gone", "Hotel rooms are booked", "1 case", "All flights"):
        assert line in summary
    house.card(1001, not_says="Part of")


def channel(house: House, name: str):
    return next(one for one in house.slack.workspace.channels.values() if one.name == name)


def test_who_comes_late_is_told_and_a_lead_who_leaves_is_missed(house: House):
    house.told(house.ann, '/incident declare "Wrong prices" severity:3')
    name = room(house)
    house.said_to(house.ann, "You are the lead")
    house.ann.command("/incident", "update We took the page down", name)
    house.said_in(name, "We took the page down")

    house.pass_time("10m")
    house.slack.join(house.ben, name)
    assert "We took the page down" in read(house.said_to(house.ben, "What you missed"))

    house.slack.leave(house.ann, name)
    wanted = house.said_in(name, "Who takes it?")
    house.ben.press(wanted, "Take the lead")
    house.said_to(house.ben, "You are the lead")

    house.pass_time("4h")
    house.said_to(house.ben, "is due")


def test_escalate_says_whom_a_crisis_disturbs_and_opens_one_channel(house: House):
    house.post("My brother is stuck in Gate B")
    card = house.card(1001)
    house.ann.press(card, "Escalate")
    form = house.ann.wait_view("escalate")
    assert "Crisis: a channel" in form.words
    assert house.cem.member.id in str(form.as_json())
    house.ann.submit({"whom": "crisis", "reason": "Gate B is on fire"})

    name = room(house)
    house.said_in(name, "Gate B is on fire")
    house.said_in("rapid-response", "Gate B is on fire")
    house.card(1001, says="Part of")
