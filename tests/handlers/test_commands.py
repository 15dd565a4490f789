"""What is typed after a slash, from the words to what it did."""

import pytest

from bot.domain.post import Priority
from bot.domain.reply import Outgoing
from tests.company import ANN, BEN, BOB, DORA, EVE, SALES, TECHNICAL, TOM
from tests.desk import TestDesk
from tests.handlers.house import House, Mailbox, words


def said(answer: dict[str, object]) -> str:
    """An ephemeral answer, in the acknowledgement itself."""
    assert answer["response_type"] == "ephemeral"
    assert answer["blocks"]
    return words(answer["blocks"])


# /case


def test_bare_it_shows_what_is_mine(house: House):
    assert "You have no case" in said(house.type("/case"))
    house.type(f"/case claim {house.story.post()}")
    assert "You have 1 case" in said(house.type("/case"))


def test_a_number_alone_shows_the_case(house: House):
    case = house.story.post("my bag is gone")
    assert "my bag is gone" in said(house.type(f"/case #{case}"))


def test_another_department_s_words_are_never_shown(house: House):
    case = house.story.post("my bag is gone")
    for text in (f"{case}", f"show {case}", "find bag", "queue service", f"ask {case} #x y"):
        assert "my bag" not in said(house.type(f"/case {text}", by=TOM))
    assert "my bag" not in said(house.type(f"/sla explain {case}", by=TOM))


def test_the_queue_is_this_channel_s_or_one_s_own(house: House):
    house.story.post("my bag is gone")
    assert "my bag" in said(house.type("/case queue"))
    assert "my bag" in said(house.type("/case queue", channel="triage"))
    assert "my bag" in said(house.type("/case queue <#C-SERVICE|>"))
    assert "my bag" in said(house.type("/case queue #care-service"))
    assert "Customer service" in said(house.type("/case queue service", by=BOB))
    assert "Triage" in said(house.type("/case queue", by=BOB))


@pytest.mark.parametrize("typed", ["claim {}", "take #{}", "{} claim", "TAKE {}.", "#{} take"])
def test_claiming_is_typed_in_many_ways(house: House, typed: str):
    case = house.story.post()
    assert f"#{case}" in said(house.type(f"/case {typed.format(case)}"))
    assert house.story.case(case).assignee == ANN


def test_the_second_to_claim_is_told_in_the_answer(house: House):
    case = house.story.post()
    house.type(f"/case claim {case}", by=BEN)
    assert f"<@{BEN}> was first" in said(house.type(f"/case claim {case}"))


def test_people_and_channels_as_typed_or_as_slack_escapes_them(house: House):
    first, second, third, fourth = (house.story.post(f"bag {n}", by=f"@j{n}") for n in range(4))
    house.type(f"/case assign {first} @ben")
    house.type(f"/case assign {second} <@UBEN|ben>")
    house.type(f"/case transfer {third} #care-technical please look")
    house.type(f"/case handoff {fourth} <@UTOM|tom> “please” look &amp; call")
    assert house.story.case(first).assignee == house.story.case(second).assignee == BEN
    assert house.story.case(third).department == TECHNICAL
    offer = house.story.case(fourth).hand_off
    assert offer is not None
    assert (offer.person, offer.ask) == (TOM, "“please” look & call")


def test_somebody_nobody_knows_is_refused_with_the_name(house: House):
    case = house.story.post()
    assert "zoe" in said(house.type(f"/case assign {case} @zoe"))


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("reply {}", "reply"), ("{} reply", "reply"), ("handoff {}", "hand_off"),
        ("handoff {} #care-sales", "hand_off"), ("escalate {}", "escalate"),
        ("page {}", "escalate"),
        ("ask {}", "ask"), ("assign {}", "assign"), ("snooze {}", "snooze"),
        ("priority {}", "priority"), ("merge {}", "merge"), ("new", "new_case"),
    ],
)  # fmt: skip
def test_what_is_missing_a_form_asks_for(house: House, typed: str, form: str):
    case = house.story.post()
    assert house.type(f"/case {typed.format(case)}") == {}
    assert house.form["callback_id"] == form


