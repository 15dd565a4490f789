"""The same handlers behind a strict Slack, over its Socket Mode: whatever it frowns at fails."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from slack_sdk import WebClient

from bot.domain.department import Person as Known
from bot.domain.ids import ChannelId, MemberId
from bot.domain.ports import Identity
from bot.services.delivery import Delivery
from bot.services.figures import Figures
from bot.services.home import Home
from bot.services.once import Once
from bot.services.roster import Roster
from bot.slack.budget import Budget
from bot.slack.directory import SlackDirectory
from bot.slack.forms import SlackForms
from bot.slack.gateway import make_client
from bot.slack.home_tabs import HomeTabs
from bot.slack.speaker import SlackSpeaker
from bot.slack.voice import Voice
from bot.slack.whisper import Whisper
from bot.store.people import KnownChannel
from bot.views.draw import draw
from bot.views.home import home
from handlers.app import build_app
from handlers.desk import Desk
from handlers.doors import SocketDoor, http_door
from handlers.manifest import manifest
from slack_sandbox import Channel, Interaction, Message, Person, Sandbox
from slack_sandbox.view import View
from tests.desk import TestDesk
from tests.handlers.house import words
from tests.room import A_MINUTE


@dataclass
class Office:
    """A desk in a sandbox: its own side, and the people on the other."""

    slack: Sandbox
    story: TestDesk
    delivery: Delivery
    door: SocketDoor
    ann: Person
    ben: Person

    def card(self, number: int) -> Message:
        while self.delivery.deliver_due():
            pass
        return self.slack.find(f"#{number} normal", "care-service")


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox.start(manifest=manifest("")) as slack:
        yield slack
        assert slack.violations == []


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def office(
    slack: Sandbox, tmp_path_factory: pytest.TempPathFactory, pool: ThreadPoolExecutor
) -> Iterator[Office]:
    story = TestDesk(tmp_path_factory.mktemp("desk") / "desk.db")
    ann, ben = slack.person("ann"), slack.person("ben")
    move_in(story, slack.channel("care-service", members=[ann, ben]), ann, ben)
    client = make_client(slack.bot_token, slack.api_url)
    identity = SlackDirectory(client, lambda _: None).identity()
    delivery = Delivery(story.kernel, voice_of(client, story), pool, A_MINUTE)
    app = build_app(client, desk_of(story, client, identity, pool), identity, 2)
    door = SocketDoor(app, slack.app_token)
    door.connect()
    slack.wait(lambda: door.is_connected() and slack.connected, what="the connection")
    yield Office(slack, story, delivery, door, ann, ben)
    door.close()


def move_in(story: TestDesk, care: Channel, *people: Person) -> None:
    """The desk's own record of who is who, with the ids of this Slack."""
    with story.store.transaction() as tx:
        tx.people.put([Known(MemberId(one.id), one.name.title()) for one in people])
        channel = ChannelId(care.id)
        tx.people.put_channel(KnownChannel("department:service", care.name, channel, True))
        tx.people.joined(channel, [MemberId(one.id) for one in people])


def voice_of(client: WebClient, story: TestDesk) -> Voice:
    return Voice(SlackSpeaker(client, draw), Budget(None), story.kernel.now)


def homes_of(story: TestDesk, client: WebClient) -> HomeTabs:
    tabs = Home(story.kernel, story.boards, story.administration)
    return HomeTabs(client, lambda member: home(tabs.board(by=member)), story.kernel.now)


def desk_of(
    story: TestDesk, client: WebClient, identity: Identity, pool: ThreadPoolExecutor
) -> Desk:
    return Desk(
        intake=story.intake, casework=story.casework, closings=story.closings,
        merging=story.merging, elsewhere=story.elsewhere,
        hand_offs=story.hand_offs, questions=story.questions, replies=story.replies,
        watch=story.watch, boards=story.boards, administration=story.administration,
        policies=story.policies, incidents=story.incidents, rota=story.rotas,
        epochs=story.epochs,
        figures=Figures(story.kernel),
        publish_home=homes_of(story, client).publish, once=Once(story.kernel), voice=pool,
        roster=Roster(story.kernel, SlackDirectory(client, lambda _: None)),
        whisper=Whisper(client).say, tell=Whisper(client).tell,
        forms=SlackForms(client), now=story.kernel.now, new_key=story.kernel.new_key,
        team=identity.team, bot_user=identity.bot_user,
    )  # fmt: skip


def test_a_click_claims_and_the_second_is_told_below_the_card(office: Office):
    number = office.story.post()
    card = office.card(number)
    assert office.ann.press(card, "Claim").acked
    assert office.story.case(number).assignee == office.ann.id
    assert f"<@{office.ann.id}> was first" in office.ben.press(card, "Claim").text
    assert "Claim" not in [one["text"]["text"] for one in buttons(office.card(number))]


