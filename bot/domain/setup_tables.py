"""Set-up documents while they are read: a table tells what is wrong in it, by place and key."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TypeVar

from bot.domain.errors import Broken

T = TypeVar("T")
D = TypeVar("D")

Document = Mapping[str, object]  # what JSON can hold, in the shape of the TOML file
Read = Callable[[object], T]  # ValueError for one fault, Broken for several


class Table:
    """One table of a document; its faults go to a list that the whole document shares."""

    def __init__(self, place: str, content: Document, faults: list[str], prefix: str = ""):
        self._place = place
        self._faults = faults
        self._prefix = prefix
        self._asked: list[str] = []
        self.content = content
        self.reasons: list[str] = []  # what is wrong in this table, without its place

    def read(self, key: str, parse: Read[T], default: D) -> T | D:
        """What `key` says; `default` where it is left out, or at fault."""
        self._asked.append(key)
        if key not in self.content:
            return default
        return self.attempt(key, lambda: parse(self.content[key]), default)

    def need(self, key: str, parse: Read[T], default: D, *, example: str) -> T | D:
        """As `read`, but leaving it out is a fault."""
        if key not in self.content:
            self.fault(key, f"missing; write {key} = {example}")
        return self.read(key, parse, default)

    def attempt(self, key: str, make: Callable[[], T], default: D) -> T | D:
        """What is made; `default` where that fails, with the reasons as faults of `key`."""
        try:
            return make()
        except Broken as broken:
            reasons = broken.faults
        except ValueError as error:
            reasons = [str(error)]
        for reason in reasons:
            self.fault(key, reason)
        return default

    def tables(self, key: str, *named_by: str) -> Iterator["Table"]:
        """The tables `[[key]]`, each called by its number and what it says for `named_by`."""
        for number, content in enumerate(self.read(key, _several(key), []), start=1):
            names = ", ".join(str(content[name]) for name in named_by if name in content)
            called = f"{key} {number} ({names})" if names else f"{key} {number}"
            table = Table(f"{self._place}: {called}", content, self._faults)
            yield table
            table.refuse_unread()

    def inner(self, key: str) -> "Table | None":
        """The table that `key` holds; its faults are those of `key.…`."""
        content = self.read(key, _table, None)
        if content is None:
            return None
        return Table(self._place, content, self._faults, f"{self._prefix}{key}.")

    def refuse_unread(self) -> None:
        """A fault for each key that nobody asked for, once all that have a meaning were."""
        for key in self.content:
            if key not in self._asked:
                self.fault(key, f"no such key here; {nearest(key, self._asked)}")

    @property
    def is_sound(self) -> bool:
        return not self.reasons

    def fault(self, key: str, reason: str) -> None:
        self.reasons.append(f"{self._prefix}{key}: {reason}")
        self._faults.append(f"{self._place}: {self._prefix}{key}: {reason}")


def sound(entries: Iterable[tuple[Table, T]]) -> tuple[T, ...]:
    """What was read without a fault; only that is worth checking together, or using."""
    return tuple(read for table, read in entries if table.is_sound)


def nearest(word: str, known: Iterable[str]) -> str:
    """Which of the known words may have been meant, or all of them."""
    names = list(known)
    near = get_close_matches(word, names, n=1)
    return f"did you mean “{near[0]}”?" if near else f"known: {', '.join(names)}"


def _table(value: object) -> Document:
    if not isinstance(value, Mapping):
        raise ValueError("write a table in braces")
    return value


def _several(key: str) -> Read[list[Document]]:
    def read(value: object) -> list[Document]:
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise ValueError(f"write [[{key}]], in two brackets, above each table")
        return value

    return read
