"""The small language the block tables are written in: checks that report faults with pointers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Rule = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where it is, and the rule it breaks."""

    message: str
    pointer: str
    constraint: Rule

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"

    def as_json(self) -> dict[str, Any]:
        return {
            "code": "failed_constraint",
            "message": self.message,
            "pointer": self.pointer,
            "constraint": dict(self.constraint),
        }


Check = Callable[[Any, str, list[Fault]], None]


def anything(_value: Any, _at: str, _faults: list[Fault]) -> None:
    """Whatever stands there."""


def string(most: int, least: int = 1) -> Check:
    """A string within a length."""

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        if not isinstance(value, str):
            faults.append(wrong_type(at, "string"))
        elif len(value) > most:
            rule = {"type": "max_length", "expected": most}
            faults.append(Fault(f"must be less than {most + 1} characters", at, rule))
        elif len(value) < least:
            rule = {"type": "min_length", "expected": least}
            faults.append(Fault(f"must be more than {least - 1} characters", at, rule))

    return check


def whole(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            faults.append(wrong_type(at, "number"))
        elif not least <= value <= most:
            rule = {"type": "range", "expected": [least, most]}
            faults.append(Fault(f"must be between {least} and {most}", at, rule))

    return check


def number(value: Any, at: str, faults: list[Fault]) -> None:
    """Any number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        faults.append(wrong_type(at, "number"))


def flag(value: Any, at: str, faults: list[Fault]) -> None:
    """True or false."""
    if not isinstance(value, bool):
        faults.append(wrong_type(at, "boolean"))


def matching(pattern: Callable[[str], object], what: str) -> Check:
    """A string of a certain form."""

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        if not isinstance(value, str) or not pattern(value):
            faults.append(Fault(f"must be {what}", at, {"type": "format", "expected": what}))

    return check


def choice(*allowed: str) -> Check:
    """One of a few words."""

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        if value not in allowed:
            rule = {"type": "enum", "expected": list(allowed)}
            faults.append(Fault(f"must be one of: {', '.join(allowed)}", at, rule))

    return check


def many(item: Check, most: int, least: int = 1) -> Check:
    """A list within a length, each item checked."""

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        if not isinstance(value, list):
            faults.append(wrong_type(at, "array"))
            return
        if len(value) > most:
            rule = {"type": "max_items", "expected": most}
            faults.append(Fault(f"no more than {most} items allowed", at, rule))
        if len(value) < least:
            rule = {"type": "min_items", "expected": least}
            faults.append(Fault(f"no fewer than {least} items allowed", at, rule))
        for position, one in enumerate(value):
            item(one, f"{at}/{position}", faults)

    return check


def shape(**fields: Check | tuple[Check]) -> Check:
    """An object with these fields; one in a tuple is required, others are unknown to Slack."""
    checks = {_name(name): check if callable(check) else check[0] for name, check in fields.items()}
    required = [_name(name) for name, check in fields.items() if not callable(check)]

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        if not isinstance(value, dict):
            faults.append(wrong_type(at, "object"))
            return
        for name in required:
            if value.get(name) is None:
                rule: Rule = {"type": "required", "expected": name}
                faults.append(Fault(f"missing required field: {name}", at, rule))
        for name, one in value.items():
            if name not in checks:
                rule = {"type": "additional_property", "expected": sorted(checks)}
                faults.append(Fault(f"invalid additional property: {name}", at, rule))
            elif one is not None:
                checks[name](one, f"{at}/{name}", faults)

    return check


def by_type(table: Mapping[str, Check]) -> Check:
    """An object checked by the row of its `type`."""

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in table:
            table[kind](value, at, faults)
        else:
            rule: Rule = {"type": "enum", "expected": list(table)}
            faults.append(Fault(f"unsupported type: {kind}", f"{at}/type", rule))

    return check


def both(*checks: Check) -> Check:
    """Several checks of the same value."""

    def check(value: Any, at: str, faults: list[Fault]) -> None:
        for one in checks:
            one(value, at, faults)

    return check


def wrong_type(at: str, expected: str) -> Fault:
    return Fault(f"must provide a {expected}", at, {"type": "type", "expected": expected})


def _name(keyword: str) -> str:
    """`from_` stands for a field whose name Python keeps for itself."""
    return keyword.rstrip("_")