def test_an_answer_is_written_looked_at_and_undone(office: Office):
    number = office.story.post()
    office.ann.press(office.card(number), "Reply")
    office.ann.wait_view("reply")
    office.ann.submit({"text": "Hello Jane, <it> is *here* & well"})
    preview = office.ann.wait_view("reply_preview")
    assert "Public answer to @jane on x" in preview.words
    assert office.ann.submit().error is None
    assert office.ann.view is None
    office.ann.press(office.card(number), "Undo")
    office.story.pass_time("1m")
    office.story.sending.send_due()
    assert office.story.network.said == []


def test_every_form_of_a_case_is_one_that_slack_takes(office: Office):
    number = office.story.post()
    card = office.card(number)
    for label, form in (("Hand off", "hand_off"), ("Escalate", "escalate")):
        office.ann.press(card, label)
        office.ann.wait_view(form)
    for label, form in (
        ("Show", "sheet"), ("Explain", "sheet"), ("Ask", "ask"), ("Assign", "assign"),
        ("Snooze", "snooze"), ("Priority", "priority"), ("Merge", "merge"), ("Mute", "mute"),
        ("Solve", "solve"),
    ):  # fmt: skip
        office.ann.press(card, "More")
        office.ann.press(office.ann.wait_view("more"), label)
        office.ann.wait_view(form)


def test_the_home_tab_shows_the_queue_claims_and_opens_what_is_behind_a_figure(office: Office):
    number = office.story.post()
    office.story.pass_time("1m")
    office.ann.open_home()
    shown = office.slack.wait(lambda: office.slack.home(office.ann), what="the home tab")
    assert f"#{number}" in shown.words
    office.ann.press(shown, "figure:open")
    cases = office.slack.wait(lambda: _when(office.ann.view, f"#{number}"), what="the cases")
    assert "look at on top" in cases.words
    office.ann.close_view()


REFUSED = [
    ("500", {}, "does not answer just now"),
    ("429", {}, "does not answer just now"),
    ("ok-false", {"error": "expired_trigger_id"}, "right after the press"),
]


def asked_for(office: Office) -> list[str]:
    """Which forms were asked for, those that failed first."""
    called = [one.method for one in office.slack.calls]
    return [*office.slack.faults.met, *(one for one in called if one.startswith("views."))]


@pytest.mark.parametrize(("kind", "details", "why"), REFUSED)
def test_a_form_that_slack_does_not_open_is_asked_for_once_and_told_about(
    office: Office, kind: str, details: dict[str, str], why: str
):
    number = office.story.post()
    office.story.pass_time("1m")
    office.ann.open_home()
    shown = office.slack.wait(lambda: office.slack.home(office.ann), what="the home tab")
    before = asked_for(office)
    office.slack.faults.add(kind, method="views.open", times=1000, **details)

    office.ann.press(shown, "figure:open")
    office.slack.wait(lambda: why in direct(office), what="the reason, said directly")
    assert asked_for(office) == ["views.open", *before]

    office.ann.press(office.card(number), "Reply")
    office.slack.wait(lambda: why in whispered(office), what="the reason, below the card")
    assert asked_for(office) == ["views.open", "views.open", *before]


@pytest.mark.parametrize(("kind", "details", "why"), REFUSED)
def test_what_goes_on_top_of_no_form_takes_its_place(
    office: Office, kind: str, details: dict[str, str], why: str
):
    number = office.story.post()
    office.ann.press(office.card(number), "More")
    more = office.ann.wait_view("more")
    before = asked_for(office)
    office.slack.faults.add(kind, method="views.push", times=1000, **details)

    office.ann.press(more, "Snooze")

    assert why in office.slack.wait(lambda: _when(office.ann.view, why), what="the reason").words
    assert asked_for(office) == ["views.push", *before, "views.update"]


def test_who_can_be_shown_no_form_at_all_is_told_directly(office: Office):
    number = office.story.post()
    office.ann.press(office.card(number), "More")
    more = office.ann.wait_view("more")
    before = asked_for(office)
    for method in ("views.push", "views.update"):
        office.slack.faults.add("500", method=method, times=1000)

    office.ann.press(more, "Snooze")

    office.slack.wait(lambda: "does not answer just now" in direct(office), what="the reason")
    assert asked_for(office) == ["views.push", "views.update", *before]


