"""The texts that cost the most to read, found by search: each of a size in bytes, as a post has it.

What makes them hard: marks are sorted when they are normalised, one sign may be taken apart into
eighteen, every sign of Chinese is a word, an emoji may be a family, a name or an address begins at
every second sign.
"""

from collections.abc import Callable, Mapping
from itertools import cycle, islice

PLAIN = "My bag was lost in Málaga on the 3rd and nobody there knows anything about it. "


def _again(part: str) -> Callable[[int], str]:
    """The same again and again, in as many bytes."""
    return lambda size: part * max(size // len(part.encode()), 1)


def _other_words(size: int) -> str:
    """No word comes twice."""
    return " ".join(f"w{number:x}" for number in range(size // 6))


def _other_signs(size: int) -> str:
    """No sign comes twice, as long as there are some."""
    signs = cycle(map(chr, range(0x4E00, 0x9FFF)))
    return "".join(islice(signs, size // 3))


WORST: Mapping[str, Callable[[int], str]] = {
    "one pile of marks": lambda size: "a" + "\u0301\u0316" * (size // 4),
    "a pile on every letter": _again("a" + "\u0301\u0316" * 15),
    "signs that are sentences": _again("\ufdfa"),
    "letters that become three": _again("\u0390"),
    "nothing but thanks": _again("谢"),
    "every sign another": _other_signs,
    "every word another": _other_words,
    "families of emoji": _again("👩\u200d👩\ufe0f"),
    "names and addresses": _again("@a #b https://c.de/ f@g.hi "),
    "the signs of Slack": _again("<!here> <@U1|a> :a: &amp; *_~`> "),
}


def plain(size: int) -> str:
    return _again(PLAIN)(size)
