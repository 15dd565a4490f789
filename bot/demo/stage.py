"""Who works at Northwind, in which channels, by which rules: the stage of the demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sandbox import Person, Sandbox

COMPANY = "Northwind"


@dataclass(frozen=True)
class Actor:
    name: str
    title: str
    channels: tuple[str, ...]
    is_admin: bool = False


ACTORS = (
    Actor("Ann", "Customer service", ("care-service", "care-triage")),
    Actor("Ben", "Technical support", ("care-technical", "care-triage")),
    Actor("Cem", "On call", ("rapid-response", "care-service")),
    Actor("Dora", "Lead of public relations", ("care-pr", "care-marketing", "rapid-response")),
    Actor("Eve", "Admin of the desk", ("care-triage", "care-sales", "rapid-response"), True),
    Actor("Sue", "Sales", ("care-sales",)),
)

DOCUMENTS: Mapping[str, Any] = {
    "routing": {
        "rule": [
            {"department": "pr", "when": 'words:journalist,newspaper,"press office"'},
            {"department": "technical", "when": "words:app,login,tablet*,api,password",
             "also": ["sales", "marketing"]},
            {"department": "service", "when": "words:stuck,stranded,gate", "priority": "urgent"},
            {"department": "service", "when": "words:refund*,bag*,luggage,koffer,gepäck,maleta"},
            {"department": "sales", "when": "words:price*,quote,buy,offer,licence*"},
            {"department": "marketing", "when": "words:advert*,campaign,sponsor*"},
            {"department": "service",
             "when": "words:ash,volcano,vulkan*,asche*,aswolk,cendres,cenizas"},
        ]
    },
    "on_call": {
        "shift": [
            {"person": "cem@example.com", "days": "daily", "hours": "00:00-24:00", "level": 1},
            {"person": "dora@example.com", "days": "daily", "hours": "00:00-24:00", "level": 2},
        ]
    },
    "named": {},
}  # fmt: skip

LEADS = {"service": "ann@example.com", "pr": "dora@example.com", "technical": "ben@example.com"}


def set_stage(slack: Sandbox) -> dict[str, Person]:
    """The people and their channels, before the desk looks for them."""
    people = {
        actor.name: slack.person(
            actor.name.lower(),
            email=f"{actor.name.lower()}@example.com",
            title=actor.title,
            admin=actor.is_admin,
        )
        for actor in ACTORS
    }
    for name in sorted({channel for actor in ACTORS for channel in actor.channels}):
        members = [people[actor.name] for actor in ACTORS if name in actor.channels]
        slack.channel(name, members=members, private=True)
    return people


def departments(shipped: Mapping[str, Any]) -> dict[str, Any]:
    """The shipped departments, with people to lead them."""
    tables = [
        {**table, **({"lead": LEADS[table["key"]]} if table["key"] in LEADS else {})}
        for table in shipped["department"]
    ]
    return {**shipped, "department": tables}
