"""All rules, by what they are about."""

from slack_sandbox.coverage.blocks import BLOCKS
from slack_sandbox.coverage.forms import FORMS
from slack_sandbox.coverage.line import LINE
from slack_sandbox.coverage.messages import MESSAGES
from slack_sandbox.coverage.places import PLACES
from slack_sandbox.coverage.rule import Rule

RULES: dict[str, tuple[Rule, ...]] = {
    "Messages and mentions": MESSAGES,
    "Blocks": BLOCKS,
    "Forms, home tabs and answers": FORMS,
    "Conversations and people": PLACES,
    "Events, connections and limits": LINE,
}
