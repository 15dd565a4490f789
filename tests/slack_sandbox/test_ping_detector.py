"""The ping detector: what a message would set off, and what stays text."""

import pytest

from slack_sandbox.pings import mentions
from tests.slack_sandbox.kit import plain, section


def found(text="", blocks=(), *, bare_urls=False, names=False):
    live = mentions(text, list(blocks), bare_urls=bare_urls, names=names)
    return [(one.kind, one.target) for one in live]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!channel> now", [("broadcast", "channel")]),
        ("<!here|here>", [("broadcast", "here")]),
        ("<!everyone>", [("broadcast", "everyone")]),
        ("<!subteam^S1|@ops>", [("usergroup", "S1")]),
        ("<@U1|admin>", [("user", "U1")]),
        ("<#C1|>", [("channel", "C1")]),
        ("<https://evil.example|https://acme.example>", [("link", "https://evil.example")]),
        ("<javascript:alert(1)|x>", [("link", "javascript:alert(1)")]),
        ("<mailto:a@example.com|a>", [("link", "mailto:a@example.com")]),
        ("<!date^1763750000^{time}|18:33>", []),
        ("&lt;!channel&gt; &amp;lt;!channel&amp;gt;", []),
        ("@here #general https://example.com", []),
        ("a <b c> d < e > f", []),
    ],
)
def test_a_token_is_live_and_an_escaped_one_is_not(text, expected):
    assert found(text) == expected


def test_an_auto_parsed_text_turns_bare_names_and_addresses_live():
    text = "@here ask @ann in #care, see https://example.com or mail@example.com"

    assert found(text, bare_urls=True, names=True) == [
        ("link", "https://example.com"),
        ("broadcast", "here"),
        ("user", "ann"),
        ("channel", "care"),
    ]


def test_a_text_object_is_live_by_its_kind():
    verbatim = {"type": "mrkdwn", "text": "@here https://example.com <@U1>", "verbatim": True}
    blocks = [
        {"type": "section", "text": plain("<!channel> @here https://example.com")},
        {"type": "section", "text": verbatim},
        section("@here"),
        {"type": "markdown", "text": "<!here>"},
    ]

    assert found(blocks=blocks) == [("user", "U1"), ("broadcast", "here"), ("broadcast", "here")]


def test_a_rich_text_is_live_by_its_structure_only():
    pieces = [
        {"type": "text", "text": "<!channel> @here"},
        {"type": "broadcast", "range": "here"},
        {"type": "user", "user_id": "U1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "link", "url": "https://example.com"},
    ]
    quote = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces}]}

    live = mentions("", [quote], bare_urls=True, names=True)

    assert [one.kind for one in live] == ["broadcast", "user", "usergroup", "link"]
    assert live[0].where == "blocks/0/elements/0/elements/1"


def test_a_message_knows_what_it_would_set_off(slack, client, care):
    client.chat_postMessage(channel=care.id, text="see https://example.com <@U1>")
    client.chat_postMessage(channel=care.id, text="quiet https://example.com", parse="none")
    ts = client.chat_postMessage(channel=care.id, text="loud @here", link_names=True)["ts"]

    assert [one.kind for one in slack.find("see").mentions] == ["user", "link"]
    assert slack.find("quiet").mentions == []
    assert [one.kind for one in slack.find("loud").mentions] == ["broadcast"]
    client.chat_update(channel=care.id, ts=ts, text="still @here by default")
    assert [one.kind for one in slack.find("still").mentions] == ["broadcast"]
    client.chat_update(channel=care.id, ts=ts, text="no @here", parse="none", link_names=False)
    assert slack.find("no @here").mentions == []


def test_live_foreign_text_is_a_violation_and_escaped_foreign_text_is_none(slack, client, care):
    slack.foreign("help <!channel> me")

    client.chat_postMessage(channel=care.id, text="they said: help &lt;!channel&gt; me")
    assert slack.violations == []
    ts = client.chat_postMessage(channel=care.id, text="they said: help <!channel> me")["ts"]
    client.chat_update(channel=care.id, ts=ts, text="again <!channel>")

    assert [one.kind for one in slack.violations] == ["live_foreign_text"] * 2
