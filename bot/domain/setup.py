"""Set-up documents, in the shape of the TOML files, read into domain values and written back.

The files and the database hold documents; whatever is wrong in one is told at once, as `Broken`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.department import Department
from bot.domain.errors import Broken
from bot.domain.on_call import Rota
from bot.domain.ports import HolidayBook
from bot.domain.routing import RuleBook
from bot.domain.setup_departments import read_departments
from bot.domain.setup_promises import policy_document, read_policy
from bot.domain.setup_rota import read_rota, rota_document
from bot.domain.setup_routing import read_routing, routing_document
from bot.domain.setup_tables import Document
from bot.domain.sla import Policy

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
]

T = TypeVar("T")


@dataclass(frozen=True)
class Setup:
    """What holds on this desk; each field is the area of one document."""

    departments: tuple[Department, ...]
    routing: RuleBook
    sla: Policy
    on_call: Rota


def setup_from(documents: Mapping[str, Document], holidays: HolidayBook) -> Setup:
    """All areas, checked against each other; an area without a document is empty."""
    faults: list[str] = []
    departments = read_departments(documents.get("departments", {}), holidays, faults)
    setup = Setup(
        departments,
        routing=read_routing(documents.get("routing", {}), departments, faults),
        sla=read_policy(documents.get("sla", {}), departments, faults),
        on_call=read_rota(documents.get("on_call", {}), faults),
    )
    return _unless(faults, setup)


def departments_from(document: Document, holidays: HolidayBook) -> tuple[Department, ...]:
    faults: list[str] = []
    return _unless(faults, read_departments(document, holidays, faults))


def routing_from(document: Document, known: Collection[Department]) -> RuleBook:
    faults: list[str] = []
    return _unless(faults, read_routing(document, known, faults))


def policy_from(document: Document, known: Collection[Department]) -> Policy:
    faults: list[str] = []
    return _unless(faults, read_policy(document, known, faults))


def rota_from(document: Document) -> Rota:
    faults: list[str] = []
    return _unless(faults, read_rota(document, faults))


def _unless(faults: list[str], value: T) -> T:
    if faults:
        raise Broken(faults)
    return value
