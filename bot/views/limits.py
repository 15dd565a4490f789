"""What Slack takes; how a text or a message is cut to it without tearing a character or a token.

Slack says nowhere whether it counts code points or UTF-16 units: texts are measured in the larger,
UTF-16 units, and kept to 95 % of each limit. Numbers of things are counted exactly.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from copy import deepcopy

Block = dict[str, object]


def _safely(limit: int) -> int:
    return limit * 95 // 100


TEXT = _safely(3000)
MESSAGE = _safely(11_000)  # undocumented; 11,341 characters have been refused
BUTTON = _safely(75)
OPTION = _safely(75)
PLACEHOLDER = _safely(150)
INPUT_LABEL = _safely(2000)
ALERT = _safely(200)
CONFIRM_TITLE = _safely(100)
CONFIRM_TEXT = _safely(300)
CONFIRM_BUTTON = _safely(30)
VIEW_TITLE = _safely(24)
TYPED = 3000  # the bound we set for a person's typing, so it is exact

# In bytes. Slack closes a socket at a larger frame; 3,000 letters of any script stay below ours.
FRAME = 20_480
FRAME_OF_OURS = 16 * 1024

VIEW_BYTES = _safely(250_000)

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
ACTIONS = 25
CONTEXT = 10
SELECT_OPTIONS = 100
BOX_OPTIONS = 10

# Identities are never cut: half an id names something else.
ID = 255
BUTTON_VALUE = 2000
OPTION_VALUE = 150
METADATA = 3000

LEAST = 120  # what every text of a message that is too long keeps

_MORE = re.compile(r"… \((\d{1,7}) more\)\Z")

_JOINER = "\u200d"
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_SKIN_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_LONGEST_CHARACTER = 32
_ATOM = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);")


def size(text: str) -> int:
    """How many UTF-16 units Slack may count for the text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def prefix(text: str, room: int) -> str:
    """The longest beginning of whole visible characters that fits the room."""
    if size(text) <= room:
        return text
    fitting = text.encode("utf-16-le", "surrogatepass")[: 2 * max(room, 0)]
    beginning = text[: len(fitting.decode("utf-16-le", "ignore"))]
    return text[: _boundary(text, len(beginning))].rstrip(_JOINER)


def cut(text: str, room: int, *, beside: int = 0) -> str:
    """The text, or its beginning and how many characters are missing, earlier cuts included.

    `beside` of them are not in this text, which is longer than the room.
    """
    if size(text) <= room:
        return text
    body, missing = (text, beside) if beside else _counted(text)
    kept = prefix(body, room - len(f"… ({len(body) + missing} more)")).rstrip()
    if not kept:
        return cut_short(text, room)
    return f"{kept}… ({len(body) - len(kept) + missing} more)"


def left_out(text: str, end: int) -> int:
    """How many characters are missing behind `end`, with those that an earlier cut has counted."""
    body, missing = _counted(text)
    return len(body) + missing - end


def _counted(text: str) -> tuple[str, int]:
    earlier = _MORE.search(text)
    return (text[: earlier.start()], int(earlier[1])) if earlier else (text, 0)


def cut_short(text: str, room: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if size(text) <= room else prefix(text, room - 1).rstrip() + "…"


def cut_markup(text: str, room: int) -> str:
    """The same for our own mrkdwn: no `<token>` and no `&entity;` is torn."""
    if size(text) <= room:
        return text
    end = len(prefix(text, room - 1))
    torn = (atom.start() for atom in _ATOM.finditer(text) if atom.start() < end < atom.end())
    return text[: next(torn, end)].rstrip() + "…"


def identity(text: str, limit: int = ID) -> str:
    """An id or value as it stands; one that Slack would refuse is a fault of ours."""
    if len(text) > limit:
        raise ValueError(f"an identity of {len(text)} characters, Slack takes {limit}")
    return text


def view_size(blocks: Sequence[Block]) -> int:
    """In bytes, as Slack's client writes a form."""
    return len(json.dumps(blocks))


def fits(blocks: Sequence[Block]) -> bool:
    """Whether one message can hold the blocks."""
    return len(blocks) <= MESSAGE_BLOCKS and _excess(blocks) <= 0


def fit(blocks: Sequence[Block]) -> list[Block]:
    """The blocks as one message can hold them: quotes give way first, the longest before others."""
    fitting = deepcopy(list(blocks))
    if len(fitting) > MESSAGE_BLOCKS:
        fitting[MESSAGE_BLOCKS - 1 :] = [_rest(len(fitting) - MESSAGE_BLOCKS + 1)]
    for is_foreign in (True, False):
        texts = [text for foreign, text in _texts(fitting) if foreign is is_foreign]
        while (excess := _excess(fitting)) > 0 and _shorten_longest(texts, excess):
            pass
    return fitting


def _shorten_longest(texts: list[Block], excess: int) -> bool:
    """Whether there was something left to shorten; by half at most, for others to share."""
    longest = max(texts, key=_length, default={})
    length = _length(longest)
    if length <= LEAST:
        return False
    shorten = cut_markup if longest.get("type") == "mrkdwn" else cut
    longest["text"] = shorten(str(longest["text"]), max(LEAST, length // 2, length - excess))
    return True


def _rest(number: int) -> Block:
    text = {"type": "plain_text", "text": f"… ({number} more)", "emoji": False}
    return {"type": "context", "elements": [text]}


def _excess(blocks: Sequence[Block]) -> int:
    return sum(_length(text) for _, text in _texts(blocks)) - MESSAGE


def _length(text: Block) -> int:
    return size(str(text.get("text", "")))


def _texts(part: object, foreign: bool = False) -> Iterator[tuple[bool, Block]]:
    """Whatever carries a text, and whether it stands in a quote."""
    if isinstance(part, dict):
        foreign = foreign or part.get("type") == "rich_text_quote"
        if isinstance(part.get("text"), str):
            yield foreign, part
        part = list(part.values())
    if isinstance(part, list | tuple):
        for inner in part:
            yield from _texts(inner, foreign)


def _boundary(text: str, end: int) -> int:
    """The last place at or before `end` between two visible characters."""
    for place in range(end, max(end - _LONGEST_CHARACTER, 0), -1):
        if not _is_inside(text, place):
            return place
    return end if end > _LONGEST_CHARACTER else 0


def _is_inside(text: str, place: int) -> bool:
    """Whether a visible character goes on across this place."""
    if place >= len(text):
        return False
    before, after = text[place - 1], text[place]
    if before in _FLAGS and after in _FLAGS:
        flags = text[:place]
        return (len(flags) - len(flags.rstrip(_FLAGS))) % 2 == 1
    is_mark = unicodedata.category(after).startswith("M")
    return is_mark or _JOINER in (before, after) or after in _SKIN_TONES
