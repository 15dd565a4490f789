"""Whom an answer is for stands in its form before a word is typed; what was typed is never lost."""

import json

from slack_sandbox import Message
from tests.journeys.house import House

LONG = "We are sorry. " * 200


def confirmation(card: Message, label: str) -> str:
    """What is asked before this button counts."""
    [button] = [
        element
        for block in card.blocks
        for element in block.get("elements", ())
        if element["type"] == "button" and element["text"]["text"] == label
    ]
    return json.dumps(button["confirm"], ensure_ascii=False)


def test_a_private_answer_stays_private_whoever_writes_in_its_conversation(house: House) -> None:
    ann = house.ann
    amy = {"handle": "@amy"}
    first = house.post(
        "My bag, booking NW-77", author=amy, visibility="private", conversation="cv1"
    )
    ann.press(house.card(1001), "Reply")
    head = "🔒 Private answer to @amy on x, as @northwind"
    assert head in ann.wait_view("reply").words
    house.post("Serves you right", author={"handle": "@troll"}, conversation="cv1", account=None)
    ann.submit({"text": "Your bag NW-77 comes tonight"})
    assert head in ann.wait_view("reply_preview").words
    assert "only @amy can read it" in ann.wait_view("reply_preview").words
    ann.submit()
    assert "to @amy, private on x as @northwind" in house.card(1001, says="goes out at").words
    house.pass_time("10s")
    assert "to @amy, private on x" in house.card(1001, says="answer was sent").words
    [(reply, post)] = house.network.said
    assert (reply.post, post.id, reply.visibility, reply.account) == (
        f"x:{first}", first, "private", "@northwind",
    )  # fmt: skip


def test_another_post_of_hers_is_chosen_and_the_words_stay(house: House) -> None:
    ann = house.ann
    first = house.post("My bag is lost", visibility="private")
    house.card(1001)
    house.post("Nobody answers!", in_reply_to=first)
    house.card(1001, says="Nobody answers!")
    ann.press(house.card(1001), "Reply")
    assert "Public answer to @jane" in ann.wait_view("reply").words
    ann.type_in("text", "It comes tonight")
    ann.choose(ann.wait_view("reply"), "choose_post", "🔒 My bag is lost")
    form = house.wait(lambda: ann.view and "🔒 Private answer" in ann.view.words and ann.view)
    assert form.state["text"]["text"]["value"] == "It comes tonight"
    ann.submit({"text": "It comes tonight"})
    assert "🔒 Private answer to @jane" in ann.wait_view("reply_preview").words
    ann.submit()
    house.card(1001, says="goes out at")
    house.pass_time("10s")
    house.card(1001, says="answer was sent")
    assert house.network.said[0][0].visibility == "private"


def test_what_was_typed_is_offered_again_after_esc_and_after_a_reload(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    ann.press(house.card(1001), "Reply")
    ann.wait_view("reply")
    ann.type_in("text", "Dear Jane")
    ann.close_view()
    card = house.card(1001, says="is writing")
    assert "Dear Jane" not in card.words

    ann.press(card, "Reply")
    form = ann.wait_view("reply")
    assert "Your draft of" in form.words
    assert form.state["text"]["text"]["value"] == "Dear Jane"
    house.pass_time("4s")
    ann.type_in("text", "Dear Jane, your bag")
    ann.reload()
    ann.press(house.card(1001), "Reply")
    form = ann.wait_view("reply")
    assert form.state["text"]["text"]["value"] == "Dear Jane, your bag"

    ann.press(form, "Start over")
    empty = house.wait(lambda: ann.view and "Your draft" not in ann.view.words and ann.view)
    [typed] = empty.state["text"].values()
    assert typed["value"] is None


def test_a_form_that_is_left_without_a_word_gives_the_case_free(house: House) -> None:
    ann, cem = house.ann, house.cem
    house.post("Where is my bag?")
    ann.press(house.card(1001), "Reply")
    ann.wait_view("reply")
    house.card(1001, says=f"<@{ann.id}> has it")
    ann.close_view()
    cem.press(house.card(1001, not_says=f"<@{ann.id}> has it"), "Reply")
    cem.wait_view("reply")
    cem.reload()
    house.card(1001, says=f"<@{cem.id}> has it")
    house.pass_time("11m")
    house.card(1001, not_says=f"<@{cem.id}> has it")


def test_near_the_end_of_the_field_the_form_says_how_much_is_left(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    ann.press(house.card(1001), "Reply")
    assert "Up to 3,000 characters" in ann.wait_view("reply").words
    ann.type_in("text", LONG[:2_500])
    form = house.wait(lambda: ann.view and "500 left" in ann.view.words and ann.view)
    assert form.state["text"]["text"]["value"] == LONG[:2_500]


def test_send_now_names_whom_it_is_for(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.answer(ann, "On the next flight.")
    house.post("Forget it, I have just been told to leave the airport")
    house.pass_time("10s")
    held = house.card(1001, says="the customer wrote again in #1002")
    asked = confirmation(held, "Send now")
    assert "Public, on x as @northwind, to @jane: everyone can read it." in asked
    ann.press(held, "Send now")
    house.card(1001, says="answer was sent")


def test_a_deleted_post_is_told_before_anybody_sends(house: House) -> None:
    ann = house.ann
    post = house.post("Where is my bag?")
    ann.press(house.card(1001), "Reply")
    ann.wait_view("reply")
    house.post("", id=post, kind="delete")
    house.card(1001, says="deleted")
    ann.submit({"text": "On the next flight."})
    assert "The post that is answered was deleted" in ann.wait_view("reply_preview").words
    ann.submit()
    held = house.card(1001, says="the customer deleted a post")
    assert "The post that is answered was deleted" in held.words
    assert house.network.texts == []
