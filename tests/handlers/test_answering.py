"""Reply: written, looked at twice, sent once, and decided when it waits."""

from bot.domain.ids import CaseId
from bot.domain.outbox import NotExecuted, Unknown
from bot.domain.reply import Outgoing, Reply, ReplyState
from tests.company import ANN, BEN
from tests.handlers.house import House, Json, words

KIND = "Hello Jane,\n\nyour bag is *here* & <well>. 💼"


def words_typed(house: House) -> str:
    """What is in the field of the form that was shown last."""
    [field] = [block for block in house.form["blocks"] if block.get("block_id") == "text"]
    return str(field["element"].get("initial_value", ""))


def replies_of(house: House, case: CaseId) -> list[Reply]:
    with house.story.store.reading() as tx:
        return tx.replies.of_case(case)


def latest(house: House, case: CaseId) -> Reply:
    return replies_of(house, case)[-1]


def memo_of(house: House) -> str:
    """What the form that was shown last remembers."""
    return str(house.form["private_metadata"])


def preview(house: House, case: CaseId, text: str = KIND) -> Json:
    house.press("reply", case)
    answer = house.submit("reply", memo_of(house), {"text": text})
    assert answer["response_action"] == "update"
    view: Json = answer["view"]
    return view


def sent(house: House, case: CaseId, text: str = KIND) -> Reply:
    view = preview(house, case, text)
    assert house.submit("reply_preview", view["private_metadata"], {}) == {}
    return latest(house, case)


def unknown(house: House) -> tuple[CaseId, Reply]:
    """A reply whose network broke off; it may be public."""
    case = house.story.post()
    reply = sent(house, case)
    house.story.network.answers.append(Unknown("broken off"))
    house.story.pass_time("10s")
    house.story.sending.send_due()
    return case, reply


def test_reply_claims_the_case_and_opens_one_field(house: House):
    case = house.story.post()
    house.press("reply", case)
    assert house.story.case(case).assignee == ANN
    fields = [block for block in house.form["blocks"] if block["type"] == "input"]
    assert [field["element"]["type"] for field in fields] == ["plain_text_input"]


def test_who_may_not_reply_is_told_before_a_form_opens(house: House):
    case = house.story.post()
    house.press("claim", case, by=BEN)
    house.press("reply", case)
    assert house.forms.shown == []
    assert f"<@{BEN}>" in house.told[0]


def test_the_preview_says_who_will_read_it(house: House):
    view = preview(house, house.story.post(account="@northwind"))
    assert "Public answer to @jane on x, as @northwind" in words(view)
    assert "everyone can read it" in words(view)


def test_the_text_is_queued_as_it_was_typed(house: House):
    assert sent(house, house.story.post()).text == KIND


def test_the_same_form_sends_once(house: House):
    case = house.story.post()
    view = preview(house, case)
    house.submit("reply_preview", view["private_metadata"], {})
    answer = house.submit("reply_preview", view["private_metadata"], {})
    assert answer["response_action"] == "push"
    assert len(replies_of(house, case)) == 1


def test_a_blank_answer_is_refused_at_its_field(house: House):
    house.press("reply", house.story.post())
    answer = house.submit("reply", memo_of(house), {"text": "   "})
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["text"]


def test_what_was_typed_is_not_lost_where_somebody_else_was_faster(house: House):
    case = house.story.post()
    house.press("reply", case)
    house.story.casework.assign(case, to=BEN, by=ANN)
    answer = house.submit("reply", memo_of(house), {"text": KIND})
    assert answer["response_action"] == "push"
    assert f"<@{BEN}>" in words(answer["view"])
    assert "What you wrote is kept as your draft." in words(answer["view"])
    house.story.casework.assign(case, to=ANN, by=BEN)
    house.press("reply", case)
    assert KIND in words_typed(house)


def test_undo_in_time_sends_nothing(house: House):
    case = house.story.post()
    house.press("undo_reply", sent(house, case).key)
    house.story.pass_time("1m")
    house.story.sending.send_due()
    assert house.story.network.said == []


def test_a_held_reply_is_sent_by_its_author_alone(house: House):
    case = house.story.post()
    house.story.administration.set_outgoing(Outgoing.HOLD, by=ANN)
    reply = sent(house, case)
    house.story.pass_time("10s")
    house.story.sending.send_due()
    house.press("send_held", reply.key)
    assert "on hold" in house.told[0]
    house.press("drop_reply", reply.key, by=BEN)
    assert latest(house, case).state is ReplyState.HELD
    house.press("rewrite_reply", reply.key)
    assert words(house.form["blocks"])
    house.press("drop_reply", reply.key)
    assert latest(house, case).state is ReplyState.DROPPED
    house.press("show", str(case), message=house.card_of(case))
    assert f"<@{ANN}>'s answer was dropped" in words(house.form["blocks"])


def test_an_unknown_outcome_is_looked_up_by_a_person(house: House):
    case, reply = unknown(house)
    house.press("reply_found", reply.key, message=house.card_of(case))
    assert house.form["private_metadata"] == reply.key
    house.submit("reply_found", reply.key, {"link": "https://x.example/1"})
    assert latest(house, case).state is ReplyState.SENT
    assert latest(house, case).url == "https://x.example/1"


def test_sending_again_names_the_risk_first(house: House):
    case, reply = unknown(house)
    house.press("send_again", reply.key, message=house.card_of(case))
    assert "may be public already" in words(house.form)
    house.story.network.answers.append(NotExecuted("later"))
    house.submit("send_again", reply.key, {})
    assert latest(house, case).state is ReplyState.UNDO


def test_a_reply_of_another_case_is_not_shown_on_this_card(house: House):
    _, reply = unknown(house)
    other = house.story.post("another thing", by="@joe")
    house.press("send_again", reply.key, message=house.card_of(other, ts="7.7"))
    assert house.forms.shown[-1][1]["callback_id"] != "send_again"
    assert len(house.told) == 1


def test_a_draft_is_taken_from_the_thread_and_previewed_like_any_other(house: House):
    case = house.story.post()
    card = house.card_of(case)
    house.pick("draft_reply", "Tell her it is at gate B12 &amp; <@UBEN> has it", thread=card)
    field = next(block for block in house.form["blocks"] if block["type"] == "input")
    assert field["element"]["initial_value"] == "Tell her it is at gate B12 & Ben has it"
    assert replies_of(house, case) == []


def test_what_a_field_has_no_room_for_is_shown_beside_it(house: House):
    case = house.story.post()
    long = "😀" * 2000  # Slack may count each as two, and a field has room for 3,000
    preview(house, case, long)
    house.press("reply", case)
    assert words_typed(house) == "😀" * 1500
    assert "The field has no room for the last 500 characters" in words(house.form)
    [beyond] = [one for one in house.form["blocks"] if words(one).strip() == "😀" * 500]
    assert beyond["type"] == "rich_text"


def test_a_message_of_no_case_gives_no_draft(house: House):
    house.pick("draft_reply", "hello")
    assert house.forms.shown == []
    assert len(house.told) == 1


def test_a_letter_that_cannot_be_kept_disturbs_nobody(house: House):
    """The store is away, or the form is older than the desk: the words stay in the form."""
    house.story.post()
    for memo in ("1001", "9999:0123456789abcdef:1:", ""):
        house.press("text", "", view="V1", form="reply", memo=memo, typed={"text": "Dear"})
    assert (house.forms.shown, house.told) == ([], [])
