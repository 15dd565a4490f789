"""A department: the owner of one Slack channel, with hours, a cover and a lead."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.hours import ALWAYS, BusinessHours
from bot.domain.ids import DepartmentKey, MemberId


@dataclass(frozen=True)
class Department:
    key: DepartmentKey
    name: str
    channel: str  # as written, "#care-service"
    calendar: BusinessHours = field(default=ALWAYS)
    cover: DepartmentKey | None = None
    lead: str | None = None  # an e-mail address or a Slack user id, as written
    handoff_needs: tuple[str, ...] = ()
    has_queue: bool = True  # legal and hr approve; they own no cases


class Role(StrEnum):
    """What a named member is beside being in the channel."""

    MEMBER = "member"
    LEAD = "lead"
    TRAINEE = "trainee"


@dataclass(frozen=True)
class Person:
    """A person of the workspace, as the desk last saw them."""

    id: MemberId
    name: str = ""
    email: str = ""
    is_admin: bool = False  # of the workspace; whether of the desk, `standing` says
    is_outside: bool = False  # a guest, or of another workspace: needs naming
    is_gone: bool = False
    time_zone: str = "UTC"
