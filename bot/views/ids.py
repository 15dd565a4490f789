"""Every name that Slack sends back to us: buttons, fields, forms.

A button's value is an identity and nothing else: the case's number, the key of a reply or ping, the
number of a question, change, step or incident; for *Merge* two case numbers, for *Cases* two
moments, for *Use this channel* a channel and a place. What may be done is the desk's to say.
"""

import re
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CaseId, ChannelId, DepartmentKey


class Action(StrEnum):
    """What a button does; heard under this name."""

    CLAIM = "claim"
    REPLY = "reply"
    HAND_OFF = "hand_off"
    ESCALATE = "escalate"
    NO_REPLY = "no_reply"
    MORE = "more"
    SOLVE = "solve"
    ACCEPT = "accept"
    GIVE_BACK = "give_back"
    DONE = "done"
    TAKE_OVER = "take_over"
    MERGE = "merge"
    UNDO_CLOSE = "undo_close"
    REOPEN = "reopen"
    UNDO_REPLY = "undo_reply"
    SEND_HELD = "send_held"
    REWRITE_REPLY = "rewrite_reply"
    DROP_REPLY = "drop_reply"
    REPLY_FOUND = "reply_found"
    SEND_AGAIN = "send_again"
    CHOOSE_POST = "choose_post"
    START_OVER = "start_over"
    ACKNOWLEDGE = "acknowledge"
    ACKNOWLEDGE_ALL = "acknowledge_all"
    ANSWER = "answer"
    UNDO_CHANGE = "undo_change"
    ROUTE_MENU = "route_menu"
    REMOVE_DEPARTMENT = "remove_department"
    SHOW = "show"
    OPEN = "open"
    EXPLAIN = "explain"
    ASK = "ask"
    ASSIGN = "assign"
    RELEASE = "release"
    SNOOZE = "snooze"
    PRIORITY = "priority"
    MERGE_INTO = "merge_into"
    ANSWERED_THERE = "answered_there"
    NOT_ANSWERED_THERE = "not_answered_there"
    CLOSE_REST = "close_rest"
    SPLIT = "split"
    LINK_CASE = "link_case"
    UNLINK_CASE = "unlink_case"
    MUTE = "mute"
    UNMUTE = "unmute"
    ALSO = "also"
    UNDO_ALSO = "undo_also"
    ASK_DONE = "ask_done"
    SETUP_STEP = "setup_step"
    USE_CHANNEL = "use_channel"
    BRAKE_WHY = "brake_why"
    INCIDENT_UPDATE = "incident_update"
    INCIDENT_ROLE = "incident_role"
    INCIDENT_LINK = "incident_link"
    INCIDENT_SEVERITY = "incident_severity"
    INCIDENT_CATCH_UP = "incident_catch_up"
    INCIDENT_TAKE_LEAD = "incident_take_lead"
    INCIDENT_STAND_DOWN = "incident_stand_down"
    INCIDENT_LET_IN = "incident_let_in"
    INCIDENT_NOT_NOW = "incident_not_now"


class Field(StrEnum):
    """A field of a form: the id of its block and of its element alike."""

    TEXT = "text"
    ACCOUNT = "account"
    DEPARTMENT = "department"
    PERSON = "person"
    PROMISED = "promised"
    WHOM = "whom"
    REASON = "reason"
    CHANNEL = "channel"
    LENGTH = "length"
    PRIORITY = "priority"
    INTO = "into"
    LINK = "link"
    AUTHOR = "author"
    CONDITIONS = "conditions"
    ALSO = "also"
    PROMISE = "promise"
    HOURS = "hours"
    TITLE = "title"
    SEVERITY = "severity"
    ROLE = "role"


class Form(StrEnum):
    """The callback of a form."""

    REPLY = "reply"
    REPLY_PREVIEW = "reply_preview"
    REPLY_FOUND = "reply_found"
    SEND_AGAIN = "send_again"
    HAND_OFF = "hand_off"
    ESCALATE = "escalate"
    MORE = "more"
    ASK = "ask"
    ANSWER = "answer"
    ASSIGN = "assign"
    SNOOZE = "snooze"
    PRIORITY = "priority"
    MERGE = "merge"
    ANSWERED_THERE = "answered_there"
    LINK_CASE = "link_case"
    MUTE = "mute"
    SOLVE = "solve"
    ALSO = "also"
    NEW_CASE = "new_case"
    CLOSE = "close"
    ROUTING = "routing"
    ROUTING_PREVIEW = "routing_preview"
    SLA = "sla"
    SLA_PREVIEW = "sla_preview"
    DECLARE = "declare"
    INCIDENT_UPDATE = "incident_update"
    INCIDENT_ROLE = "incident_role"
    INCIDENT_LINK = "incident_link"
    INCIDENT_SEVERITY = "incident_severity"
    INCIDENT_STAND_DOWN = "incident_stand_down"
    GIVE_BACK = "give_back"
    BRAKE_WHY = "brake_why"
    SHEET = "sheet"  # nothing to send: something to read


class Whom(StrEnum):
    """The rungs of *Escalate*."""

    LEAD = "lead"
    RAPID_RESPONSE = "rapid_response"
    CRISIS = "crisis"


ROUTE_TO = re.compile(r"route:(?P<department>.+)")
SHOW_FIGURE = re.compile(r"figure:(?P<figure>\w+)(?::(?P<department>.+))?")
TYPING = re.compile(r"text(?::[0-9]+)?")  # a field that tells of every letter
EVERY = "*"  # any department, any priority


def route_to(department: DepartmentKey) -> str:
    """The triage button of one department."""
    return f"route:{department}"


def routing(case: CaseId, department: DepartmentKey) -> str:
    """The same as a line of a menu, and as the value of what one department is asked."""
    return f"{case}:{department}"


def show_figure(name: str, department: DepartmentKey | None) -> str:
    """The button that opens the cases behind a figure; its value is the period, in seconds."""
    return f"figure:{name}:{department}" if department else f"figure:{name}"


def typing(opened_at: datetime) -> str:
    """A field like the one before, and empty: Slack keeps what stands in the same one."""
    return f"{Field.TEXT}:{int(opened_at.timestamp())}"


def using(channel: ChannelId, place: str) -> str:
    """The value of *Use this channel*: which one, and for whom."""
    return f"{channel}:{place}"


def merging(case: CaseId, into: CaseId) -> str:
    """The value of *Merge*: the newer case goes into the older one."""
    return f"{max(case, into)}:{min(case, into)}"
