"""The whole demo: its past, its first cards, its page's doors, and the clock that jumps."""

import json
import re
from datetime import timedelta
from urllib.request import ProxyHandler, Request, build_opener

from bot.demo.house import FIRST_CASE, Demo
from bot.domain.ids import CaseId
from bot.domain.outbox import MessageState
from slack_sandbox import Person

_direct = build_opener(ProxyHandler({}))


def get(demo: Demo, path: str) -> dict:
    with _direct.open(f"{demo.slack.url}{path}", timeout=60) as answer:
        return json.load(answer)


def post(demo: Demo, path: str, **body: object) -> dict:
    asked = Request(f"{demo.slack.url}{path}", json.dumps(body).encode())
    asked.add_header("Content-Type", "application/json")
    with _direct.open(asked, timeout=60) as answer:
        return json.load(answer)


def person(demo: Demo, name: str) -> Person:
    return demo.slack.person(name.lower())


def steps(demo: Demo) -> dict[str, bool]:
    return {step["text"]: step["done"] for step in get(demo, "/demo/state")["steps"]}


def done(demo: Demo, begins: str) -> bool:
    [is_done] = [is_done for text, is_done in steps(demo).items() if text.startswith(begins)]
    return is_done


def card(demo: Demo, number: int, channel: str, says: str = ""):
    """The newest message of the channel about the case, once it says so."""

    def look():
        told = [m for m in demo.slack.messages(channel) if f"*#{number}*" in m.words]
        cards = [m for m in told if "Open the card" not in m.words]  # a call leads to it
        return next((m for m in reversed(cards) if says in m.words), None)

    return demo.slack.wait(look, what=f"#{number} in {channel} that says {says!r}")


def test_seven_days_are_lived_and_three_cards_wait(demo: Demo):
    with demo.services.kernel.look() as work:
        past = [work.case(CaseId(number)) for number in range(1001, FIRST_CASE)]
        now = [work.case(CaseId(FIRST_CASE + n)) for n in range(3)]
        assert work.tx.cases.find(CaseId(FIRST_CASE + 3)) is None
    assert all(case.closing for case in past)
    assert {case.opened_at.date() for case in past} == {
        (demo.clock.now() - timedelta(days=n)).date() for n in range(1, 8)
    }
    assert [case.department for case in now] == ["service", "technical", "service"]
    assert [case.is_open for case in now] == [True] * 3
    shown = get(demo, f"/page/channels?as={person(demo, 'Ann').id}")["channels"]
    # Two cards, and the line that calls for the urgent one.
    assert {one["name"]: one["unread"] for one in shown if one["member"]}["care-service"] == 3
    assert not any(steps(demo).values())


def test_ann_answers_jane_who_says_thanks_on_her_phone_and_the_list_ticks_itself(demo: Demo):
    ann = person(demo, "Ann")
    ann.press(card(demo, 1042, "care-service"), "Claim")
    assert done(demo, "#1042 is urgent")
    ann.press(card(demo, 1042, "care-service", "has it"), "Reply")
    ann.wait_view("reply")
    ann.submit({"text": "A new crew is on its way."})
    ann.submit()
    assert done(demo, "Press *Reply*")
    post(demo, "/demo/jump", length="10s")
    answers = demo.slack.wait(
        lambda: [one for one in get(demo, "/demo/feed?customer=jane")["said"] if one["by_brand"]][
            1:
        ],
        what="the answer on the phone",
    )
    assert [one["text"] for one in answers] == ["A new crew is on its way."]
    said = post(demo, "/demo/write", customer="jane", text="Thanks!", in_reply_to=answers[0]["id"])
    assert said == {"ok": True}
    card(demo, 1042, "care-service", "Thanks!")
    assert done(demo, "Be Jane")


def test_a_post_of_the_phone_is_edited_and_deleted_by_its_author_only(demo: Demo):
    post(demo, "/demo/write", customer="bob", text="my bag is purple")
    card(demo, 1045, "care-service", "my bag is purple")
    [mine] = [one for one in demo.network.feed("x", "@grumpybob") if "purple" in one.text]
    refused = post(demo, "/demo/edit", customer="piet", id=mine.id, text="mine now")
    assert refused["message"] == "This post is gone, or somebody else's."
    post(demo, "/demo/write", customer="piet", text="mine too!", in_reply_to=mine.id)
    seen = get(demo, "/demo/feed?customer=bob")["said"][-2:]
    assert [(one["text"], one["own"]) for one in seen] == [
        ("my bag is purple", True),
        ("mine too!", False),
    ]
    post(demo, "/demo/edit", customer="bob", id=mine.id, text="my bag is violet")
    card(demo, 1045, "care-service", "my bag is violet")
    post(demo, "/demo/delete", customer="bob", id=mine.id)
    card(demo, 1045, "care-service", "deleted")
    assert get(demo, "/demo/feed?customer=bob")["said"][-2]["deleted"]


