"""What a setting may be. A fault never repeats the value: it may be a secret in the wrong line."""

import base64
import binascii
import re
from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_network
from typing import Literal, TypeVar
from urllib.parse import parse_qs, urlsplit

Choice = TypeVar("Choice", bound=StrEnum)

KEY_PREFIX = "whsec_"
FEWEST_KEY_LETTERS = 16
FEWEST_KEY_BYTES = 24
LONGEST_NAME = 200  # bytes, of a file; more files stand beside it, with longer ones

_EMAIL = re.compile(r"[^@\s,]+@(?=[^@\s,]+\.[^@\s,])[^@\s,]+")
_POSTGRES_URL = "postgresql://user:password@host:5432/database"
_MAKE_KEY = (
    'make one with: python -c "import base64, secrets;'
    f" print('{KEY_PREFIX}' + base64.b64encode(secrets.token_bytes(32)).decode())\""
)


class Secret(str):
    """A text that no repr shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('…')"


class LogLevel(StrEnum):
    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"
    CRITICAL = "CRITICAL"


def secret(text: str) -> Secret:
    if not re.fullmatch(r"[!-~]+", text):
        raise ValueError("has a space or a letter outside ASCII in it; copy it once more")
    return Secret(text)


def page_key(text: str) -> Secret:
    """Whoever guesses it reads what customers wrote."""
    if len(text) < FEWEST_KEY_LETTERS:
        how = 'python3 -c "import secrets; print(secrets.token_urlsafe(24))"'
        raise ValueError(f"is shorter than {FEWEST_KEY_LETTERS} characters; {how} makes one")
    return secret(text)


def token(start: str, name: str) -> Callable[[str], Secret]:
    def read(text: str) -> Secret:
        if not text.startswith(start):
            raise ValueError(f"does not begin with {start}; copy the “{name}” of your Slack app")
        return secret(text)

    return read


def webhook_key(text: str) -> Secret:
    """A key of the Standard Webhooks scheme."""
    try:
        key = base64.b64decode(text.removeprefix(KEY_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not text.startswith(KEY_PREFIX) or len(key) < FEWEST_KEY_BYTES:
        raise ValueError(
            f"is not {KEY_PREFIX} and base64 of at least {FEWEST_KEY_BYTES} bytes; {_MAKE_KEY}"
        )
    return Secret(text)


def url(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or not re.fullmatch(r"[!-~]+", text):
        raise ValueError("is no web address; write it whole, like https://example.com/replies")
    return text


def secret_url(text: str) -> Secret:
    """An address that may carry a password or a key."""
    return Secret(url(text))


def base_url(text: str) -> str:
    """An address that others are put behind, so it ends with a slash."""
    if "@" in urlsplit(url(text)).netloc:
        raise ValueError("has a name or a password in it, which nobody asks for there")
    return text.rstrip("/") + "/"


def store_url(text: str) -> str:
    if text.startswith(("postgresql:", "postgres:")):
        return _postgres_url(text)
    path = text.removeprefix("sqlite:///")
    if path in ("", text, ":memory:") or path.endswith("/"):
        raise ValueError(
            "is no file of SQLite; write sqlite:///data/desk.db,"
            " or sqlite:////srv/desk.db with a fourth slash for a path from the root;"
            f" PostgreSQL is named like {_POSTGRES_URL}"
        )
    if "\0" in path or any(
        len(name.encode(errors="surrogateescape")) > LONGEST_NAME for name in path.split("/")
    ):
        raise ValueError(f"has a name that no file can have; {LONGEST_NAME} letters are plenty")
    return text


def has_password(text: str) -> bool:
    """Of an address that was found to be one."""
    parts = urlsplit(text)
    return parts.password is not None or "password" in parse_qs(parts.query, keep_blank_values=True)


def _postgres_url(text: str) -> Secret:
    """It may carry a password."""
    _refuse_what_is_read_in_two_ways(text)
    try:
        parts = urlsplit(text)
        is_named = re.search(r"(^|&)(host|service)=.", parts.query)
        is_whole = parts.port != 0 and (parts.hostname or is_named)
    except ValueError:
        is_whole = None
    if not is_whole or not text.startswith(("postgresql://", "postgres://")):
        raise ValueError(f"is no address of PostgreSQL; write {_POSTGRES_URL}")
    if not parts.path.strip("/") and "service=" not in parts.query:
        raise ValueError(f"names no database; write {_POSTGRES_URL}")
    return secret(text)


def _refuse_what_is_read_in_two_ways(text: str) -> None:
    """Else the end of a password is taken for a host, and shown wherever that is not found."""
    if text.count("@") > 1 or re.search(r"[/?#].*@", text.partition("://")[2]):
        raise ValueError("has a letter in its password that ends it; write %40 for @, %2F for /,"
                         " %3F for ? and %23 for #")  # fmt: skip
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise ValueError("has a % that stands for nothing; write %25 for one")


def address(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", text):
        raise ValueError("is no name or address to listen on; write 127.0.0.1, or 0.0.0.0 for all")
    return text


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"is no whole number from {least} to {most}")
        return int(text)

    return read


def quota(text: str) -> int | None:
    return None if text.casefold() == "none" else whole_number(1, 1_000_000)(text)


def one_of(kind: type[Choice]) -> Callable[[str], Choice]:
    def read(text: str) -> Choice:
        for choice in kind:
            if choice.casefold() == text.casefold():
                return choice
        raise ValueError(f"is none of {', '.join(kind)}")

    return read


def emails(text: str) -> tuple[str, ...]:
    addresses = tuple(part.strip().casefold() for part in text.split(",") if part.strip())
    if not all(_EMAIL.fullmatch(address) for address in addresses):
        raise ValueError("is no list of e-mail addresses; put commas between them")
    return addresses


def networks(text: str) -> tuple[str, ...]:
    """Addresses, or networks of them."""
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return tuple(str(ip_network(part, strict=False)) for part in parts)
    except ValueError:
        raise ValueError(
            "is no list of addresses; write them like 10.0.0.5, or networks like 10.0.0.0/24, with"
            " commas between"
        ) from None


def handle(text: str) -> str:
    """An account as its network shows it."""
    if len(text) > 255 or len(text.split()) != 1 or not text.strip("@"):
        raise ValueError("is no account; write one handle without spaces, like @northwind")
    return text


def prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]{0,10}", text):
        raise ValueError("is no prefix; write at most 10 small letters, digits, - and _, like sp-")
    return text


def pace(text: str) -> float | Literal["auto"]:
    if text.casefold() == "auto":
        return "auto"
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text) or float(text) == 0:
        raise ValueError("is no number of messages per second; write auto, 1 or 0.5")
    return float(text)