def test_the_rest_of_a_case_s_life(house: House):
    case, other = house.story.post(), house.story.post("and a coat", by="@joe")
    house.type(f"/case claim {case}")
    house.type(f"/case priority {case} Urgent")
    assert "is snoozed until" in said(house.type(f"/case snooze {case} 2h"))
    house.type(f"/case ask {case} #care-technical is the belt running?")
    house.type(f"/case ask {case} @tom is it?")
    house.type(f"/case escalate {case} the press is calling")
    now = house.story.case(case)
    assert (now.priority, now.escalated) == (Priority.URGENT, "the press is calling")
    assert "back in the queue" in said(house.type(f"/case release {case}"))
    assert "is solved" in said(house.type(f"/case close {case} found it"))
    assert "open again" in said(house.type(f"/case reopen {case}"))
    assert f"*#{case}*" in said(house.type(f"/case merge {other} into #{case}"))
    assert "1 case" in said(house.type("/case find words:bag"))


def test_what_was_seen_elsewhere_is_typed(house: House):
    assert "*#1001* is made" in said(house.type("/case new My bag &amp; I"))
    post = house.story.case(1001).post
    with house.story.store.reading() as tx:
        stored = tx.posts.get(post)
    assert stored is not None
    assert stored.post.text == "My bag & I"


def test_wrong_usage_shows_the_line_and_what_may_be_meant(house: House):
    assert "/case claim N" in said(house.type("/case claim mine please"))
    assert "/case claim N" in said(house.type("/case clam 12"))
    assert "/case mine | queue" in said(house.type("/case xyzzy"))
    for later in ("/routing replay 7d", "/incident hold", "/desk goodwill"):
        assert "later version" in said(house.type(later))
    assert "/case escalate N" in said(house.type("/case help"))


def test_a_duration_that_is_none_says_what_would_be(house: House):
    assert "20m" in said(house.type(f"/case snooze {house.story.post()} soon"))


# /routing and /sla


def test_a_typed_rule_holds_at_once_and_can_be_undone(house: House):
    answer = house.type(
        "/routing add sales words:“lost ticket”,voucher followers:&gt;10k "
        "set–priority:urgent also:pr,marketing",
        by=EVE,
    )
    rule = house.story.policies.rules(by=EVE).book.rules[-1]
    assert rule.department == SALES
    assert (rule.also, rule.priority) == (("pr", "marketing"), Priority.URGENT)
    assert rule.asks == ()
    assert str(rule.query) == 'words:"lost ticket",voucher followers:>10k'
    assert "Too few posts" in said(answer)
    assert "Undo" in said(answer)


def test_rules_are_listed_moved_removed_and_tested(house: House):
    assert "words:buy" in said(house.type("/routing", by=EVE))
    house.type("/routing move 3 to 1", by=EVE)
    house.type("/routing remove 3", by=EVE)
    whens = [rule.when for rule in house.story.policies.rules(by=EVE).book.rules]
    assert whens == ["words:mystery", "words:app"]
    assert "Technical support" in said(house.type("/routing test the app is slow", by=EVE))
    house.type("/routing default <#C-TRIAGE|>", by=EVE)
    assert house.story.policies.rules(by=EVE).book.default == "triage"


def test_a_department_without_conditions_is_no_rule(house: House):
    assert "/routing add DEPARTMENT" in said(house.type("/routing add sales", by=EVE))
    assert "/routing add DEPARTMENT" in said(house.type("/routing add sales also:pr", by=EVE))


def test_only_admins_set_rules_and_promises(house: House):
    for text in ("/routing", "/routing remove 1", "/sla set service first 5m", "/desk changes"):
        assert f"<@{EVE}>" in said(house.type(text, by=ANN))


def test_promises_are_shown_set_and_explained(house: House):
    case = house.story.post()
    assert "promised" in said(house.type("/sla"))
    house.type("/sla set #care-service first 20m priority:urgent hours:always", by=EVE)
    house.type("/sla set * resolution 2d", by=EVE)
    house.type("/sla warn 80%", by=EVE)
    policy, _ = house.story.policies.policy(by=EVE)
    terms = policy.target_for("service", Priority.URGENT)
    assert (str(terms.durations["first_response"]), terms.business, terms.warn) == (
        "20m", False, 80,
    )  # fmt: skip
    assert f"#{case}" in said(house.type(f"/sla explain {case}"))
    for wrong in ("service often 5m", "service first", "service first 5m hours:never", "x y z q"):
        assert "/sla set DEPARTMENT" in said(house.type(f"/sla set {wrong}", by=EVE))
    assert "like 30m or 1h" in said(house.type("/sla set service first-response 0m", by=EVE))
    assert "approves and has no queue" in said(house.type("/sla set legal first 1h", by=EVE))
    assert "/sla warn 75%" in said(house.type("/sla warn soon", by=EVE))


# /desk


