"""What a file says otherwise than what is in force: table, key, before and after."""

import json
from collections.abc import Iterator, Mapping

from bot.domain.setup_tables import Document

_NAMED_BY = {"department": ("key",), "target": ("department", "priority")}  # others by position


def differences(in_force: Document, written: Document) -> Iterator[str]:
    """A line for each key that applying the file would change, or table it would add or drop."""
    for key in dict.fromkeys([*in_force, *written]):
        before, after = in_force.get(key), written.get(key)
        if _are_tables(before) or _are_tables(after):
            yield from _tables(key, before or [], after or [])
        elif before != after:
            yield f"{key}: {_said(before)} -> {_said(after)}"


def _tables(key: str, before: object, after: object) -> Iterator[str]:
    held, wanted = _by_name(key, before), _by_name(key, after)
    for name in dict.fromkeys([*held, *wanted]):
        if name not in wanted:
            yield f"{name}: {_said(held[name])} -> nothing"
        elif name not in held:
            yield f"{name}: nothing -> {_said(wanted[name])}"
        else:
            yield from _keys(name, held[name], wanted[name])


def _keys(name: str, before: Document, after: Document) -> Iterator[str]:
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield f"{name}: {key}: {_said(before.get(key))} -> {_said(after.get(key))}"


def _by_name(key: str, tables: object) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for number, table in enumerate(tables if isinstance(tables, list) else [], start=1):
        names = [str(table[one]) for one in _NAMED_BY.get(key, ()) if one in table]
        name = f"{key} {', '.join(names)}" if names else f"{key} {number}"
        found[name if name not in found else f"{name} (the {number}th)"] = table
    return found


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _said(value: object) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
