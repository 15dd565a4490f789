"""What still points at a department that somebody is about to remove."""

from collections.abc import Mapping

from bot.domain.boards import Removal
from bot.domain.ids import DepartmentKey
from bot.services.kernel import Work


def removal(work: Work, key: DepartmentKey) -> Removal:
    """Raises NoSuchDepartment; all that is counted comes back with an undo."""
    setup = work.setup
    rules = list(enumerate(setup.book.rules, start=1))
    return Removal(
        setup.department(key),
        fallback=setup.departments[setup.fallback].name,
        cases=work.tx.displaced.open_count(key),
        asks=work.tx.displaced.open_asks(key),
        rules=tuple(number for number, rule in rules if rule.department == key),
        followed=tuple(number for number, rule in rules if key in rule.also),
        covers=tuple(one.name for one in setup.departments.values() if one.cover == key),
        steps=sum(step.ping.department == key for step in setup.policy.escalation),
        is_default=setup.book.default == key,
    )


def removed_by(work: Work, document: object) -> list[Removal]:
    """Of the departments that this document leaves out, those that something points at."""
    listed = document.get("department") if isinstance(document, Mapping) else None
    tables = listed if isinstance(listed, list) else []
    keys = {str(one.get("key")) for one in tables if isinstance(one, Mapping)}
    gone = [key for key in work.setup.departments if key not in keys]
    return [one for one in (removal(work, key) for key in gone) if one.points_somewhere]


def by_undo(work: Work, number: int) -> list[Removal]:
    """The same for the undo of a change."""
    change = work.tx.setup.get_change(number)
    is_meant = change is not None and change.area == "departments"
    return removed_by(work, change.before) if change and is_meant else []


def without(work: Work, key: DepartmentKey) -> dict[str, object]:
    """The departments' document once that one is removed; raises NoSuchDepartment."""
    work.setup.department(key)
    document = work.tx.setup.get("departments")
    known = dict(document) if isinstance(document, Mapping) else {}
    tables = known.get("department")
    listed = tables if isinstance(tables, list) else []
    return {**known, "department": [one for one in listed if one.get("key") != key]}
