"""The page's own door: what one person sees and does, as JSON."""

import json
import urllib.request
from urllib.parse import urlencode

import pytest

from tests.slack_sandbox.kit import actions, button, form, home, options, section, typed


@pytest.fixture
def get(slack):
    def get(name, **query):
        with urllib.request.urlopen(f"{slack.url}/page/{name}?{urlencode(query)}") as answer:
            return json.load(answer)

    return get


@pytest.fixture
def post(slack):
    def post(name, **body):
        request = urllib.request.Request(f"{slack.url}/page/{name}", json.dumps(body).encode())
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    return post


def test_the_page_knows_people_and_their_channels(slack, get, post, client, care, ann):
    ben = slack.person("ben")
    slack.channel("secret", members=[ben])
    client.chat_postMessage(channel=care.id, text=f"<@{ann.id}> look")

    people = get("people")["people"]
    channels = {
        one["name"] or one["with"]: one for one in get("channels", **{"as": ann.id})["channels"]
    }

    assert [one["name"] for one in people if not one["bot"]] == ["Ann", "Ben"]
    assert set(channels) == {"care", "samepage"}
    assert (channels["care"]["unread"], channels["care"]["mentions"]) == (1, 1)
    post("read", **{"as": ann.id}, channel=care.id, ts=slack.find("look").ts)
    assert get("channels", **{"as": ann.id})["channels"][0]["unread"] == 0


def test_messages_come_page_by_page_with_what_only_one_person_sees(get, client, care, ann):
    for number in range(5):
        client.chat_postMessage(channel=care.id, text=f"m{number}")
    client.chat_postEphemeral(channel=care.id, user=ann.id, text="only you")

    newest = get("messages", **{"as": ann.id}, channel=care.id, limit=3)
    first = newest["messages"][0]["ts"]
    older = get("messages", **{"as": ann.id}, channel=care.id, before=first, limit=9)

    assert [one["text"] for one in newest["messages"]] == ["m2", "m3", "m4", "only you"]
    assert newest["messages"][-1]["ephemeral"]
    assert newest["more"]
    assert [one["text"] for one in older["messages"] if not one["line"]] == ["m0", "m1"]
    assert not older["more"]


def test_a_thread_begins_with_its_parent(get, post, client, care, ann):
    ts = client.chat_postMessage(channel=care.id, text="card")["ts"]

    assert post("message", **{"as": ann.id}, channel=care.id, text="a > b", thread=ts)["ok"]

    thread = get("messages", **{"as": ann.id}, channel=care.id, thread=ts)["messages"]
    assert [one["text"] for one in thread] == ["card", "a &gt; b"]
    assert thread[0]["reply_count"] == 1


def test_a_press_a_command_and_a_form_reach_the_app(
    slack, get, post, client, care, ann, app, connect
):
    heard = []

    @app.action("open")
    def open_form(ack, body, client):
        client.views_open(
            trigger_id=body["trigger_id"], view=form("f", typed("text", min_length=3))
        )
        ack()

    @app.action("menu")
    def menu(ack, action):
        heard.append(action["selected_option"]["value"])
        ack()

    @app.view("f")
    def submitted(ack, view):
        heard.append(view["state"]["values"]["text"]["value"]["value"])
        ack()

    @app.command("/case")
    def case(ack, command):
        ack(f"got {command['text']}")

    connect()
    choice = {"type": "static_select", "action_id": "menu", "options": options("a", "b")}
    client.chat_postMessage(
        channel=care.id, text="card", blocks=[actions(button("open", "Open"), choice)]
    )
    me, place = {"as": ann.id}, {"channel": care.id, "ts": slack.find("card").ts}

    assert post("action", **me, **place, action_id="open", block_id="buttons") == {"ok": True}
    assert post("action", **me, **place, action_id="menu", block_id="buttons", value="b")["ok"]
    view = get("view", **me)["view"]
    post("submit", **me, view_id=view["id"], values={"text": {"value": "x"}})
    assert get("view", **me)["errors"] == {"text": "Please enter at least 3 characters."}
    post("submit", **me, view_id=view["id"], values={"text": {"value": "hello"}})
    assert get("view", **me)["view"] is None
    assert post("command", **me, channel=care.id, text="/case queue")["text"] == "got queue"
    assert heard == ["b", "hello"]


def test_a_refusal_comes_in_words(post, client, care, ann):
    ts = client.chat_postMessage(channel=care.id, text="card", blocks=[actions(button("a", "A"))])[
        "ts"
    ]
    me = {"as": ann.id}

    assert post("action", **me, channel=care.id, ts=ts, action_id="a", block_id="buttons") == {
        "ok": False,
        "error": "dispatch_failed",
        "message": "samepage is not connected",
    }
    gone = post("action", **me, channel=care.id, ts=ts, action_id="b", block_id="buttons")
    assert gone["message"] == "it has changed meanwhile; look again"
    # The block is another one where the message was drawn anew; the press still counts.
    redrawn = post("action", **me, channel=care.id, ts=ts, action_id="a", block_id="before")
    assert redrawn["error"] == "dispatch_failed"
    assert post("close_view", **me)["error"] == "not_found"
    assert post("shortcut", **me, callback_id="x", channel=care.id, ts="1.0")["error"] == (
        "message_not_found"
    )
    assert post("submit", **me, view_id="V1", values={})["message"] == "this form is gone"
    assert post("message", **{"as": "U404"}, channel=care.id, text="x")["error"] == "user_not_found"


def test_the_home_tab_is_asked_for_until_there_is_one(slack, get, client, ann):
    assert get("home", **{"as": ann.id}) == {"view": None}

    client.views_publish(user_id=ann.id, view=home(section("Good morning")))

    blocks = get("home", **{"as": ann.id})["view"]["blocks"]
    assert blocks[0]["text"]["text"] == "Good morning"


def test_an_open_page_is_told_where_to_look_again(slack, client, care, ann):
    with urllib.request.urlopen(f"{slack.url}/page/events?as={ann.id}") as stream:
        assert stream.readline() == b": hello\n"
        stream.readline()
        ts = client.chat_postMessage(channel=care.id, text="x")["ts"]
        client.chat_update(channel=care.id, ts=ts, text="y")
        client.chat_postEphemeral(channel=care.id, user=ann.id, text="z")
        client.chat_delete(channel=care.id, ts=ts)
        hints = []
        while len(hints) < 4:
            line = stream.readline()
            if line.startswith(b"data: "):
                hints.append(json.loads(line.removeprefix(b"data: ")))

    assert [one["type"] for one in hints] == ["message", "changed", "ephemeral", "deleted"]
    assert {one["channel"] for one in hints} == {care.id}


def test_a_file_outside_the_page_is_not_served(slack):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{slack.url}/page/static/..%2fserver.py")


def test_a_link_to_a_message_opens_the_page(slack, get, client, care):
    ts = client.chat_postMessage(channel=care.id, text="card")["ts"]
    link = client.chat_getPermalink(channel=care.id, message_ts=ts)["permalink"]

    with urllib.request.urlopen(link) as answer:
        page = answer.read().decode()

    assert "/page/static/app.js" in page
    assert get("people")["team"]["url"] == f"{slack.url}/" == client.auth_test()["url"]
