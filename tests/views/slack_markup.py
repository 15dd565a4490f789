"""An independent reader of Slack's markup: what in a message would come alive on a screen.

It knows Slack's rules and nothing of the code it judges; where Slack's documents leave room, it
takes the reading in which more comes alive.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD_JOINER = "\u2060"

_TOKEN = re.compile(r"<([^<>]*)>")
_STRAY = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")
_IN_MRKDWN = {
    "emoji": re.compile(r":[\w+'’-]+:"),
    "style": re.compile(r"(?<![A-Za-z0-9])([*_~])(?! )[^\n]+?\1(?![A-Za-z0-9])"),
    "code": re.compile(r"`[^`]+`"),
    "quotation": re.compile(r"^\s*(?:>|&gt;)", re.MULTILINE),
}
_PARSED_UNASKED = {
    "broadcast": re.compile(r"@(?:here|channel|everyone|group)", re.IGNORECASE),
    "channel": re.compile(r"#[\w-]"),
    "link": re.compile(
        r"(?:[a-z0-9+.-]://|\b(?:mailto|tel|slack):)[\w([+]|[\w-]\.[^\W\d_]{2,}",
        re.IGNORECASE,
    ),
}
_RICH = {"broadcast", "user", "usergroup", "channel", "link", "emoji", "date", "team"}


@dataclass(frozen=True)
class Live:
    kind: str
    what: str


def live_in_text(text: str, *, verbatim: bool = False) -> list[Live]:
    """What Slack makes of a string that it reads as mrkdwn."""
    tokens = [Live(_kind_of(inner), inner) for inner in _TOKEN.findall(text)]
    rest = _TOKEN.sub(" ", text)
    rules = _IN_MRKDWN if verbatim else _IN_MRKDWN | _PARSED_UNASKED
    found = [
        Live(kind, match[0])
        for kind, rule in rules.items()
        for reading in {rest, html.unescape(rest)}
        for match in rule.finditer(reading)
    ]
    return tokens + found + [Live("stray", match[0]) for match in _STRAY.finditer(rest)]


def live_in(part: object) -> list[Live]:
    """What comes alive in a block, a view, or anything that is built of such."""
    return list(_live_in(part))


def live_in_message(message: dict[str, object]) -> list[Live]:
    """The same for a message, whose `text` is what a notification reads out."""
    return live_in_text(str(message.get("text", ""))) + live_in(message.get("blocks", []))


def seen(text: str) -> str:
    """A mrkdwn text as a reader sees it."""
    return html.unescape(text).replace(WORD_JOINER, "")


def texts_in(part: object) -> Iterator[str]:
    """Every text that a reader sees."""
    if isinstance(part, dict):
        text = part.get("text")
        if isinstance(text, str):
            yield text
    for inner in _inside(part):
        yield from texts_in(inner)


def _kind_of(inner: str) -> str:
    if inner.startswith("!"):
        named = {"!date": "date", "!subteam": "usergroup"}
        return named.get(inner.partition("^")[0], "broadcast")
    return {"@": "user", "#": "channel"}.get(inner[:1], "link")


def _live_in(part: object) -> Iterator[Live]:
    if isinstance(part, dict):
        kind, text = part.get("type"), str(part.get("text"))
        if kind in ("mrkdwn", "markdown"):
            yield from live_in_text(text, verbatim=part.get("verbatim") is True)
        if kind == "plain_text" and part.get("emoji") is not False:
            yield from (found for found in live_in_text(text) if found.kind == "emoji")
        if kind in _RICH:
            yield Live(str(kind), str(part))
        if "url" in part:
            yield Live("link", str(part["url"]))
    for inner in _inside(part):
        yield from _live_in(inner)


def _inside(part: object) -> list[object]:
    if isinstance(part, dict):
        return list(part.values())
    return list(part) if isinstance(part, list | tuple) else []


HOSTILE = [
    "<!channel>",
    "<!here> <!everyone> <!here|here> <!channel|x>",
    "<!subteam^S012AB|@ops> <@U012AB> <@U1|admin> <#C012AB|general>",
    "<https://evil.example|https://acme.slack.com/login>",
    "<javascript:alert(1)|x> <mailto:a@evil.example|mail> <tel:+123|call> <slack://open|open>",
    "<!date^1763750000^{date}^https://evil.example|today>",
    "@here @channel @everyone @Channel @group and #general",
    "@\u200bhere #\u2060general <\u200b!channel>",
    "https://evil.example www.evil.example evil.example/login a@evil.example mailto:a@evil.example",
    "&lt;!channel&gt; &amp;lt;!channel&amp;gt; &#60;!here&#62;",
    "\uff1c!channel\uff1e \ufe64!here\ufe65 \uff20here",
    "*Approved by @ceo* _really_ ~no~ `code` ```fence```",
    "\u1fefcode\u1fef",
    "> quoted\n  > again\n&gt; and again",
    ":white_check_mark: Approved :+1: :siren:",
    "```\n<!channel>\n```",
    "a|b>c<d&e",
    "]]> \u202egnp.exe \u2066x\u2069 \u200fabc",
    "nul\x00 bell\x07 escape\x1b[31m del\x7f nel\x85end line\u2028end",
    "half a pair \ud800 and \udfff, tags \U000e0041\U000e0042, selectors a\ufe0f\ufe0f\ufe0f\ufe0e",
    "Z\u0351\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo",
    "\n" * 500 + "far below" + "\n \n" * 500,
    "innocent" + " " * 3000 + "Approved",
    "x" * 20_000,
    "<" * 3001,
    "&" * 12_001,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 2000,
    "\U0001f1e9\U0001f1ea" * 3000,
    "",
    " \n\t\u200b\u2800 ",
    "here",
    "general: a #",
]