def test_what_makes_no_sense_is_refused_in_a_sentence(demo: Demo):
    for path, body in {
        "/demo/write": {"customer": "nobody", "text": "hello"},
        "/demo/edit": {"customer": "bob", "id": "p999", "text": "hello"},
        "/demo/jump": {"length": "soon"},
        "/demo/speed": {"speed": "warp"},
    }.items():
        answer = post(demo, path, **body)
        assert answer["ok"] is False
        assert answer["message"]
    for text in ("", "   ", "x" * 1001):
        assert post(demo, "/demo/write", customer="bob", text=text)["ok"] is False


def test_an_hour_a_hundred_times_and_a_month_bundle_the_pings_and_break_nothing(demo: Demo, caplog):
    before = len(demo.slack.messages("rapid-response"))
    for number in range(12):
        post(demo, "/demo/write", customer="bob", text=f"bag number {number} is gone")
    for _ in range(100):
        assert post(demo, "/demo/jump", length="1h") == {"ok": True}
    assert post(demo, "/demo/jump", length="30d") == {"ok": True}

    def swept() -> bool:
        with demo.services.kernel.look() as work:
            at = work.tx.timers.next_at()
            return (at is None or at > work.at) and not work.tx.outbox.in_state(MessageState.QUEUED)

    # Slack takes a message a second in a channel.
    demo.slack.wait(swept, what="everything due to be said")
    assert len(demo.slack.messages("rapid-response")) - before < 20
    assert post(demo, "/demo/jump", length="340d")["message"].startswith("The clock goes no")
    cem = person(demo, "Cem")
    late = demo.slack.messages("rapid-response")[-1]
    first = next(one for one in late.blocks[1:] if "Acknowledge" in str(one))
    cem.press(late, "Acknowledge", block_id=first["block_id"])
    demo.slack.wait(lambda: done(demo, "Press *Acknowledge*"))
    assert [one for one in caplog.get_records("call") if one.levelname == "ERROR"] == []


def test_two_hours_make_three_lines_of_three_late_cases(demo: Demo):
    for _ in range(2):
        post(demo, "/demo/jump", length="1h")

    def live() -> list[list[str]]:
        """The cases that wait in each list."""
        lists = (m.words for m in demo.slack.messages("rapid-response"))
        return [found for words in lists if (found := re.findall(r"🔴[^\n]*?\*#(\d+)\*", words))]

    def is_said_twice() -> bool:
        return any("see the newest list" in m.words for m in demo.slack.messages("rapid-response"))

    [cases] = demo.slack.wait(lambda: is_said_twice() and live(), what="the list of both hours")
    assert sorted(cases) == ["1042", "1043", "1044"]
    assert any("*3 cases are late*" in m.words for m in demo.slack.messages("rapid-response"))


def test_eve_adds_a_rule_takes_it_back_and_pulls_the_brake(demo: Demo):
    eve = person(demo, "Eve")
    eve.command("/routing", "add marketing words:fox,mural,harbour", "care-triage")
    answer = demo.slack.wait(lambda: demo.slack.ephemerals(eve)[-1])
    assert re.search(r"[1-9] of \d+ posts of the last 7 days would have moved", answer.words)
    assert done(demo, "A new rule")
    eve.press(answer, "Undo")
    demo.slack.wait(lambda: done(demo, "It says what it would"))
    eve.command("/desk", "outgoing off", "care-triage")
    demo.slack.wait(lambda: done(demo, "The brake"))
    assert not done(demo, "And on again")
    eve.command("/desk", "outgoing on", "care-triage")
    demo.slack.wait(lambda: done(demo, "And on again"))


def test_the_page_loads_what_the_demo_adds_and_nothing_from_elsewhere(demo: Demo):
    with _direct.open(demo.slack.url, timeout=60) as answer:
        page = answer.read().decode()
    assert '<script type="module" src="/demo/static/demo.js"></script>' in page
    for name in ("demo.js", "clock.js", "phone.js", "steps.js", "demo.css"):
        with _direct.open(f"{demo.slack.url}/demo/static/{name}", timeout=60) as answer:
            assert answer.status == 200


def test_a_command_typed_on_the_page_ticks_its_step(demo: Demo):
    eve = person(demo, "Eve").id
    channel = demo.slack.workspace.channel_named("care-triage").id
    post(demo, "/page/command", **{"as": eve}, channel=channel, text="/desk setup")
    assert done(demo, "Your own Slack")


def test_dora_links_the_case_that_her_crisis_began_with(demo: Demo):
    dora = person(demo, "Dora")
    dora.command("/incident", 'declare "Stranded at B12"', "care-pr")
    room = demo.slack.wait(lambda: room_of(demo, dora), what="the room, with Dora in it")
    dora.command("/incident", "link 1042", room)
    dora.command("/incident", "update A new crew lands at nine", room)
    assert done(demo, "It has a channel of its own. Type `/incident link 1042`")
    demo.slack.wait(
        lambda: next((m for m in demo.slack.messages(room) if "1 case ·" in m.words), None),
        what="facts that count the case",
    )
    card(demo, 1042, "care-service", "Stranded at B12")


def room_of(demo: Demo, member: Person) -> str | None:
    found = demo.slack.workspace.channels.values()
    return next(
        (one.name for one in found if "inc-" in one.name and member.id in one.members), None
    )
