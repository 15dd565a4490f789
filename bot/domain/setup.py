"""Set-up documents, in the shape of the TOML files, read into domain values and written back.

The files and the database hold documents; whatever is wrong in one is told at once, as `Broken`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.department import Department
from bot.domain.errors import Broken
from bot.domain.ids import DepartmentKey
from bot.domain.on_call import Rota
from bot.domain.ports import HolidayBook
from bot.domain.routing import RuleBook
from bot.domain.setup_departments import read_departments, usable
from bot.domain.setup_promises import policy_document, read_policy
from bot.domain.setup_rota import read_rota, rota_document
from bot.domain.setup_routing import read_routing, routing_document
from bot.domain.setup_tables import Document
from bot.domain.sla import DEFAULT, Policy

__all__ = [
    "Setup",
    "departments_from",
    "policy_document",
    "policy_from",
    "rota_document",
    "rota_from",
    "routing_document",
    "routing_from",
    "setup_from",
    "setup_in_force",
]

T = TypeVar("T")


@dataclass(frozen=True)
class Setup:
    """What holds on this desk; each field is the area of one document."""

    departments: tuple[Department, ...]
    routing: RuleBook
    sla: Policy
    on_call: Rota


@dataclass(frozen=True)
class SetupInForce(Setup):
    """The same as far as it can be read, with what was, and what is wrong."""

    former: tuple[Department, ...] = ()
    faults: tuple[str, ...] = ()


def setup_from(documents: Mapping[str, Document], holidays: HolidayBook) -> Setup:
    """All areas, checked against each other; an area without a document is empty."""
    faults: list[str] = []
    departments = read_departments(documents.get("departments", {}), holidays, faults)
    setup = Setup(
        departments,
        routing=read_routing(documents.get("routing", {}), departments, faults),
        sla=read_policy(documents.get("sla", {}), departments, faults, is_new=True),
        on_call=read_rota(documents.get("on_call", {}), faults),
    )
    return _unless(faults, setup)


def setup_in_force(documents: Mapping[str, Document], holidays: HolidayBook) -> "SetupInForce":
    """As far as it can be read: what cannot is named, and keeps no post from coming in."""
    faults: list[str] = []
    former = _former(documents.get("former", {}), holidays)
    gone = [one.key for one in former]
    departments = usable(read_departments(documents.get("departments", {}), holidays, faults, gone))
    return SetupInForce(
        departments,
        routing=read_routing(documents.get("routing", {}), departments, faults, gone),
        sla=_promising(documents.get("sla", {}), departments, faults, gone),
        on_call=read_rota(documents.get("on_call", {}), faults),
        former=former,
        faults=tuple(faults),
    )


def _promising(
    document: Document,
    known: Collection[Department],
    faults: list[str],
    gone: Collection[DepartmentKey],
) -> Policy:
    """Where no target can be read, customers are promised what they are on a new desk."""
    before = len(faults)
    policy = read_policy(document, known, faults, gone)
    is_lost = len(faults) > before and not policy.targets
    return replace(policy, targets=DEFAULT.targets) if is_lost else policy


def _former(document: Document, holidays: HolidayBook) -> tuple[Department, ...]:
    """Departments that are gone; cases may have been theirs, and their hours count on."""
    never_mind: list[str] = []
    found = read_departments(document, holidays, never_mind) if document else ()
    return tuple(one for one in found if one.key)


def departments_from(document: Document, holidays: HolidayBook) -> tuple[Department, ...]:
    faults: list[str] = []
    return _unless(faults, read_departments(document, holidays, faults))


def routing_from(
    document: Document, known: Collection[Department], gone: Collection[DepartmentKey] = ()
) -> RuleBook:
    faults: list[str] = []
    return _unless(faults, read_routing(document, known, faults, gone))


def policy_from(
    document: Document, known: Collection[Department], gone: Collection[DepartmentKey] = ()
) -> Policy:
    faults: list[str] = []
    return _unless(faults, read_policy(document, known, faults, gone))


def rota_from(document: Document) -> Rota:
    faults: list[str] = []
    return _unless(faults, read_rota(document, faults))


def _unless(faults: list[str], value: T) -> T:
    if faults:
        raise Broken(faults)
    return value
