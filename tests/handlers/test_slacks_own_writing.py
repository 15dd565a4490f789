"""Slack's own writing in people's words leaves Slack nowhere: names and signs instead."""

import json

from bot.domain.outbox import Delivered
from bot.services.export import export_case
from tests.company import ANN, CEM, TOM, channel_of
from tests.handlers.house import House, chosen, words

SAID = "Thanks :pray: <@UBEN>, says <@U0GONE>: <https://x.example/help|our page> &amp; <#C-SALES>"
TYPED = "Thanks :pray: <@UBEN>, <https://x.example/help|our page> & <#C-SALES> :+1::skin-tone-3:"
MEANT = "Thanks 🙏 Ben, our page (https://x.example/help) & #care-sales 👍🏼"


def memo_of(house: House) -> str:
    return str(house.form["private_metadata"])


def field_of(house: House) -> str:
    [field] = [block for block in house.form["blocks"] if block.get("block_id") == "text"]
    return str(field["element"].get("initial_value", ""))


def test_an_answer_leaves_as_its_preview_shows_it_in_names_and_signs(house: House):
    case = house.story.post()
    house.press("reply", case)
    preview = house.submit("reply", memo_of(house), {"text": TYPED})["view"]
    assert MEANT in words(preview["blocks"])
    house.submit("reply_preview", preview["private_metadata"], {})
    house.story.pass_time("10s")
    house.story.sending.send_due()
    assert house.story.network.texts == [MEANT]


def test_a_draft_from_the_thread_is_in_names_and_signs(house: House):
    case = house.story.post()
    house.pick("draft_reply", SAID, thread=house.card_of(case))
    assert field_of(house) == (
        "Thanks 🙏 Ben, says a colleague: our page (https://x.example/help) & #care-sales"
    )


def test_the_answer_to_an_ask_is_taken_alone(house: House):
    desk = house.story
    case = desk.post()
    card = house.card_of(case)
    asked = desk.questions.ask_person(case, TOM, "Where is it?", by=ANN)
    desk.questions.answer(asked.id, "At gate B12.", by=TOM)
    with desk.store.transaction() as tx:
        note = tx.outbox.get(f"note:{case}:answer:{asked.id}")
        assert note is not None
        tx.outbox.start([note], attempt="first", at=desk.now)
        tx.outbox.shown(note, Delivered("1.1", channel_of("service")))
    house.pick("draft_reply", f"#{case}: an answer", thread=card)
    assert field_of(house) == "At gate B12."


def test_the_desk_s_own_notes_give_no_words_for_a_customer(house: House):
    case = house.story.post()
    card = house.card_of(case, ts="1.1")
    house.pick("draft_reply", f"#{case} normal on x: where is my bag?", thread=card)
    assert field_of(house) == ""


def test_asks_and_answers_are_kept_in_names_and_signs(house: House):
    case = house.story.post()
    house.submit("hand_off", case, {"text": TYPED, "department": chosen("technical")})
    [event] = [one for one in house.story.timeline(case) if one.data.get("ask")]
    assert event.data["ask"] == MEANT
    house.type(f"/case ask {case} <@{TOM}> is it :fire: or <@U0GONE>?", by=TOM)
    kept = json.dumps(export_case(house.story.kernel, case), default=str, ensure_ascii=False)
    assert "🔥" in kept
    for raw in ("<@", "<#", "<!", "U0GONE", ":pray:", ":fire:"):
        assert raw not in kept, raw


def test_an_incident_s_timeline_and_summary_are_in_names_and_signs(house: House):
    desk = house.story
    house.type('/incident declare "Ash :volcano: cloud"', by=CEM, channel="rapid-response")
    [facts] = desk.incidents.all(by=CEM)
    assert facts.incident.title == "Ash 🌋 cloud"
    number = facts.incident.id
    house.submit("incident_update", number, {"text": TYPED}, by=CEM)
    house.submit("incident_stand_down", number, {"text": "Over :tada: says <@UBEN>"}, by=CEM)
    over = desk.incidents.facts(number, by=CEM)
    told = [entry.text for entry in over.entries if entry.text]
    assert MEANT in told
    assert over.incident.summary == "Over 🎉 says Ben"
    assert [one for one in told if "<@" in one or ":pray:" in one] == []


def test_what_no_database_takes_is_kept_as_the_sign_for_what_is_unknown(house: House):
    case = house.story.post()
    typed = {"text": "who \ud83d is\0this", "department": chosen("technical")}
    house.submit("hand_off", case, typed)
    [event] = [one for one in house.story.timeline(case) if one.data.get("ask")]
    assert event.data["ask"] == "who \ufffd is\ufffdthis"
    house.type('/incident declare "Ash\0 \ud83d"', by=CEM, channel="rapid-response")
    [facts] = house.story.incidents.all(by=CEM)
    assert facts.incident.title == "Ash\ufffd \ufffd"
