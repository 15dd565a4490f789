"""Identities: a member is not a channel, a case number is not a count."""

from typing import NewType

CaseId = NewType("CaseId", int)
MemberId = NewType("MemberId", str)  # a Slack user id, "U…" or "W…"
ChannelId = NewType("ChannelId", str)  # a Slack channel id, "C…", "G…" or "D…"
DepartmentKey = NewType("DepartmentKey", str)
IncidentId = NewType("IncidentId", int)
PostKey = NewType("PostKey", str)  # "source:id", as the intake answers it

CLOCK = MemberId("clock")  # who acted, where no person did
DESK = MemberId("desk")
CUSTOMER = MemberId("customer")

TRIAGE = DepartmentKey("triage")  # where a post goes that no rule matched
RAPID_RESPONSE = DepartmentKey("rapid-response")  # a channel for pings, without a queue
