"""The other forms, sent; and what they say where something is wrong."""

from bot.domain.case import Outcome
from bot.domain.outbox import MessageState
from bot.domain.post import Priority
from bot.domain.routing import Rule
from bot.domain.sla import Promise
from tests.company import ANN, BEN, DORA, EVE, SALES, SERVICE, TOM, channel_of
from tests.handlers.house import House, chosen, chosen_channel, chosen_person, words


def test_a_hand_off_needs_a_department_or_a_person(house: House):
    case = house.story.post()
    values = {"text": "please", "promised": None, "department": {}, "person": {}}
    answer = house.submit("hand_off", case, values)
    assert list(answer["errors"]) == ["person"]
    house.submit("hand_off", case, values | {"department": chosen(SALES)})
    assert house.story.case(case).department == SALES


def test_escalating_to_the_lead_disturbs_nobody_else(house: House):
    case = house.story.post()
    house.press("escalate", case)
    house.submit("escalate", case, {"whom": chosen("lead"), "reason": "the press is calling"})
    assert any(key.startswith(f"note:{case}:escalated:") for key in _keys(house))
    assert not any(key.startswith("ping:") for key in _keys(house))


def test_escalating_to_rapid_response_pings_at_once(house: House):
    case = house.story.post()
    house.submit("escalate", case, {"whom": chosen("rapid_response"), "reason": "it burns"})
    assert any(key.startswith(f"ping:{case}:escalated") for key in _keys(house))


def test_the_small_forms_of_a_case_do_what_they_say(house: House):
    case = house.story.post()
    house.submit("assign", case, {"person": chosen_person(BEN)})
    house.submit("priority", case, {"priority": chosen("urgent")})
    house.submit("snooze", case, {"length": "2h"})
    now = house.story.case(case)
    assert (now.assignee, now.priority, bool(now.snoozed_until)) == (BEN, Priority.URGENT, True)
    house.submit("solve", case, {"reason": "found it"}, by=BEN)
    closing = house.story.case(case).closing
    assert closing is not None
    assert (closing.outcome, closing.note) == (Outcome.SOLVED, "found it")


def test_a_length_that_is_none_is_told_at_its_field(house: House):
    answer = house.submit("snooze", house.story.post(), {"length": "soon"})
    assert answer["response_action"] == "errors"
    assert "20m" in answer["errors"]["length"]


def test_a_case_to_merge_into_is_typed_like_everywhere(house: House):
    older, newer = house.story.post(), house.story.post("still no bag")
    assert list(house.submit("merge", newer, {"into": "that one"})["errors"]) == ["into"]
    assert list(house.submit("merge", newer, {"into": "#4711"})["errors"]) == ["into"]
    house.submit("merge", newer, {"into": f"#{older}"})
    assert not house.story.case(newer).is_open


def test_an_author_is_muted_for_a_day(house: House):
    house.submit("mute", house.story.post(), {"reason": "a robot"})
    again = house.story.post("again")
    assert not house.story.case(again).is_open


def test_a_question_is_asked_and_answered(house: House):
    case = house.story.post()
    values = {"text": "is the belt running?", "person": {}, "channel": {}}
    assert list(house.submit("ask", case, values)["errors"]) == ["person"]
    house.submit("ask", case, values | {"channel": chosen_channel(channel_of("technical"))})
    house.submit("ask", case, values | {"person": chosen_person(TOM)})
    house.press("answer", 1, by=TOM, channel="technical")
    assert "is the belt running?" in words(house.form)
    house.submit("answer", 1, {"text": "yes"}, by=TOM)
    with house.story.store.reading() as tx:
        first, second = tx.asks.questions(case)
    assert (first.answer, first.answered_by, second.answer) == ("yes", TOM, None)


def test_what_a_colleague_saw_becomes_one_case(house: House):
    house.pick("make_case", "Look: <https://x.example/1|x.example/1> &lt;3")
    field = next(block for block in house.form["blocks"] if block["type"] == "input")
    assert field["element"]["initial_value"] == "Look: https://x.example/1 <3"
    values = {"text": "My bag is gone", "author": "@jane"}
    assert "#1001" in words(house.submit("new_case", "new", values, view="V7")["view"])
    assert "#1001" in words(house.submit("new_case", "new", values, view="V7")["view"])
    assert house.story.case(1001).post == "by-hand:V7"


def test_of_a_long_message_what_the_field_has_no_room_for_is_shown_beside_it(house: House):
    house.pick("make_case", "荷" * 3000 + "the end")
    assert "The field has no room for the last 7 characters" in words(house.form)
    assert "the end" in words(house.form["blocks"][1])


def test_many_are_closed_after_they_were_seen(house: House):
    bags = [house.story.post(f"bag {n}", by=f"@jane{n}") for n in range(3)]
    house.press("claim", bags[0], by=BEN)
    house.type("/case close bag")
    assert [how for how, _ in house.forms.shown] == ["open", "update"]
    seen = house.form["private_metadata"]
    seen_at = seen.partition("@")[0]
    assert seen == f"{seen_at}@{','.join(str(case) for case in reversed(bags[1:]))}"
    answer = house.submit("close", f"{seen_at}@{','.join(str(case) for case in bags)}", {})
    assert "2 cases" in words(answer["view"])
    assert f"<@{BEN}>" in words(answer["view"])
    assert [house.story.case(case).is_open for case in bags] == [True, False, False]


