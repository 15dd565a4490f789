"""Everything about a case that can be typed, in the ways that people type it."""

import pytest

from tests.journeys.house import House, read


def test_the_queue_and_what_is_mine(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.post("Stuck at gate B12", author={"handle": "@joe"})
    house.card(1002)

    assert "2 of 2 open cases unclaimed" in house.told(ann, "/case queue")
    assert "2 of 2 open cases" in house.told(ann, "/case queue service", "care-triage")
    assert "2 of 2 open cases" in house.told(ann, "/case queue #care-service", "care-triage")
    assert "This belongs to *Sales*" in house.told(ann, "/case queue sales")
    assert "You have no case" in house.told(ann, "/case")
    assert "*#1002* is yours." in house.told(ann, "/case claim 1002")
    assert "You have 1 case" in house.told(ann, "/case")
    assert "You have 1 case" in house.told(ann, "/case mine")
    queue = house.shown_to(ann, "2 of 2 open cases")
    line = next(block for block in queue.blocks if "*#1001*" in str(block))
    ann.press(queue, "Claim", block_id=line["block_id"])
    house.card(1001, says=f"<@{ann.id}> has it")


def test_a_case_through_all_that_can_be_typed(house: House) -> None:
    ann, cem = house.ann, house.cem
    house.post("Stuck at gate B12")
    house.card(1001)

    assert "Everything about #1001" in house.told(ann, "/case 1001")
    assert "Everything about #1001" in house.told(ann, "/case show 1001")
    assert "1 case found" in house.told(ann, "/case find words:gate is:open")
    assert "Nothing was found" in house.told(ann, "/case find words:gate is:claimed")
    assert "*#1001* is ▽ low now" in house.told(ann, "/case priority 1001 low")
    assert "*#1001* is snoozed until" in house.told(ann, "/case snooze 1001 2h")
    house.card(1001, says="snoozed until")
    house.pass_time("2h")
    house.card(1001, not_says="snoozed until")
    assert f"<@{cem.id}> has *#1001* now." in house.told(ann, "/case assign 1001 @cem")
    assert "*#1001* is back in the queue." in house.told(cem, "/case release 1001")
    assert "*#1001* is solved." in house.told(cem, "/case resolve 1001 told them")
    assert "*#1001* is open again." in house.told(cem, "/case reopen 1001")
    house.card(1001, says=f"<@{cem.id}> has it")


@pytest.mark.parametrize(
    "words",
    ["take 1001", "claim #1001", "1001 claim", "#1001 take", "Claim 1001.", "“claim” 1001"],
)
def test_however_claim_is_typed(house: House, words: str) -> None:
    house.post("Where is my bag?")
    house.card(1001)
    assert "*#1001* is yours." in house.told(house.ann, f"/case {words}")


def test_forms_open_where_words_are_missing(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.card(1001)
    for words, form in {
        "1001 reply": "reply",
        "assign 1001": "assign",
        "ask 1001": "ask",
        "handoff 1001": "hand_off",
        "page 1001": "escalate",
        "snooze 1001": "snooze",
        "priority 1001": "priority",
        "merge 1001": "merge",
        "new": "new_case",
    }.items():
        ann.command("/case", words)
        assert ann.wait_view(form).title
        ann.close_view()


def test_forms_say_at_the_field_what_is_wrong(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.card(1001)
    ann.command("/case", "snooze 1001")
    ann.wait_view("snooze")
    ann.submit({"length": "a while"})
    assert "“a while” is no length of time" in ann.wait_view().errors["length"]
    ann.submit({"length": "1bd"})
    house.card(1001, says="snoozed until")
    ann.command("/case", "priority 1001")
    ann.wait_view("priority")
    ann.submit({"priority": "high"})
    house.card(1001, says="▲ high")


def test_what_a_colleague_saw_elsewhere_becomes_a_case(house: House) -> None:
    ann = house.ann
    assert "*#1001* is made." in house.told(
        ann, "/case new They say our bags smell of <fish> & chips"
    )
    assert "smell of <fish> & chips" in read(house.card(1001, "care-service"))
    ann.command("/case", "new")
    ann.wait_view("new_case")
    ann.submit({"text": "https://social.example/post/1", "author": "@jane"})
    assert "*#1002* is made." in ann.wait_view().words
    house.card(1002, "care-triage", says="@jane")


def test_wrong_usage_is_answered_with_the_usage_and_the_nearest(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.card(1001)
    assert "Did you mean `/case claim N`?" in house.told(ann, "/case cliam 1001")
    assert "Usage: `/case claim N`" in house.told(ann, "/case claim")
    assert "Usage: `/case snooze N 2h`" in house.told(ann, "/case snooze soon")
    assert "“soon” is no length of time" in house.told(ann, "/case snooze 1001 soon")
    assert "There is no case *#4711*" in house.told(ann, "/case claim 4711")
    assert "“@nobody” is nobody the desk knows" in house.told(ann, "/case assign 1001 @nobody")
    assert "colour: no such condition" in house.told(ann, "/case find colour:red")
    assert "What you can type" in house.told(ann, "/case help")


def test_a_case_is_nobodys_business_outside_of_its_departments(house: House) -> None:
    house.post("Where is my bag?")
    house.card(1001)
    for words in ("1001", "claim 1001", "resolve 1001", "snooze 1001 2h", "ask 1001 @ann well?"):
        assert "This belongs to *Customer service*" in house.told(house.sue, f"/case {words}")
    house.sue.command("/case", "reply 1001")
    assert "This belongs to *Customer service*" in read(house.shown_to(house.sue, "belongs to"))
    assert "Nothing was found" in house.told(house.sue, "/case find words:bag")


def test_searches_are_read_however_slack_and_keyboards_write_them(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?", author={"handle": "@star", "followers": 12_000})
    house.post("My bag is back", author={"handle": "@joe", "followers": 3})
    house.card(1002)
    for words in ("followers:>10k", "words:“where is”", "author:@star"):
        answer = house.told(ann, f"/case find {words}")
        assert "1 case found" in answer
        assert "#1001" in answer
    assert "2 cases found" in house.told(ann, "/case find account:@northwind -words:refund")


def test_more_shows_everything_known_and_how_the_clock_ran(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    ann.press(house.card(1001), "Claim")
    house.pass_time("20m")
    ann.press(house.card(1001), "More")
    more = ann.wait_view("more")
    ann.press(more, "Show")
    shown = ann.wait_view("sheet")
    assert "Where is my bag?" in shown.words
    assert f"claimed by <@{ann.id}>" in shown.words
    ann.close_view()
    ann.press(more, "Explain")
    assert "✓ counted 20 min" in ann.wait_view("sheet").words


def test_more_acts_on_the_case_from_its_own_small_forms(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    ann.press(house.card(1001), "More")
    ann.press(ann.wait_view("more"), "Snooze")
    ann.wait_view("snooze")
    ann.submit({"length": "45m"})
    house.card(1001, says="snoozed until")
    ann.press(ann.wait_view("more"), "Priority")
    ann.wait_view("priority")
    ann.submit({"priority": "urgent"})
    house.card(1001, says="◆ urgent")
