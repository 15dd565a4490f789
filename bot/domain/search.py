"""The one grammar of routing rules, `/case find` and `/case close`: text to query and back.

A space is *and*, a comma is *or*, `-` before a term is *not*, a bare word means `words:`.
Which keys mean something is the business of `bot.domain.conditions`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.errors import BadQuery
from bot.domain.pasted import as_pasted

MAX_LENGTH = 2_000
MAX_TERMS = 64
WORDS = "words"  # the key of a bare word

_QUOTES = '"“”„‟«»'  # phones and Slack put curly ones where straight ones were typed
_DASHES = "-‐‑–—−"
_KEY = r"(?P<key>[A-Za-z][A-Za-z0-9_-]*):(?!//)"  # a link is a word, not the key "https"

_GAP = re.compile(r"\s*(?=\S)")
_NOT = re.compile(rf"[{_DASHES}]+")
_NAME = re.compile(rf"{_KEY}\s*")
_VALUE = re.compile(
    rf"[{_QUOTES}](?P<quoted>(?:\\.|[^\\{_QUOTES}])*)[{_QUOTES}]|(?P<bare>[^\s,{_QUOTES}]+)", re.S
)
_COMMA = re.compile(r"\s*,\s*")
_END = re.compile(r"(?=\s|\Z)")

_NEEDS_NO_QUOTES = re.compile(rf"(?!//)(?![{_DASHES}])(?!{_KEY})[^\s,{_QUOTES}]+")
_FROM_SLACK = re.compile(
    r"<(?P<mark>[@#!]|(?=(?:https?|mailto|tel):))(?P<target>[^<>|\s]+)(?:\|(?P<label>[^<>|]*))?>"
    r"|&(?P<sign>amp|lt|gt);"
)
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}
_OTHER_TONGUES = {
    "OR": "write a comma: words:refund,voucher",
    "AND": "write a space: words:refund lang:nl",
    "NOT": "write - before the term: -words:refund",
}


@dataclass(frozen=True)
class Term:
    """One condition: any of `values` holds for `key`, or none where `negated`."""

    key: str
    negated: bool
    values: tuple[str, ...]

    def __str__(self) -> str:
        values = ",".join(_written(value) for value in self.values)
        return f"{'-' if self.negated else ''}{self.key}:{values}"

    def implies(self, other: "Term") -> bool:
        """Whatever meets this term certainly meets the other, by their words alone."""
        if (self.key, self.negated) != (other.key, other.negated):
            return False
        mine, theirs = set(self.values), set(other.values)
        return mine >= theirs if self.negated else mine <= theirs


@dataclass(frozen=True)
class Query:
    """Terms that must all hold; without terms everything is found."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """The canonical text, which parses to this query again."""
        return " ".join(str(term) for term in self.terms)

    def implies(self, other: "Query") -> bool:
        """Whatever this query finds the other certainly finds too, by their words alone."""
        return all(any(mine.implies(theirs) for mine in self.terms) for theirs in other.terms)


def parse(text: str) -> Query:
    """What was typed, as a query, or a `BadQuery` that names the term at fault."""
    text = as_pasted(text)
    _refuse_longer(text, "this search")
    query = Query(tuple(_Reader(text).terms()))
    if len(query.terms) > MAX_TERMS:
        raise BadQuery(
            f"this search has {len(query.terms)} terms, at most {MAX_TERMS} are read",
            "join the values of one key with commas: words:refund,voucher",
        )
    # The canonical text is what a rule is stored as, so it has to be readable again.
    _refuse_longer(str(query), "written out, this search")
    return query


class _Reader:
    """A place in the text that moves on with everything read."""

    def __init__(self, text: str):
        self._text = text
        self._at = 0
        self._term_began = 0

    def terms(self) -> Iterator[Term]:
        while self._take(_GAP):
            yield self._term()

    def _term(self) -> Term:
        self._term_began = self._at
        is_negated = self._take(_NOT) is not None
        name = self._take(_NAME)
        key = name["key"].lower() if name else WORDS
        values = [self._value(key)]
        if instead := _OTHER_TONGUES.get(self._so_far()):
            raise self._fault("not a word of this search", instead)
        while self._take(_COMMA):
            values.append(self._value(key))
        if not self._take(_END):
            raise self._fault("a quote in the middle of a word", "put the whole value in quotes")
        return Term(key, is_negated, tuple(values))

    def _value(self, key: str) -> str:
        match = self._take(_VALUE)
        if not match:
            raise self._missing_value()
        if match["bare"]:
            self._refuse_misplaced(match["bare"], key)
        text = match["bare"] or re.sub(r"\\(.)", r"\1", match["quoted"], flags=re.S)
        value = _as_typed(text).strip()
        if not value:
            raise self._fault("a value is missing", f'write {key}:value or {key}:"two words"')
        return value

    def _refuse_misplaced(self, bare: str, key: str) -> None:
        if bare[0] in _DASHES:
            instead = f"-{key}:{bare.lstrip(_DASHES)}"
            raise self._fault("- belongs before the whole term", f"write {_short(instead)}")
        if re.match(_KEY, bare):
            raise self._fault(
                f"{_short(bare)} stands where a value of {key} belongs",
                "put a space, not a comma, between terms, and quotes around a value with a colon",
            )

    def _missing_value(self) -> BadQuery:
        rest = self._text[self._at :]
        if rest and rest[0] in _QUOTES:
            self._at += len(rest)
            return self._fault("a quote is opened and never closed", 'write location:"New York"')
        self._at += 1  # so that the fault names a lone comma too
        return self._fault("a value is missing", "write key:value, as in words:refund,voucher")

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def _so_far(self) -> str:
        return self._text[self._term_began : self._at].strip()

    def _fault(self, why: str, hint: str) -> BadQuery:
        return BadQuery(f"{_short(self._so_far().removesuffix(':'))}: {why}", hint)


def _refuse_longer(text: str, what: str) -> None:
    if len(text) > MAX_LENGTH:
        raise BadQuery(f"{what} has {len(text)} characters, at most {MAX_LENGTH} are read")


def _as_typed(text: str) -> str:
    """`text` as the person typed it, before Slack escaped signs, people, channels and links."""
    return _FROM_SLACK.sub(_typed, text)


def _typed(match: re.Match[str]) -> str:
    if match["sign"]:
        return _SIGNS[match["sign"]]
    return match["mark"].strip("!") + (match["label"] or match["target"])


def _written(value: str) -> str:
    """`value` bare where that reads back as the same, else quoted and escaped."""
    is_plain = _as_typed(value) == value
    if is_plain and _NEEDS_NO_QUOTES.fullmatch(value):
        return value
    inert = value if is_plain else re.sub("[&<>]", _escaped, value)
    return '"' + re.sub(rf"[\\{_QUOTES}]", r"\\\g<0>", inert) + '"'


def _escaped(match: re.Match[str]) -> str:
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[match[0]]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
