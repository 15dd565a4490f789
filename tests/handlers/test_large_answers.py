"""Slack hangs up at a frame above 20,480 bytes: what is larger reaches the person another way."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest
from slack_bolt import Ack, App

from bot.domain.errors import NobodyChosen
from bot.slack.directory import SlackDirectory
from bot.slack.forms import SlackForms
from bot.slack.gateway import make_client
from bot.views.blocks import quote
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.sheets import sheet
from handlers.doors import SocketDoor
from handlers.listening import Listening
from slack_sandbox import Interaction, Person, Sandbox
from tests.company import ANN, BEN
from tests.desk import TestDesk
from tests.handlers.house import House
from tests.handlers.test_through_slack import Office, desk_of
from tests.slack_sandbox.kit import actions, button, form, typed

JAPANESE = "荷物がまだ届きません。空港の係員は何も知らず、電話もつながりません。どこにありますか。"
SCRIPTS = {
    "greek": "Αγαπητή Τζέιν, λυπούμαστε. ",
    "japanese": JAPANESE,
    "emoji": "😀👩‍👩‍👧🇬🇷",
    "quotes": '"\\\n',
}
LONGEST = 3000
ANY = re.compile(".*")
ASKS = form("asks", typed("text"), typed("more"), actions(button("deeper", "Deeper")))
MUCH = sheet("Much to read", Drawn("", [quote(f"{n} {JAPANESE * 10}") for n in range(50)]))


def test_a_queue_of_five_hundred_in_japanese_is_shown_below_the_command(office: Office):
    for number in range(500):
        office.story.post(JAPANESE, by=f"@c{number}", conversation=f"t{number}")

    assert office.ann.command("/case", "queue", "care-service").acked

    shown = office.slack.wait(lambda: office.slack.ephemerals(office.ann), what="the queue")[-1]
    assert "500 of 500 open cases unclaimed" in shown.words
    assert shown.words.count(JAPANESE[:20]) == 40
    assert "460 more, due later" in shown.words


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_longest_answer_of_any_script_is_looked_at_and_sent(office: Office, script: str):
    text = (SCRIPTS[script] * LONGEST)[:LONGEST].strip()
    number = office.story.post(JAPANESE * 100)
    office.ann.press(office.card(number), "Reply")
    office.ann.wait_view("reply")

    assert office.ann.submit({"text": text}).acked
    office.ann.wait_view("reply_preview")
    assert office.ann.submit().error is None

    office.story.pass_time("1m")
    office.story.sending.send_due()
    assert office.story.network.texts == [text]


def test_an_answer_that_slack_does_not_take_is_said_directly(house: House):
    number = house.story.post()
    house.press("claim", number, by=BEN)
    house.mailbox.url = "http://127.0.0.1:1/"  # where nobody listens
    house.press("claim", number)
    [(to, words)] = house.direct
    assert to == ANN
    assert f"<@{BEN}> was first" in words
    assert "Slack did not show this where you asked for it." in words


@dataclass
class Much:
    """Ann has a form before her, and what follows it is long."""

    slack: Sandbox
    ann: Person
    before_each_try: list[str] = field(default_factory=list)  # what Ann sees by then; "": nothing
    follows: Callable[[], Block] = lambda: MUCH
    acked_after: int = 0  # tries: so long Slack has drawn nothing

    def wait(self, _seconds: float) -> None:
        if self.before_each_try:
            seen = self.before_each_try.pop(0)
            self.slack.wait(lambda: self.form == seen, what=f"the form {seen!r}")

    def after_the_tries(self, ack: Ack) -> Callable[..., object]:
        def acknowledge(answer: Block | str) -> object:
            self.slack.wait(lambda: self.tries >= self.acked_after, what="a try")
            return ack(answer)

        return acknowledge

    def send(self, text: str = "words") -> Interaction:
        return self.ann.submit({"text": text, "more": "more"})

    @property
    def depth(self) -> int:
        return len(self.slack.workspace.modals[self.ann.id])

    @property
    def form(self) -> str:
        return self.ann.view.callback_id if self.ann.view else ""

    @property
    def tries(self) -> int:
        called = [one.method for one in self.slack.calls]
        return [*called, *self.slack.faults.met].count("views.update")


@pytest.fixture
def much(slack: Sandbox, story: TestDesk, pool: ThreadPoolExecutor) -> Iterator[Much]:
    ann = slack.person("ann")
    much = Much(slack, ann)
    client = make_client(slack.bot_token, slack.api_url)
    identity = SlackDirectory(client, lambda _: None).identity()
    desk = desk_of(story, client, identity, pool)
    desk = replace(desk, forms=SlackForms(client, much.wait))
    app = App(client=client, process_before_response=True)
    app.shortcut(ANY)(Listening(desk).pick(lambda _desk, _picked: ASKS))
    app.action(ANY)(Listening(desk).press(lambda _desk, _pressed: ASKS))
    submission = Listening(desk).submission(lambda _desk, _sent: much.follows())
    app.view(ANY)(lambda ack, body: submission(ack=much.after_the_tries(ack), body=body))
    app.event(ANY)(lambda: None)
    door = SocketDoor(app, slack.app_token)
    door.connect()
    slack.wait(lambda: slack.connected, what="the connection")
    slack.channel("care-service", members=[ann])
    ann.shortcut("make_case", ann.say("care-service", "look at this"))
    ann.wait_view("asks")
    yield much
    door.close()


def test_a_form_that_no_acknowledgement_can_carry_follows_a_small_one(much: Much):
    much.acked_after, much.before_each_try = 1, ["asks", "sheet"]
    assert much.send().error is None
    at_first = much.ann.wait_view("sheet").id

    much.slack.wait(lambda: much.ann.wait_view().words.count(JAPANESE) == 500, what="all of it")

    assert much.ann.wait_view().id == at_first
    # A call is written down after what it changed can be seen.
    much.slack.wait(lambda: much.tries == 2, what="both calls")
    asked = [call.args for call in much.slack.calls if call.method == "views.update"]
    assert [one.get("view_id", "") for one in asked] == ["", at_first]  # by its name, by its id


@pytest.mark.parametrize("kind", ["500", "429"])
def test_a_form_that_slack_does_not_draw_is_told_of_directly(much: Much, kind: str):
    much.slack.faults.add(kind, method="views.update", times=1000)

    much.send()

    direct = much.slack.wait(lambda: much.slack.direct_messages(much.ann), what="the reason")
    assert "was done, but Slack did not show the result, “Much to read”" in direct[-1].words
    assert much.tries == 2


def test_a_form_that_was_closed_meanwhile_stays_closed(much: Much):
    much.before_each_try = ["", ""]
    much.send()
    much.ann.close_view()

    much.slack.wait(lambda: much.tries == 2, what="the two tries")

    assert much.ann.view is None
    assert much.slack.direct_messages(much.ann) == []


def test_what_is_refused_in_a_third_form_stands_in_its_place_with_what_was_typed(much: Much):
    def refuse() -> Block:
        raise NobodyChosen()

    much.follows = refuse
    for depth in (2, 3):
        much.ann.press(much.ann.wait_view("asks"), "Deeper")
        much.slack.wait(lambda: much.depth == depth, what="one more on top")  # noqa: B023

    assert much.send("荷物" * 1500).error is None

    why = much.ann.wait_view("sheet").words
    assert "You had typed" in why
    assert why.count("荷物") == 1500
    assert why.endswith("more")
