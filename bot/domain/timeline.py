"""The append-only record of what happened to a case; every figure and receipt comes from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CaseId, MemberId


class What(StrEnum):
    OPENED = "opened"
    POSTED = "customer wrote"
    EDITED = "customer edited"
    DELETED = "customer deleted"
    ROUTED = "routed"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    HANDED_OFF = "handed off"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    BOUNCED = "hand-off lapsed"
    ASKED = "asked"
    ANSWERED = "question answered"
    ASK_DONE = "ask done"
    FOLLOWED = "asked to follow"
    ASK_TAKEN_BACK = "ask taken back"
    ESCALATED = "escalated"
    WARNED = "warned"
    BREACHED = "breached"
    PINGED = "pinged"
    NOT_CALLED = "not called"  # a step that was due, and why it was not said
    ACKNOWLEDGED = "acknowledged"
    HANGING = "unanswered for 72 hours"
    SNOOZED = "snoozed"
    WOKE = "woke"
    PRIORITY = "priority"
    MERGED = "merged"
    SPLIT = "split"
    CLOSED = "closed"
    REOPENED = "reopened"
    OUTSIDE = "answered outside the desk"  # data["undone"]: taken back
    REPLY = "reply"  # data["state"] says how far it came
    PROMISE = "promise"  # a clock started, stopped or was set anew
    LINKED = "linked to an incident"
    CASE_LINKED = "linked to another case"
    CASE_UNLINKED = "link to another case removed"
    NOTE = "note"


# After these somebody else has the case, or nobody, or it needs nobody.
PASSES = frozenset(
    {
        What.ROUTED, What.CLAIMED, What.RELEASED, What.ASSIGNED, What.HANDED_OFF, What.ACCEPTED,
        What.RETURNED, What.BOUNCED, What.CLOSED, What.REOPENED, What.SPLIT, What.OUTSIDE,
        What.REPLY,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    case: CaseId
    at: datetime
    what: What
    by: MemberId
    data: Mapping[str, object] = field(default_factory=dict)