def test_a_form_that_stays_a_promise_is_told_of_directly(office: Office):
    office.story.post()
    office.story.pass_time("1m")
    office.ann.open_home()
    shown = office.slack.wait(lambda: office.slack.home(office.ann), what="the home tab")
    office.slack.faults.add("500", method="views.update", times=1000)

    office.ann.press(shown, "figure:open")

    office.slack.wait(lambda: "did not show “Cases”" in direct(office), what="the reason")


def direct(office: Office) -> str:
    return "\n".join(one.words for one in office.slack.direct_messages(office.ann))


def _when(view: View | None, words: str) -> View | None:
    return view if view and words in view.words else None


def test_a_refusal_stands_on_top_and_what_was_typed_stays(office: Office):
    number = office.story.post()
    office.ann.press(office.card(number), "Reply")
    form = office.ann.wait_view("reply")
    office.story.casework.assign(number, to=MemberId(office.ben.id), by=MemberId(office.ann.id))
    office.ann.submit({"text": "Hello"})
    assert f"<@{office.ben.id}>" in office.ann.wait_view("sheet").words
    office.ann.close_view()
    assert office.ann.wait_view("reply").id == form.id


def test_commands_are_answered_to_one_person(office: Office):
    number = office.story.post("my bag is gone")
    assert "my bag is gone" in told(office.ann.command("/case", "queue", "care-service"))
    assigned = office.ann.command("/case", f"assign {number} @ben", "care-service")
    assert f"<@{office.ben.id}>" in told(assigned)
    assert "my bag is gone" in told(office.ben.command("/case"))
    office.ben.command("/case", f"snooze {number}")
    assert office.ben.wait_view("snooze")


def test_many_are_closed_while_a_form_stands_there_already(office: Office):
    office.story.post("spam", by="@spammer")
    office.ann.command("/case", "close spam")
    office.ann.wait_view("close")
    office.ann.submit()
    assert "1 case" in office.ann.wait_view("sheet").words


def test_words_under_the_card_are_answered_there(office: Office, slack: Sandbox):
    number = office.story.post()
    office.ann.say("care-service", f"<@{slack.bot_user_id}> take", thread=office.card(number))
    slack.wait(lambda: f"#{number}" in whispered(office), what="an answer")
    assert office.story.case(number).assignee == office.ann.id


def test_words_under_a_card_are_answered_directly_where_slack_shows_no_answer_there(office: Office):
    number = office.story.post()
    card = office.card(number)
    office.slack.faults.add("ok-false", method="chat.postEphemeral", error="channel_not_found")

    office.ann.say("care-service", f"<@{office.slack.bot_user_id}> take", thread=card)

    office.slack.wait(lambda: f"#{number}" in direct(office), what="an answer")
    assert "did not show this where you asked" in direct(office)


def test_a_refusal_in_a_thread_stands_in_that_thread(office: Office, slack: Sandbox):
    number = office.story.post()
    card = office.card(number)
    said = office.ann.say("care-service", "Board 12 knows more", thread=card)
    office.story.closings.no_reply(number, by=MemberId(office.ann.id))

    office.ann.shortcut("draft_reply", said)

    [why] = slack.wait(lambda: slack.ephemerals(office.ann), what="the reason")
    assert why.thread_ts == card.ts


def test_a_message_of_a_colleague_becomes_a_case(office: Office):
    message = office.ann.say("care-service", "look what @jane wrote: my bag <is> gone")
    office.ann.shortcut("make_case", message)
    office.ann.wait_view("new_case")
    office.ann.submit()
    assert "is made" in office.ann.wait_view("sheet").words


def test_over_http_the_same_app_answers(office: Office, slack: Sandbox):
    client = make_client(slack.bot_token, slack.api_url)
    identity = SlackDirectory(client, lambda _: None).identity()
    with ThreadPoolExecutor(1) as pool:
        app = build_app(client, desk_of(office.story, client, identity, pool), identity, 1)
        receive = http_door(app)
        json = {"content-type": "application/json"}
        assert receive(b'{"type": "url_verification", "challenge": "c1"}', json)[::2] == (
            200,
            '{"challenge": "c1"}',
        )
        form = {"content-type": "application/x-www-form-urlencoded"}
        typed = f"command=%2Fcase&text=mine&user_id={office.ann.id}&team_id={slack.team_id}"
        status, _, body = receive(typed.encode(), form)
    assert status == 200
    assert '"response_type": "ephemeral"' in body


def whispered(office: Office) -> str:
    return "\n".join(one.words for one in office.slack.ephemerals(office.ann))


def told(done: Interaction) -> str:
    assert done.response
    return words(done.response["blocks"])


def buttons(message: Message) -> list[dict[str, dict[str, str]]]:
    return [one for block in message.blocks for one in block.get("elements", []) if "value" in one]
