"""What people say in a chat, as a reader elsewhere sees it: names, signs and addresses.

The chat keeps a mention as `<@U07ANN>`, a link as `<https://…|text>`, an emoji as `:pray:`, and its
messages escape three characters. None of that may reach a customer, a summary or an export.
"""

import re
from collections.abc import Callable
from typing import Protocol

Sign = Callable[[str, str], str | None]  # of a short name and a tone of skin

_TOKEN = re.compile(
    r"<(?:(?P<at>@)(?P<person>[UW][A-Z0-9]{1,30})|(?P<hash>#)(?P<channel>[CGD][A-Z0-9-]{1,30})"
    r"|!(?P<special>here|channel|everyone|group|(?:subteam|date)\^[^<>|]+)"
    r"|(?P<url>(?:https?://|mailto:|tel:)[^<>|\s]+))(?:\|(?P<label>[^<>]*))?>"
)
_ID = re.compile(r"(?<![\w@.])@([UW][A-Z0-9]{2,30})(?!\w)")  # a mention that lost its brackets
_SHORT = re.compile(r"(?<![\w:]):([a-z0-9_+'-]{1,80}):(?::skin-tone-([2-6]):)?(?![\w:])")
_ESCAPED = re.compile("&(?:lt|gt|amp);")
_ENDS = re.compile("[<>|]")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


class Names(Protocol):
    """Who and what the chat's ids stand for; None where nobody knows."""

    def person(self, id: str) -> str | None: ...
    def channel(self, id: str) -> str | None: ...


def no_sign(_name: str, _tone: str) -> str | None:
    """Where nobody knows emoji, their short names stay."""
    return None


def readable(text: str, names: Names, sign: Sign) -> str:
    """Typed words: no id, no token and no short name of an emoji is left in them."""
    return _signed(_named(text, names), sign)


def unescaped(text: str, names: Names, sign: Sign) -> str:
    """The words of a message, whose text the chat has escaped as well."""
    return _signed(_plain(_named(text, names)), sign)


def labelled(text: str, names: Names, sign: Sign) -> str:
    """A typed command: its ids stay for who reads it, each with the name it stands for."""
    return _signed(_TOKEN.sub(lambda found: _with_label(found, names), text), sign)


def is_in(text: str) -> bool:
    """Whether there is anything to read otherwise than it is written."""
    return any(one.search(text) for one in (_TOKEN, _ID, _SHORT, _ESCAPED))


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _named(text: str, names: Names) -> str:
    text = _TOKEN.sub(lambda found: _name(found, names), text)
    return _ID.sub(lambda found: names.person(found[1]) or found[0], text)


def _name(found: re.Match[str], names: Names) -> str:
    label = found["label"] or ""
    if found["person"]:
        return names.person(found["person"]) or label.removeprefix("@") or "a colleague"
    if found["channel"]:
        known = names.channel(found["channel"]) or label.removeprefix("#")
        return f"#{known}" if known else "a channel"
    if found["special"]:
        return _special(found["special"], label)
    return _address(found["url"], label)


def _special(target: str, label: str) -> str:
    """`<!here>`, `<!subteam^S1|@ops>`, `<!date^…|today>`."""
    kind, _, rest = target.partition("^")
    if rest:
        return label.removeprefix("@") or ("a group" if kind == "subteam" else "a date")
    return f"@{kind}"


def _address(target: str, label: str) -> str:
    """A link's words and where it leads."""
    bare = _SCHEME.sub("", target, count=1).rstrip("/")
    is_web = target.lower().startswith("http")
    if not label or label.rstrip("/") in (bare, target):
        return target if is_web else label or bare
    return f"{label} ({target})" if is_web else label


def _with_label(found: re.Match[str], names: Names) -> str:
    """Nothing in a name may end the token that it stands in."""
    if found["label"] or not (found["person"] or found["channel"]):
        return found[0]
    if found["person"]:
        known = names.person(found["person"]) or "a colleague"
        return f"<@{found['person']}|{_ENDS.sub('', known)}>"
    channel = names.channel(found["channel"])
    return f"<#{found['channel']}|{_ENDS.sub('', channel)}>" if channel else found[0]


def _signed(text: str, sign: Sign) -> str:
    return _SHORT.sub(lambda found: sign(found[1], found[2] or "") or found[0], text)
