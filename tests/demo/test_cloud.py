"""An ash cloud over the demo: what people write, what becomes of it, and that it passes."""

import re
from collections import Counter
from urllib.parse import urlencode

import pytest

from bot.demo.cloud import LASTS, POSTS, draw_cloud
from bot.demo.customers import ACCOUNTS
from bot.demo.house import Demo
from bot.demo.stage import DOCUMENTS
from bot.domain.conditions import Facts
from bot.domain.ids import TRIAGE, DepartmentKey, MemberId
from bot.domain.post import Post, Priority
from bot.domain.routing import Route, Rule, RuleBook
from slack_sandbox import Message
from tests.demo.test_demo import done, get, person, post

SERVICE = "care-service"


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    return [cue.post for cue in draw_cloud(1)]


def routed(post: Post) -> Route:
    rules = [
        Rule(
            DepartmentKey(rule["department"]),
            rule["when"],
            priority=Priority(rule["priority"]) if "priority" in rule else None,
        )
        for rule in DOCUMENTS["routing"]["rule"]
    ]
    return RuleBook(tuple(rules), TRIAGE).route(Facts(post))


def test_three_hundred_people_write_within_a_minute_on_every_network(posts: list[Post]):
    assert len(posts) == POSTS == 300
    assert sum(cue.wait for cue in draw_cloud(1)) == pytest.approx(LASTS)
    assert {post.source for post in posts} == set(ACCOUNTS)
    assert len({post.author.handle for post in posts}) > 250


def test_nobody_says_what_another_said_and_the_next_cloud_is_another(posts: list[Post]):
    texts = [post.text for post in posts]
    assert len(set(texts)) == len(texts)
    assert len({text[:60] for text in texts}) > 0.9 * len(texts)  # as a line shows them
    assert not [text for text in texts if "{" in text]
    assert {post.key for post in posts}.isdisjoint(cue.post.key for cue in draw_cloud(2))
    assert [cue.post for cue in draw_cloud(1)] == posts


def test_it_is_the_work_of_one_department_and_some_of_it_is_urgent(posts: list[Post]):
    routes = [routed(post) for post in posts]
    assert {route.department for route in routes} == {"service"}
    urgent = Counter(route.priority for route in routes)[Priority.URGENT]
    assert 10 <= urgent <= 30


def digests(demo: Demo) -> list[Message]:
    return [one for one in demo.slack.messages(SERVICE) if "A storm is on" in one.words]


def own_card(demo: Demo, digest: Message, case: int) -> bool:
    below = demo.slack.messages(SERVICE, digest.ts)
    return any(f"*#{case}*" in one.words and "has it" in one.words for one in below)


def choose(demo: Demo, speed: str) -> None:
    assert post(demo, "/demo/speed", speed=speed) == {"ok": True}


def test_it_comes_shares_messages_and_ticks_its_steps(demo: Demo):
    ann = person(demo, "Ann")
    choose(demo, "cloud")
    assert get(demo, "/demo/state")["speed"] == "cloud"
    digest = demo.slack.wait(lambda: digests(demo), what="a digest")[0]
    demo.slack.wait(lambda: done(demo, "Now choose *Ash cloud*"))
    choose(demo, "still")
    assert get(demo, "/demo/state")["speed"] == "still"
    line = next(block for block in digest.blocks if "accessory" in block)
    case = int(re.findall(r"#(\d+)", line["text"]["text"])[0])
    ann.press(digest, "Open", block_id=line["block_id"])
    ann.press(ann.wait_view("sheet"), "Claim")
    demo.slack.wait(lambda: own_card(demo, digest, case), what="a card of its own")
    assert done(demo, "They share messages")
    channel = demo.slack.workspace.channel_named(SERVICE).id
    post(demo, "/page/command", **{"as": ann.id}, channel=channel, text="/case queue")
    assert done(demo, "Urgent ones")


def test_whoever_is_answered_can_be_seen_on_the_phone_and_can_say_thanks(demo: Demo):
    asks = draw_cloud(1)[0].post
    before = get(demo, "/demo/state")
    assert asks.author.name not in {one["name"] for one in before["customers"]}
    receipt = demo.network.publish(asks)
    assert receipt.case is not None
    ann = person(demo, "Ann")
    demo.services.casework.claim(receipt.case, by=MemberId(ann.id))
    replies = demo.services.replies
    replies.submit(receipt.case, "You fly at six.", by=MemberId(ann.id), once="here")
    post(demo, "/demo/jump", length="10s")
    key = demo.slack.wait(lambda: answered_now(demo, before["answered"]), what="the answer")
    [shown] = [one for one in get(demo, "/demo/state")["customers"] if one["key"] == key]
    assert (shown["handle"], shown["source"]) == (asks.author.handle, asks.source)
    [_, answer] = get(demo, f"/demo/feed?{urlencode({'customer': key})}")["said"]
    assert (answer["text"], answer["by_brand"]) == ("You fly at six.", True)
    thanks = {"text": "Thanks!", "in_reply_to": answer["id"]}
    assert post(demo, "/demo/write", customer=key, **thanks) == {"ok": True}


def answered_now(demo: Demo, before: str | None) -> str | None:
    """Whoever was answered last, where it is somebody else by now."""
    key = get(demo, "/demo/state")["answered"]
    return key if key != before else None


def test_another_choice_ends_it_and_what_was_written_is_all_there(demo: Demo):
    choose(demo, "cloud")
    choose(demo, "cloud")
    demo.slack.wait(lambda: digests(demo), what="a digest")
    choose(demo, "calm")
    assert get(demo, "/demo/state")["speed"] == "calm"
    written = len([said for said in demo.network._said.values() if said.id.startswith("c")])
    assert 0 < written < POSTS
    assert not demo.cloud.is_here
