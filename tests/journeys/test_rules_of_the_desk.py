"""What admins change by typing: routing, promises, departments; each with its *Undo*."""

from tests.journeys.house import House, read


def test_a_rule_is_added_says_what_it_would_have_done_and_is_taken_back(house: House) -> None:
    eve = house.eve
    for number in range(12):
        house.post("My bag is gone", author={"handle": f"@c{number}"})
    house.card(1012)

    answer = house.told(eve, "/routing add technical words:tracker also:sales set-priority:high")
    assert "added a rule: words:tracker goes to technical" in answer
    assert "0 of 12 posts of the last 7 days would have moved" in answer
    house.post("The tracker in my suitcase is mute")
    assert "▲ high" in house.card(1013, "care-technical").words
    house.card(1013, "care-sales")

    answer = house.told(eve, "/routing move 7 1")
    assert "moved rule 7 to 1" in answer
    answer = house.told(eve, "/routing remove 5")
    assert "12 of 13 posts of the last 7 days would have moved, 12 out of service" in answer
    eve.press(house.shown_to(eve, "removed rule 5"), "Undo")
    house.shown_to(eve, "Undone: removed rule 5")
    house.post("My other bag is gone")
    house.card(1014)


def test_too_few_posts_tell_nothing(house: House) -> None:
    assert "Too few posts of the last 7 days to tell (0)" in house.told(
        house.eve, "/routing add sales words:seats"
    )


def test_the_rules_are_listed_tested_and_explained(house: House) -> None:
    eve = house.eve
    technical = "words:app,login,tablet*,api,password → Technical support · also Sales, Marketing"
    assert technical in house.told(eve, "/routing").replace("\n", "")
    answer = house.told(eve, "/routing test I want a refund for my app")
    assert "It would go to *Technical support*: rule 2 (words app)" in answer
    assert "would go to *Triage*" in house.told(eve, "/routing test hm")
    assert "posts that no rule matches go to service" in house.told(eve, "/routing default service")
    house.post("Hm, hello?")
    house.card(1001)


def test_a_rule_is_previewed_in_its_form(house: House) -> None:
    eve = house.eve
    eve.command("/routing", "add", "care-triage")
    eve.wait_view("routing")
    eve.submit({"conditions": "followers:many", "department": "sales"})
    assert "not a number" in eve.wait_view().errors["conditions"]
    eve.submit({"conditions": "words:seats -words:car", "department": "sales", "priority": "low"})
    assert "words:seats -words:car goes to sales" in read(eve.wait_view("routing_preview"))
    eve.submit()
    assert "Saved" in eve.wait_view().title
    house.post("Ten seats please")
    assert "▽ low" in house.card(1001, "care-sales").words


def test_faulty_rules_are_refused_with_the_reason(house: House) -> None:
    eve = house.eve
    assert "a value is missing" in house.told(eve, "/routing add sales words:")
    assert "There is no department “nowhere”" in house.told(eve, "/routing add nowhere words:x")
    assert "Usage: `/routing move N POSITION`" in house.told(eve, "/routing move 1")
    assert "Only admins of the desk may do this" in house.told(house.ann, "/routing remove 1")
    assert f"Ask <@{eve.id}>" in house.told(house.ann, "/routing")


def test_promises_are_listed_set_warned_and_explained(house: House) -> None:
    ann, eve = house.ann, house.eve
    house.post("Where is my bag?")
    house.card(1001, says="59 min left")
    assert "first answer 1h" in house.told(ann, "/sla")
    assert "Only admins" in house.told(ann, "/sla set service first 10m")

    assert "service: 20m" in house.told(eve, "/sla set service first–response 20m hours:always")
    assert "of priority" not in house.told(eve, "/sla set service next 30m priority:urgent")
    assert "warn at 50% of the time" in house.told(eve, "/sla warn 50%")
    house.post("My bag is back, but empty", author={"handle": "@joe"})
    house.card(1002, says="19 min left")
    house.pass_time("10m")
    warning = house.thread(house.card(1002), "first answer is due")
    assert "*#1002* unclaimed in *Customer service*" in warning.words

    receipt = house.told(ann, "/sla explain #1002")
    assert "The clocks of #1002" in receipt
    assert "✓ counted 10 min" in receipt
    assert "This belongs to *Customer service*" in house.told(house.sue, "/sla explain 1002")


def test_a_promise_is_previewed_in_its_form(house: House) -> None:
    eve = house.eve
    eve.command("/sla", "set", "care-triage")
    eve.wait_view("sla")
    eve.submit({"promise": "first_response", "length": "5m", "department": "sales"})
    assert "first response for sales: 5m" in read(eve.wait_view("sla_preview"))
    assert "first answer 5m" not in house.told(house.ann, "/sla")
    eve.submit()
    assert "Saved" in eve.wait_view().title
    house.post("What is the price?")
    house.card(1001, "care-sales", says="4 min left")


def test_departments_people_and_the_switch(house: House) -> None:
    ann, eve, sue = house.ann, house.eve, house.sue
    assert "6 departments" not in house.told(ann, "/desk")
    assert "*Customer service* (`service`)" in house.told(ann, "/desk departments")
    assert "*Sales* in #" in house.told(ann, "/desk members sales")
    assert f"Admins of the desk: <@{eve.id}>" in house.told(ann, "/desk admins")
    assert "No post has come in yet" in house.told(ann, "/desk networks")
    assert "Public replies are *on*" in house.told(ann, "/desk outgoing")
    assert "Only admins" in house.told(ann, "/desk setup")
    assert "Set-up 5 of 7" in house.told(eve, "/desk setup")

    assert f"<@{sue.id}> is lead of sales now" in house.told(
        eve, "/desk member add @sue sales lead"
    )
    assert f"<@{sue.id}> is trainee" in house.told(eve, "/desk member add @sue sales trainee")
    assert "no longer named for sales" in house.told(eve, "/desk member remove @sue sales")
    assert f"<@{ann.id}> is an admin of the desk now" in house.told(eve, "/desk admins add @ann")
    assert "*Changes*, the newest first" in house.told(ann, "/desk changes")
    assert "Undo them first" in house.told(ann, "/desk undo 1")
    assert "Undone: named" not in house.told(ann, "/desk undo 4")
    assert "Only admins" in house.told(ann, "/desk changes")


def test_a_new_department_gets_its_channel_and_its_posts(house: House) -> None:
    eve = house.eve
    answer = house.told(eve, "/desk department add cargo #care-cargo “Cargo desk”")
    assert "*Cargo desk* is a department now" in answer
    assert "goes to cargo" in house.told(eve, "/routing add cargo words:crate")
    house.post("Where is my crate?")
    card = house.card(1001, "care-cargo")
    eve.press(card, "Claim")
    house.card(1001, "care-cargo", says=f"<@{eve.id}> has it")