def test_removing_a_department_says_first_what_points_at_it(house: House):
    house.story.post("I would buy ten")
    shown = said(house.type("/desk department remove sales", by=EVE))
    assert "1 open case goes to Triage; deadlines don't change" in shown
    assert "Rule 2 is suspended" in shown
    assert "sales" in house.story.document("departments")["department"][1]["key"]

    house.press("remove_department", "sales", by=EVE)

    assert house.story.case(1001).department == "triage"
    removal = house.story.administration.changes(by=EVE)[0].id
    assert "Undone" in said(house.type(f"/desk undo {removal}", by=EVE))
    assert house.story.case(1001).department == "sales"


def test_an_undo_that_removes_a_department_says_so_first(house: House):
    house.type("/desk department add vip #care-vip Vip", by=EVE)
    added = house.story.administration.changes(by=EVE)[0].id
    house.type("/routing add vip words:gold", by=EVE)

    shown = said(house.type(f"/desk undo {added}", by=EVE))
    assert "removes Vip" in shown
    assert "Rule 4 is suspended" in shown

    house.press("undo_change", added, by=EVE)
    assert "vip" not in str(house.story.document("departments"))


def test_departments_and_their_people(house: House):
    assert "Sales" in said(house.type("/desk departments"))
    house.type("/desk department add care2 #care-two “Second line”", by=EVE)
    assert "Second line" in said(house.type("/desk departments"))
    answer = said(house.type("/desk member add @bob sales trainee", by=EVE))
    assert "<@UBOB> is trainee of sales" in answer
    assert "<@UBOB>" in said(house.type("/desk members #care-sales"))
    house.type("/desk member remove @bob sales", by=EVE)
    assert "<@UBOB>" not in said(house.type("/desk members sales"))
    assert "Marketing" in said(house.type("/desk members"))
    assert "/desk member add" in said(house.type("/desk member add @bob sales boss", by=EVE))


def test_anybody_brakes_and_a_lead_releases(house: House):
    assert "*on*" in said(house.type("/desk outgoing"))
    assert "Answers on hold aren't sent automatically" in said(house.type("/desk outgoing OFF"))
    assert f"<@{EVE}>" in said(house.type("/desk outgoing on"))
    house.type("/desk outgoing on", by=DORA)
    assert house.story.administration.outgoing(by=ANN).switch is Outgoing.ON


def test_a_brake_without_a_reason_is_asked_for_one(house: House):
    braked = house.type("/desk outgoing off")
    assert "*Say why*, or `/desk outgoing off REASON`" in said(braked)
    assert "Undo" not in said(braked)  # who may not release is not offered it

    house.type("/desk outgoing off “wrong prices in the template”")

    told = said(house.type("/desk outgoing", by=TOM))
    assert "*off* (Ann, " in told
    assert "“wrong prices in the template”" in told
    assert "Why?" not in said(house.type("/desk outgoing on", by=DORA))


def test_the_reason_is_given_in_a_form_too(house: House):
    house.type("/desk outgoing hold")
    house.press("brake_why", 1)
    house.submit("brake_why", "", {"reason": "a wrong template"})
    assert "“a wrong template”" in said(house.type("/desk outgoing"))


def test_the_switch_says_that_replies_wait_after_a_restore(house: House):
    house.story.epochs.restored()
    told = said(house.type("/desk outgoing"))
    assert "*on hold* (the desk, " in told
    assert "restored from a backup" in told

    house.type("/desk outgoing on", by=EVE)

    assert "wait" not in said(house.type("/desk outgoing"))


def test_changes_are_listed_and_taken_back(house: House):
    house.type("/desk admins add @dora", by=EVE)
    assert "<@UDORA>" in said(house.type("/desk admins"))
    assert "Undo" in said(house.type("/desk changes", by=EVE))
    house.type("/desk undo 1", by=EVE)
    assert "<@UDORA>" not in said(house.type("/desk admins"))


def test_help_setup_and_networks(house: House):
    assert "/sla explain N" in said(house.type("/desk"))
    assert "Set-up" in said(house.type("/desk setup", by=EVE))
    assert "No post" in said(house.type("/desk networks"))
    house.story.post()
    assert "x: 1" in said(house.type("/desk networks"))


def test_commands_carry_the_prefix_everywhere(story: TestDesk, box: Mailbox):
    house = House(story, box, prefix="sp-")
    assert "/sp-case claim N" in said(house.type("/sp-case claim"))
    assert "/sp-desk setup" in said(house.type("/sp-desk"))