def test_a_case_whose_customer_wrote_since_the_list_was_shown_stays_open(house: House):
    bag = house.story.post("bag", conversation="t1")
    house.type("/case close bag")
    seen = house.form["private_metadata"]
    house.story.pass_time("5s")
    house.story.post("and my insulin is in it", conversation="t1")
    answer = house.submit("close", seen, {})
    assert "The customer wrote again meanwhile" in words(answer["view"])
    solving = house.submit("solve", seen, {"reason": "told them"})
    assert "The customer wrote again meanwhile" in words(solving["view"])
    assert house.story.case(bag).is_open


def test_a_rule_that_no_form_can_carry_is_refused_at_its_field(house: House):
    values = {
        "conditions": f"words:{','.join(f'bag{n}' for n in range(300))}",
        "department": chosen("service"), "also": ["sales", "marketing", "technical"],
        "text": '"' * 300, "priority": {},
    }  # fmt: skip
    told = house.submit("routing", "add", values | {"also": ["sales"]}, by=EVE)
    assert told["response_action"] == "update"
    told = house.submit("routing", "add", values, by=EVE)
    assert told["errors"]["conditions"].endswith("Use fewer words, or make two rules of it.")


def test_a_rule_is_seen_at_work_before_it_is_saved(house: House):
    house.type("/routing add", by=EVE)
    values = {
        "conditions": "words:refund,voucher -lang:nl", "department": chosen("service"),
        "also": ["sales"], "priority": chosen("urgent"),
    }  # fmt: skip
    answer = house.submit("routing", "add", values, by=EVE)
    assert answer["response_action"] == "update"
    assert rules(house) == 3
    view = answer["view"]
    saved = house.submit(view["callback_id"], view["private_metadata"], {}, by=EVE)
    assert rules(house) == 4
    assert "Undo" in words(saved["view"])
    newest = house.story.policies.rules(by=EVE).book.rules[-1]
    assert newest == Rule(
        values["department"]["selected_option"]["value"], "words:refund,voucher -lang:nl",
        (SALES,), Priority.URGENT, newest.id,
    )  # fmt: skip


def test_a_condition_with_a_fault_is_told_at_its_field(house: House):
    values = {"conditions": "wrods:refund", "department": chosen("service"), "also": []}
    answer = house.submit("routing", "add", values, by=EVE)
    assert "did you mean words?" in answer["errors"]["conditions"]


def test_rules_are_the_admins_affair(house: House):
    values = {"conditions": "words:refund", "department": chosen("service"), "also": []}
    answer = house.submit("routing", "add", values, by=ANN)
    assert answer["response_action"] == "push"
    assert rules(house) == 3


def test_a_promise_is_seen_at_work_before_it_is_saved(house: House):
    house.type("/sla set", by=EVE)
    assert house.form["callback_id"] == "sla"
    values = promised("30m")
    house.story.post()
    house.story.pass_time("45m")
    view = house.submit("sla", "set", values, by=EVE)["view"]
    assert "1 would have been late, 0 were before" in words(view)
    assert first_response(house) == "1h"

    saved = house.submit(view["callback_id"], view["private_metadata"], {}, by=EVE)
    assert "30m" in words(saved["view"])
    assert first_response(house) == "30m"
    (undo,) = [one["accessory"] for one in saved["view"]["blocks"] if "accessory" in one]
    house.press("undo_change", undo["value"], by=EVE)
    assert first_response(house) == "1h"


def test_a_promise_without_time_is_told_at_its_field(house: House):
    values = promised("soon")
    assert "length" in house.submit("sla", "set", values, by=EVE)["errors"]


def test_promises_are_the_admins_affair(house: House):
    values = promised("30m")
    assert house.submit("sla", "set", values, by=DORA)["response_action"] == "push"
    memo = "* first-response 30m"
    assert house.submit("sla_preview", memo, {}, by=DORA)["response_action"] == "push"
    assert first_response(house) == "1h"


def promised(length: str) -> dict[str, object]:
    return {
        "department": chosen("*"), "promise": chosen("first_response"), "length": length,
        "hours": chosen("always"), "priority": {},
    }  # fmt: skip


def rules(house: House) -> int:
    return len(house.story.policies.rules(by=EVE).book.rules)


def first_response(house: House) -> str:
    policy, _ = house.story.policies.policy(by=EVE)
    return str(policy.target_for(SERVICE, Priority.NORMAL).durations[Promise.FIRST_RESPONSE])


def _keys(house: House) -> list[str]:
    with house.story.store.reading() as tx:
        return [message.key for message in tx.outbox.in_state(MessageState.QUEUED, limit=100)]
