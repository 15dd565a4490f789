"""Customer text is inert: it pings nobody, links nothing, breaks no layout.

`clean` makes any foreign text fit to be seen; blocks without markup (plain_text, rich_text) need no
more. Where foreign words stand inside our own mrkdwn, `plain` also takes Slack's meaning from them.
The order is fixed: normalise, cut, escape. Anything else can make a token anew.
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urlsplit

from bot.domain.marks import without_piles
from bot.views import limits

_MARKS = 4  # on one letter; more is a tower that covers other lines
_LONGEST_URL = 2000
_MARGIN = 64  # characters: where a text is parted nothing of it is shown

_NEW_LINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINTS = re.compile(f"(?P<before>[^{_SELECTORS}\u200d]?)(?P<joints>[{_SELECTORS}\u200d]+)")
_EMOJI = re.compile("[\u2194\u2195\u2600-\u27bf\u2b1b\U0001f000-\U0001faff]")
_PADDING = re.compile(r"[^\S\n]{4,}")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_WORD_JOINER = "\u2060"  # seen by nobody, and no name, address or emoji goes on across it
_READ_BY_SLACK = re.compile(
    r"(?:\A|(?<=@))(?=here|channel|everyone|group)"  # a broadcast; our own @ may stand before
    r"|(?<=[#:])"  # a channel, an emoji, an address with its scheme
    r"|(?<=\w\.)(?=\w)"  # an address without
    r"|^(?=[^\S\n]*(?:>|&gt;))",  # a quotation
    re.IGNORECASE | re.MULTILINE,
)
# The same where what follows is ours and no colon: then `lang:nl` is no beginning of an emoji.
_READ_IN_OURS = re.compile(
    _READ_BY_SLACK.pattern.replace(
        "(?<=[#:])",
        r"(?<=#)|(?<=:)(?=//|[\w+'’-]+:)|(?<=:)(?<!\w:)"
        r"|(?:(?<=mailto:)|(?<=tel:)|(?<=slack:))(?=[\w([+])",
    ),
    _READ_BY_SLACK.flags,
)
_BEGUN = re.compile(r":[\w+'’-]+$")
_TIMES = re.compile(r"((?<![\d:])\d{1,2}:\d\d-\d{1,2}:\d\d(?![\d:]))")
_IN_A_NAME = re.compile("(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])")
_ORIGINALS = str.maketrans({"\u2217": "*", "\u02cd": "_", "\u223c": "~", "\u02cb": "`"})
_LOOKALIKES = str.maketrans({"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"})

_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_SHARED_ENDING = re.compile(r"(?:ac|co|com|edu|gob|gov|go|ne|net|or|org)\.[a-z]{2}")


def clean(text: str, limit: int | None = None) -> str:
    """The text without what hides, reorders, piles up or pads, cut with the rest counted."""
    text = _INVISIBLE.sub("", _NEW_LINES.sub("\n", text).replace("\t", " "))
    if limit is None:
        return _composed(text)
    beginning, rest = _beginning(text, limit, _composed)
    return limits.cut(beginning, limit, beside=rest)


def one_line(text: str, limit: int) -> str:
    """A name, a title or a summary: clean, without line breaks, cut with an ellipsis."""
    line, _ = _beginning(text, limit, lambda part: " ".join(clean(part).split()))
    return limits.cut_short(line, limit)


def _beginning(text: str, limit: int, made: Callable[[str], str]) -> tuple[str, int]:
    """What is made of as much of the text as fills the limit, and how many characters are left.

    A card shows a few hundred characters of what may have sixty thousand.
    """
    reach = 2 * limit + _MARGIN
    text = without_piles(text) if len(text) > reach else text
    while reach < len(text):
        beginning = made(text[:reach])
        if limits.size(beginning) > limit + _MARGIN:
            return beginning, limits.left_out(text, reach)
        reach *= 2
    return made(text), 0


def _composed(text: str) -> str:
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        text = unicodedata.normalize("NFC", without_piles(_JOINTS.sub(_joined, text)))
        text = _without_towers(text)
    return _BLANK_LINES.sub("\n\n\n", _PADDING.sub("   ", text))


def escape(text: str) -> str:
    """Clean text for our mrkdwn, its formatting and addresses still alive."""
    return text.translate(_ESCAPES)


def plain(text: str, limit: int | None = None) -> str:
    """Foreign text inside our mrkdwn, meaning nothing to Slack.

    Slack has no escape for formatting, so those four characters become lookalikes (an underscore
    within a name is harmless and stays); names and addresses are broken by a word joiner, which
    `clean` would take out again.
    """
    return _unread(clean(text, limit), _READ_BY_SLACK)


def ours(text: str) -> str:
    """The desk's own words with others' in them: as `plain`, but a condition or a time is printed
    as it is typed."""
    parts = enumerate(_TIMES.split(clean(text)))
    return "".join(part if n % 2 else _unread(part, _READ_IN_OURS) for n, part in parts)


def ended(shown: str) -> str:
    """What `ours` has made, before a colon: nothing in it goes on as an emoji."""
    return shown + _WORD_JOINER if _BEGUN.search(shown) else shown


def revived(text: str) -> str:
    """What `plain` did to words for Slack's sake, taken back for a reader elsewhere."""
    return text.translate(_ORIGINALS).replace(_WORD_JOINER, "")


