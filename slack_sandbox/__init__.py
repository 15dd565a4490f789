"""A small local Slack: Web API, Socket Mode, people and a page, for the real clients."""

from slack_sandbox.extras import Extra, Refused
from slack_sandbox.faults import Faults
from slack_sandbox.interactions import Interaction
from slack_sandbox.people import Person
from slack_sandbox.pings import Mention
from slack_sandbox.sandbox import Sandbox
from slack_sandbox.state import Channel, Message
from slack_sandbox.view import View
from slack_sandbox.workspace import Call, Violation

__all__ = [
    "Call",
    "Channel",
    "Extra",
    "Faults",
    "Interaction",
    "Mention",
    "Message",
    "Person",
    "Refused",
    "Sandbox",
    "View",
    "Violation",
]
