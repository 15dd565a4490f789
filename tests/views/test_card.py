"""The card reads like its case: six lines at most, and the buttons that its state allows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ask import Ask
from bot.domain.case import Outcome
from bot.domain.facts import CardFacts, Nearby
from bot.domain.ids import TRIAGE, CaseId, DepartmentKey
from bot.domain.post import Priority
from bot.domain.reply import ReplyState
from bot.views.card import card
from bot.views.drawn import Drawn
from tests.views.accepted import elements
from tests.views.gallery import CARDS
from tests.views.made import (
    ANN,
    BEN,
    CEM,
    DEPARTMENTS,
    LINK,
    MANY_DEPARTMENTS,
    NOW,
    SALES,
    SERVICE,
    ago,
    case,
    claimed,
    closed,
    everywhere,
    facts,
    offer,
    post,
    reply,
    run,
)
from tests.views.slack_markup import live_in_message, seen, texts_in

NEW = ["Claim", "Reply", "Hand off", "Escalate", "No reply needed", "More"]


def rows(drawn: Drawn) -> list[list[str]]:
    """The labels of each row of buttons."""
    rows = [block["elements"] for block in drawn.blocks if block["type"] == "actions"]
    return [[button["text"]["text"] for button in row] for row in rows]


def read(drawn: Drawn) -> str:
    return seen("\n".join(texts_in(drawn.blocks)))


def mentions(drawn: Drawn) -> set[str]:
    message = {"text": drawn.text, "blocks": drawn.blocks}
    return {live.what for live in live_in_message(message) if live.kind in ("user", "broadcast")}


def test_a_new_card_shows_the_six_buttons_in_the_promised_order():
    assert rows(card(facts())) == [NEW]


def test_in_triage_they_stand_beside_one_button_for_each_department():
    of_triage = case(department=TRIAGE)
    shown = card(facts(of_triage, shown_in=TRIAGE, choices=DEPARTMENTS))
    assert rows(shown) == [["Customer service", "Sales", "Technical support"], NEW]
    routes = [one["action_id"] for block in shown.blocks for one in elements(block)][:3]
    assert routes == ["route:service", "route:sales", "route:technical"]


def test_ten_departments_have_a_button_and_all_others_stand_in_a_menu_beside_them():
    of_triage = case(department=TRIAGE)
    shown = card(facts(of_triage, shown_in=TRIAGE, choices=MANY_DEPARTMENTS))
    row = elements(shown.blocks[-2])
    assert [one["type"] for one in row] == ["button"] * 10 + ["static_select"]
    assert row[-1]["placeholder"]["text"] == "26 more departments"
    assert row[-1]["options"][-1]["value"] == "1042:office-36"


def test_a_menu_of_more_than_a_hundred_has_them_all_in_groups():
    many = [
        replace(MANY_DEPARTMENTS[0], key=DepartmentKey(f"d{n}"), name=f"D{n}") for n in range(263)
    ]
    of_triage = case(department=TRIAGE)
    shown = card(facts(of_triage, shown_in=TRIAGE, choices=tuple(many)))
    groups = elements(shown.blocks[-2])[-1]["option_groups"]
    assert [len(one["options"]) for one in groups] == [100, 100, 53]
    assert groups[1]["label"]["text"] == "101 to 200"


def test_a_claimed_case_is_answered_passed_on_or_solved():
    assert rows(card(facts(claimed()))) == [
        ["Reply", "Hand off", "Escalate", "Solve", "No reply needed", "More"]
    ]


def test_once_answered_nobody_says_that_no_reply_is_needed():
    shown = rows(card(facts(claimed(waiting_since=NOW))))
    assert shown == [["Reply", "Hand off", "Escalate", "Solve", "More"]]


def test_a_case_on_its_way_is_accepted_or_returned():
    assert rows(card(facts(case(hand_off=offer())))) == [["Accept", "Return", "More"]]


def test_buttons_carry_the_number_of_the_case_only():
    values = {one["value"] for block in card(facts()).blocks for one in elements(block)}
    assert values == {"1042"}


def test_nobody_is_mentioned_on_a_new_normal_card():
    assert mentions(card(facts(case(priority=Priority.NORMAL)))) == set()


def test_the_assignee_is_mentioned_by_their_id():
    assert mentions(card(facts(claimed()))) == {f"@{ANN}"}


@pytest.mark.parametrize("name", CARDS)
def test_no_card_has_more_than_six_lines_above_its_buttons(name):
    kinds = [block["type"] for block in CARDS[name].blocks]
    lines = [kind for kind in kinds if kind != "actions"]
    assert len(lines) <= 6
    assert kinds == lines + ["actions"] * (len(kinds) - len(lines))


def test_even_the_fullest_card_keeps_to_six_lines():
    kinds = [block["type"] for block in card(everywhere("Everything at once")).blocks]
    assert kinds[6:] == ["actions"] * 2


def test_the_time_left_is_told_in_the_readers_zone_and_in_words():
    line = str(card(facts()).blocks[0])
    at = int((NOW + timedelta(minutes=28)).timestamp())
    assert f"answer by <!date^{at}^{{time}} ({{ago}})|09:40 UTC, 28 min left>" in line


def test_a_broken_promise_says_how_late_it_is():
    assert "4 min late" in read(card(facts(due=run(ago(4)))))


def test_who_waits_for_whom_is_told_when_no_clock_runs():
    answered = claimed(waiting_since=NOW)
    assert "waiting for the customer" in read(card(facts(answered, due=None)))


def test_urgency_is_a_word_and_a_shape():
    heads = [read(card(facts(case(priority=one)))).split("\n")[0] for one in Priority]
    signs = [head.split(" · ")[1] for head in heads]
    assert signs == ["▽ low", "○ normal", "▲ high", "◆ urgent"]


def test_the_customers_words_stand_in_a_quote_and_media_are_links_only():
    pictured = post(media=("https://pbs.example/1.jpg", "ftp://evil.example/2"))
    shown = card(facts(post=pictured))
    assert shown.blocks[2]["elements"][0]["type"] == "rich_text_quote"
    assert "<https://pbs.example/1.jpg|media on pbs" in str(shown.blocks)
    assert "evil" not in str(shown.blocks)
    assert not [block for block in shown.blocks if block["type"] == "image"]


def test_a_neighbour_is_named_and_merged_with_one_press_the_newer_into_the_older():
    for nearby, value in ((1043, "1043:1042"), (1040, "1042:1040")):
        shown = card(facts(nearby=(Nearby(CaseId(nearby), ago(3)),)))
        assert f"#{nearby}" in read(shown)
        merge = next(one for block in shown.blocks for one in elements(block))
        assert (merge["action_id"], merge["value"]) == ("merge", value)


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (ReplyState.HELD, ["Send now", "Rewrite", "Drop"]),
        (ReplyState.REJECTED, ["Rewrite", "Drop"]),
        (ReplyState.UNKNOWN, ["It is there…", "Send again…", "Drop"]),
    ],
)
def test_a_reply_that_waits_for_a_person_has_its_own_row_of_buttons(state, labels):
    shown = card(facts(claimed(), reply=reply(state)))
    assert rows(shown)[0] == labels
    assert len(rows(shown)) == 2


def test_a_waiting_reply_can_be_taken_back_on_its_line():
    shown = card(facts(claimed(), reply=reply(ReplyState.UNDO)))
    undo = shown.blocks[5]["accessory"]
    assert (undo["text"]["text"], undo["action_id"], undo["value"]) == (
        "Undo",
        "undo_reply",
        "key-1",
    )


def test_an_unknown_outcome_is_never_called_sent():
    told = read(card(facts(claimed(), reply=reply(ReplyState.UNKNOWN))))
    assert "it may be public" in told
    assert "was sent" not in told


def test_a_solved_case_is_one_line():
    shown = card(facts(closed(Outcome.SOLVED)))
    assert len(shown.blocks) == 1
    assert "✓ *#1042* solved by <@U1>, 14 min" in read(shown)


def test_no_reply_needed_can_be_undone_with_one_press():
    shown = card(facts(closed(Outcome.NO_REPLY)))
    assert shown.blocks[0]["accessory"]["action_id"] == "undo_close"


def test_a_department_that_a_case_has_left_keeps_one_line_with_a_link():
    shown = card(facts(department=DEPARTMENTS[2], shown_in=SALES, link=LINK))
    assert len(shown.blocks) == 1
    assert f"moved to *Technical support* · <{LINK}|open the card>" in read(shown)


def following(**changes: object) -> CardFacts:
    ask = Ask(CaseId(1042), SALES, "Follow up the lead")
    return facts(**{"shown_in": SALES, "asks": (ask,), "link": LINK, **changes})


def test_a_follower_sees_its_own_ask_and_how_the_owner_stands():
    shown = card(following(case=claimed()))
    assert rows(shown) == [["Done", "Take over"]]
    assert "Your part: “Follow up the lead”" in read(shown)
    assert "*Customer service*: <@U1> has it" in read(shown)


def test_a_follower_of_a_solved_case_can_only_finish_its_own_part():
    assert rows(card(following(case=closed(Outcome.SOLVED)))) == [["Done"]]


def test_a_finished_part_is_one_line():
    done = replace(following().asks[0], done_by=BEN, done_at=NOW)
    shown = card(following(asks=(done,)))
    assert len(shown.blocks) == 1
    assert "your part is done by <@U2>" in read(shown)


def test_the_owner_sees_what_the_others_were_asked():
    ask = following().asks[0]
    assert "*sales* asked “Follow up the lead”: open" in read(card(facts(asks=(ask,))))


def test_a_hand_off_tells_from_whom_what_and_until_when():
    told = read(card(facts(case(hand_off=offer(CEM)))))
    assert "↪ Offered by <@U2> from *sales*: “Look at the router log”" in told
    assert "still missing: device" in told
    assert "Offered to <@U9>, not accepted yet" in told


def test_an_open_department_says_nothing_about_its_hours():
    assert "closed" not in read(card(facts(opens_at=NOW)))
    assert "closed, opens" in read(card(facts(opens_at=NOW + timedelta(hours=2))))


def test_a_closed_department_names_its_cover():
    told = read(card(facts(opens_at=NOW + timedelta(hours=47), cover=DEPARTMENTS[1])))
    assert "Sales covers until then" in told


def test_the_owners_card_is_the_one_of_its_department():
    assert rows(card(facts(shown_in=SERVICE))) == [NEW]