def caption(text: str, limit: int = limits.BUTTON) -> str:
    """Foreign words as the visible half of a link or a date."""
    return plain(one_line(text.replace("|", " "), limit))


def link(url: str, label: str) -> str:
    """A link under these words, or the domain's; just the words where the address is not http."""
    address, words = _address(url), caption(label) or caption(domain_of(url))
    return f"<{escape(address)}|{words}>" if address else words


def domain_of(url: str) -> str:
    """Whom the address belongs to, in punycode where scripts are mixed; empty for a bad one.

    Foreign text still: pass it through `plain`.
    """
    parts = _parsed(url)
    host = parts.hostname or "" if parts else ""
    labels = host.split(".")
    if labels[-1].isdigit():
        return host
    shared = _SHARED_ENDING.fullmatch(".".join(labels[-2:]))
    return _readable(".".join(labels[-3:] if shared else labels[-2:]))


def _unread(text: str, read: re.Pattern[str]) -> str:
    parts = _IN_A_NAME.split(text)
    unformatted = "_".join(part.translate(_LOOKALIKES) for part in parts)
    return escape(read.sub(_WORD_JOINER, unformatted))


def _joined(found: re.Match[str]) -> str:
    """One variation selector on a visible character, one joiner between two emoji."""
    before, joints = found["before"], found["joints"]
    after = found.string[found.end() : found.end() + 1]
    selector = joints.replace("\u200d", "")[:1] if before.strip() else ""
    joins = "\u200d" in joints and _EMOJI.match(before) and _EMOJI.match(after)
    return before + selector + ("\u200d" if joins else "")


def _without_towers(text: str) -> str:
    kept, height = [], 0
    for character in text:
        height = height + 1 if unicodedata.category(character).startswith("M") else 0
        if height <= _MARKS:
            kept.append(character)
    return "".join(kept)


def _address(url: str) -> str:
    """The address in ASCII, without a character that Slack's tokens use; empty for a bad one."""
    parts = _parsed(url)
    return quote(parts.geturl(), safe="%/:?#[]@!$&'()*+,;=~", errors="replace") if parts else ""


def _parsed(url: str) -> SplitResult | None:
    """A plain http address with its host in punycode; none that names a user before the host."""
    if len(url) > _LONGEST_URL:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        netloc = f"{host}:{parts.port}" if parts.port else host
    except ValueError:
        return None
    is_plain = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return parts._replace(netloc=netloc) if is_plain and _HOST.fullmatch(host) else None


def _readable(host: str) -> str:
    try:
        readable = host.encode().decode("idna")
    except UnicodeError:
        return host
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in readable if letter.isalpha()}
    return host if len(scripts) > 1 else clean(readable)
