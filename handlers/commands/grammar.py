"""What was typed after a slash, read: words, case numbers, people, places; pure.

Every command takes what one of these readers gives; `Misread` becomes its usage line.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from bot.domain.blank import is_blank
from bot.domain.durations import Duration, parse_duration
from bot.domain.ids import CaseId
from bot.domain.post import Priority
from bot.domain.web_address import is_web_address

SYNONYMS = {"take": "claim", "transfer": "handoff", "page": "escalate"}

_WORD = re.compile(r"\s*(<[^<>]*>|\S+)\s*(.*)", re.DOTALL)
_FROM_SLACK = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>|]*))?>")
_PLACE = re.compile(r"<([@#])([A-Z0-9]{2,31})(?:\|[^<>|]*)?>")
_CASE = re.compile(r"[#№]?([1-9][0-9]{0,14})[.,:;]?")
_COUNT = re.compile(r"#?([1-9][0-9]{0,8})[.,]?")
_DASHES = re.compile("[‐‑–—−]")
_QUOTES = "\"'“”„‟«»‘’"


class Misread(ValueError):
    """What was typed does not fit this command."""


@dataclass(frozen=True)
class Place:
    """A person, else a channel or department; by the id that Slack gave, or as it was typed."""

    is_person: bool
    name: str


def as_typed(text: str) -> str:
    """The text as the person sees it, before Slack escaped signs, people, channels and links."""
    plain = _FROM_SLACK.sub(_seen, text)
    typed = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
    return "" if is_blank(typed) else typed


def first(text: str) -> tuple[str, str]:
    """The first word and what follows it; a mention is one word."""
    found = _WORD.fullmatch(text)
    return (found[1], found[2].strip()) if found else ("", "")


def keyword(word: str) -> str:
    """A word of ours however it was typed: `First–Response` is `first-response`."""
    return _DASHES.sub("-", word).casefold().strip(".,:;" + _QUOTES)


def about_case(text: str) -> str:
    """The verb in front and by its own name: `1042 reply` is `reply 1042`, `take` is `claim`."""
    verb, rest = first(text)
    if _CASE.fullmatch(verb):
        second, more = first(rest)
        verb, rest = second or "show", f"{verb} {more}"
    verb = SYNONYMS.get(keyword(verb), keyword(verb))
    if verb == "close" and begins_with_case(rest):
        verb = "resolve"
    return f"{verb} {rest}".strip()


def begins_with_case(text: str) -> bool:
    return _CASE.fullmatch(first(text)[0]) is not None


# The readers


def nothing(text: str) -> None:
    if text.strip():
        raise Misread


def any_words(text: str) -> str:
    return as_typed(text)


def words(text: str) -> str:
    return as_typed(text) or _misread()


def search(text: str) -> str:
    """Words for the one grammar of searches, which undoes Slack's escapes itself."""
    return text.strip() or _misread()


def case(text: str) -> CaseId:
    number, rest = case_and_words(text)
    nothing(rest)
    return number


def case_and_words(text: str) -> tuple[CaseId, str]:
    word, rest = first(text)
    found = _CASE.fullmatch(word)
    return (CaseId(int(found[1])), as_typed(rest)) if found else _misread()


def case_and_place(text: str) -> tuple[CaseId, Place | None, str]:
    """The place may be missing, and then so are the words: a form asks for both."""
    word, rest = first(text)
    where, more = first(rest)
    return case(word), place(where) if where else None, as_typed(more)


def case_and_person(text: str) -> tuple[CaseId, Place | None]:
    number, where, rest = case_and_place(text)
    nothing(rest)
    return number, where


def case_and_duration(text: str) -> tuple[CaseId, Duration | None]:
    number, rest = case_and_words(text)
    return number, parse_duration(rest) if rest else None


def case_and_priority(text: str) -> tuple[CaseId, Priority | None]:
    number, rest = case_and_words(text)
    return number, priority(rest) if rest else None


def case_into_case(text: str) -> tuple[CaseId, CaseId | None]:
    number, rest = case_and_words(text)
    word, more = first(rest)
    target = more if keyword(word) in ("into", "in", "to") else rest
    return number, case(target) if target else None


def case_and_url(text: str) -> tuple[CaseId, str | None]:
    number, rest = case_and_words(text)
    return number, url(rest) if rest else None


def url(text: str) -> str:
    """A whole web address."""
    return text.strip() if is_web_address(text.strip()) else _misread()


def two_cases(text: str) -> tuple[CaseId, CaseId | None]:
    """`1001 1002`, also `1001 to 1002` and `1001 and 1002`."""
    number, rest = case_and_words(text)
    word, more = first(rest)
    other = more if keyword(word) in ("to", "with", "and") else rest
    return number, case(other) if other else None


def count(text: str) -> int:
    found = _COUNT.fullmatch(text.strip())
    return int(found[1]) if found else _misread()


def perhaps_count(text: str) -> int | None:
    return count(text) if text.strip() else None


def two_counts(text: str) -> tuple[int, int]:
    word, rest = first(text)
    where, more = first(rest)
    return count(word), count(more if keyword(where) == "to" else rest)


def place(text: str) -> Place:
    """`@ann`, `#care-sales`, what Slack makes of them, or a department's key."""
    word = text.strip()
    if found := _PLACE.fullmatch(word):
        return Place(found[1] == "@", found[2])
    name = as_typed(word)
    bare = name.strip(_QUOTES).removeprefix("#")
    if not bare.removeprefix("@") or len(name.split()) != 1:
        raise Misread
    return Place("@" in bare, bare)


def any_place(text: str) -> Place | None:
    return place(text) if text.strip() else None


def priority(text: str) -> Priority:
    try:
        return Priority(keyword(text))
    except ValueError:
        raise Misread from None


def _seen(found: re.Match[str]) -> str:
    sign, target, label = found[1], found[2], found[3] or ""
    if sign == "!":
        return label or f"@{target}"
    if sign:
        return sign + (label.removeprefix(sign) or target)
    return target if target.startswith("http") else label or target


def _misread() -> NoReturn:
    raise Misread
