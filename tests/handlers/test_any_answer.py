"""Whatever is answered: no frame is larger than ours may be, and the person has the whole of it."""

import json
import re
from itertools import count

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from slack_bolt import Ack, App, Respond
from slack_bolt.authorization import AuthorizeResult

from bot.domain.blank import is_blank
from bot.domain.errors import BadQuery
from bot.views.blocks import context, quote, section
from bot.views.drawn import Drawn
from bot.views.inert import clean
from bot.views.phrases import drawn
from bot.views.sheets import sheet
from handlers.desk import Desk
from handlers.frames import acknowledgement
from handlers.listening import Listening
from handlers.payload import Submission
from handlers.screens import AtCommand
from slack_sandbox.limits import SOCKET_FRAME
from tests.company import ANN
from tests.handlers.house import BOT, IDENTITY, TEAM, House, Json, words

ANY = re.compile(".*")
OURS = 16 * 1024
LONGEST = 3000
ENVELOPES = count(1)
IN_SOCKET_MODE = {"request_verification_enabled": False, "process_before_response": True}

texts = st.one_of(
    st.text(max_size=200),
    st.builds(str.__mul__, st.text(min_size=1, max_size=40), st.integers(1, 400)),
    st.builds(str.__mul__, st.sampled_from('aδ荷😀"\\\n'), st.integers(1, 4000)),
)
blocks = st.builds(lambda make, text: make(text), st.sampled_from([section, quote, context]), texts)
much = st.lists(blocks, min_size=1, max_size=50)


def framed(app: App, kind: str, payload: Json) -> Json:
    """What goes out on the socket, which is never too large."""
    envelope = f"00000000-0000-4000-9000-{next(ENVELOPES):012x}"
    frame = acknowledgement(app, {"envelope_id": envelope, "type": kind, "payload": payload})
    assert frame is not None
    assert len(frame.encode()) <= OURS < SOCKET_FRAME
    answer: Json = json.loads(frame)
    assert answer.pop("envelope_id") == envelope
    return answer.get("payload", {})


def an_app(house: House) -> App:
    """One that answers what the test says, and no more."""
    known = AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_user_id=BOT, bot_id=IDENTITY.bot_id, bot_token="xoxb"
    )
    return App(client=house.forms, authorize=lambda: known, **IN_SOCKET_MODE)


@settings(max_examples=25)
@given(text=texts, blocks=much)
def test_a_command_is_answered_whole(house: House, text: str, blocks: list[Json]):
    told, app = drawn(text, *blocks), an_app(house)
    typed = {"command": "/any", "team_id": TEAM, "user_id": ANN, "response_url": house.mailbox.url}

    @app.command("/any")
    def answer(ack: Ack, respond: Respond) -> None:
        AtCommand(house.desk, "", ANN, ack, respond).tell(told)

    house.mailbox.letters.clear()
    acknowledged = framed(app, "slash_commands", typed)
    [heard] = [one for one in (acknowledged, *house.mailbox.letters) if one]
    assert Drawn(heard["text"], heard["blocks"]) == told
    assert heard["response_type"] == "ephemeral"


@settings(max_examples=25)
@given(title=st.text(), blocks=much)
def test_a_form_is_followed_by_the_whole_of_the_next(house: House, title: str, blocks: list[Json]):
    view, app = sheet(title, Drawn("", blocks)), an_app(house)
    app.view(ANY)(Listening(house.desk).submission(lambda _desk, _sent: view))
    house.forms.shown.clear()

    sent = house.acting("view_submission", ANN) | {
        "view": {"id": "V1", "type": "modal", "callback_id": "any"}
    }
    acknowledged = framed(app, "interactive", sent)

    shown = [acknowledged["view"], *(shown for _, shown in house.forms.shown)]
    assert acknowledged["response_action"] == "update"
    assert shown[-1] == view
    assert len(shown) <= 2
    assert len(shown) == 1 or ("external_id" in shown[0] and "input" not in str(shown[0]))


@settings(max_examples=25)
@given(why=texts)
def test_why_a_form_was_refused_has_room(house: House, why: str):
    def refuse(_desk: Desk, _sent: Submission) -> None:
        raise BadQuery(why)

    app = an_app(house)
    app.view(ANY)(Listening(house.desk).submission(refuse))
    view = {"id": "V1", "type": "modal", "callback_id": "any", "blocks": []}

    at_the_field = {"type": "input", "block_id": "conditions"}
    for fields in ([], [at_the_field]):
        sent = house.acting("view_submission", ANN) | {"view": view | {"blocks": fields}}
        assert framed(app, "interactive", sent)["response_action"] in ("push", "errors")


WRITTEN = st.characters(exclude_categories=["C", "Z"], exclude_characters="<>&:@#")
answers = st.one_of(
    st.text(WRITTEN, min_size=1),
    st.builds(lambda part: (part * LONGEST)[:LONGEST], st.text(WRITTEN, min_size=1, max_size=5)),
)


@settings(max_examples=25)
@given(answer=answers)
def test_an_answer_to_a_customer_is_previewed_and_queued_to_the_last_letter(
    house: House, answer: str
):
    assume(not is_blank(answer))
    case = house.story.post("荷" * 2000)
    house.press("reply", case)
    form = house.acting("view_submission", ANN)
    typed = {"text": {"text": {"type": "plain_text_input", "value": answer}}}
    form["view"] = {
        "id": "V1", "type": "modal", "callback_id": "reply", "state": {"values": typed},
        "private_metadata": house.form["private_metadata"],
    }  # fmt: skip

    view = framed(house.app, "interactive", form)["view"]

    assert written_in(view) == "".join(clean(answer).split())
    house.submit("reply_preview", view["private_metadata"], {}, view=f"V{case}")
    with house.story.store.reading() as tx:
        assert [reply.text for reply in tx.replies.of_case(case)] == [answer]


def written_in(view: Json) -> str:
    """What stands in the quotes of a form, without its spaces."""
    quotes = [block for block in view["blocks"] if block["type"] == "rich_text"]
    return "".join(words(quotes).split())


def test_half_a_character_is_no_reason_to_say_nothing(house: House):
    app = an_app(house)
    app.command("/any")(lambda ack: ack("half an emoji: \ud83d"))
    typed = {"command": "/any", "team_id": TEAM, "user_id": ANN}
    assert framed(app, "slash_commands", typed) == {"text": "half an emoji: \ud83d"}


def test_an_answer_that_no_handler_should_give_leaves_the_line_open(
    house: House, caplog: pytest.LogCaptureFixture
):
    app = an_app(house)
    app.command("/any")(lambda ack: ack("荷" * 7000))
    typed = {"command": "/any", "team_id": TEAM, "user_id": ANN}
    assert framed(app, "slash_commands", typed) == {}
    assert "too large for the socket" in caplog.text
