"""One post as JSON, the same for every way in: the signed door, a file, a connector."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from bot.domain.errors import Broken
from bot.domain.post import BY_HAND, Author, Post, PostKind, Priority, Visibility
from bot.domain.web_address import MAX_LENGTH as MAX_URL
from bot.domain.web_address import is_web_address

MAX_TEXT = 64 * 1024
MAX_WORD = 255  # ids, handles, names and other one-line fields
MAX_MEDIA = 20
SOURCE = re.compile(r"[a-z0-9_-]{1,32}")  # the label of a network

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
_UNDETERMINED = "und"  # how ISO 639 says that nobody knows

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with one field; it never quotes what stood there."""

    field: str
    error: str

    def __str__(self) -> str:
        return f"{self.field}: {self.error}" if self.field else self.error


class BadPost(Broken):
    """JSON, but not a post; `fields` names every wrong one."""

    def __init__(self, fields: list[FieldFault]):
        super().__init__([str(fault) for fault in fields])
        self.fields = fields


def parse_post(raw: object, *, door: str) -> Post:
    """The post in what `load_json` gave; `door` is its source where it names none."""
    if not isinstance(raw, dict):
        raise BadPost([FieldFault("", "must be an object")])
    faults: list[FieldFault] = []
    post = _post(_Fields(raw, faults), door)
    if faults:
        raise BadPost(faults)
    return post


def post_to_json(post: Post) -> dict[str, object]:
    """The form that `parse_post` reads back as the same post."""
    return {
        "id": post.id,
        "source": post.source,
        "text": post.text,
        "created_at": post.created_at.isoformat() if post.created_at else None,
        "author": {
            "id": post.author.id,
            "handle": post.author.handle,
            "name": post.author.name,
            "followers": post.author.followers,
        },
        "account": post.account,
        "visibility": post.visibility.value,
        "kind": post.kind.value,
        "addressed": post.addressed,
        "priority": post.priority.value if post.priority else None,
        "url": post.url,
        "in_reply_to": post.in_reply_to,
        "conversation": post.conversation,
        "language": post.language,
        "location": post.location,
        "media": list(post.media),
    }


class _Wrong(Exception):
    """Why a value cannot stand in its field."""


class _Fields:
    """Reads one object field by field: a fault is noted, and reading goes on.

    A field that is null or blank is absent.
    """

    def __init__(self, raw: Mapping[str, object], faults: list[FieldFault], prefix: str = ""):
        self._raw = raw
        self._faults = faults
        self._prefix = prefix

    def read(self, name: str, meaning: Callable[[object], Value], *, absent: Value) -> Value:
        if not self._has(name):
            return absent
        try:
            return meaning(self._raw[name])
        except _Wrong as wrong:
            self._note(name, str(wrong))
            return absent

    def optional(self, name: str, meaning: Callable[[object], Value]) -> Value | None:
        return self.read(name, meaning, absent=None)

    def required(self, name: str, meaning: Callable[[object], str]) -> str:
        if not self._has(name):
            self._note(name, "is required")
        return self.read(name, meaning, absent="")

    def inner(self, name: str) -> "_Fields":
        return _Fields(self.read(name, _object, absent={}), self._faults, f"{name}.")

    def _has(self, name: str) -> bool:
        value = self._raw.get(name)
        return bool(value.strip()) if isinstance(value, str) else value is not None

    def _note(self, name: str, error: str) -> None:
        self._faults.append(FieldFault(self._prefix + name, error))


def _post(fields: _Fields, door: str) -> Post:
    kind = fields.read("kind", _one_of(PostKind), absent=PostKind.POST)
    media = fields.optional("media", _media) or ()
    text = fields.optional if media or kind is PostKind.DELETE else fields.required
    return Post(
        source=fields.read("source", _source, absent=door),
        id=fields.required("id", _word),
        text=text("text", _text) or "",
        author=_author(fields.inner("author")),
        created_at=fields.optional("created_at", _moment),
        account=fields.optional("account", _word),
        visibility=fields.read("visibility", _one_of(Visibility), absent=Visibility.PUBLIC),
        kind=kind,
        addressed=fields.read("addressed", _switch, absent=True),
        priority=fields.optional("priority", _one_of(Priority)),
        url=fields.optional("url", _url),
        in_reply_to=fields.optional("in_reply_to", _word),
        conversation=fields.optional("conversation", _word),
        language=fields.optional("language", _language),
        location=fields.optional("location", _word),
        media=media,
    )


def _author(fields: _Fields) -> Author:
    return Author(
        handle=fields.required("handle", _word),
        id=fields.optional("id", _word),
        name=fields.optional("name", _word),
        followers=fields.optional("followers", _count),
    )


# What a value may mean; each raises _Wrong.


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _Wrong("must be an object")
    return value


def _string(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise _Wrong("must be a string")
    if len(value) > longest:
        raise _Wrong(f"is longer than {longest} characters")
    return value


def _text(value: object) -> str:
    return _string(value, MAX_TEXT)


def _word(value: object) -> str:
    """One short line; a network that numbers its things may send the number."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return _string(str(value) if is_number else value, MAX_WORD).strip()


def _source(value: object) -> str:
    if not SOURCE.fullmatch(_word(value)):
        raise _Wrong("must be 1 to 32 of a-z, 0-9, _ and -")
    if _word(value) == BY_HAND:  # nothing is published there, so nobody could be answered
        raise _Wrong(f"must not be {BY_HAND}: so the desk names what a colleague typed")
    return _word(value)


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _Wrong("must be a whole number, 0 or more")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("must be true or false")
    return value


def _one_of(choices: type[Choice]) -> Callable[[object], Choice]:
    def meaning(value: object) -> Choice:
        if value not in list(choices):
            raise _Wrong(f"must be one of {', '.join(choices)}")
        return choices(str(value))

    return meaning


def _moment(value: object) -> datetime:
    """An ISO 8601 moment with its zone; without one nobody can say when it was."""
    try:
        moment = datetime.fromisoformat(_word(value))
        if moment.tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _Wrong("must be a date and time with its zone, like 2015-02-24T11:35:52-08:00")


def _url(value: object) -> str:
    if not is_web_address(_string(value, MAX_URL)):
        raise _Wrong("must be an http or https address")
    return str(value)


def _media(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_MEDIA:
        raise _Wrong(f"must be a list of at most {MAX_MEDIA} addresses")
    return tuple(_url(item) for item in value)


def _language(value: object) -> str | None:
    """The language without its region: "pt-BR" is "pt"."""
    match = _LANGUAGE.fullmatch(_word(value))
    if not match:
        raise _Wrong("must be a language code like en or pt-BR")
    code = match[1].lower()
    return None if code == _UNDETERMINED else code
