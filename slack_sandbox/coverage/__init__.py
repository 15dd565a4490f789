"""What this Slack has of the real one: methods, error codes, rules, and what only Slack can tell.

`python -m slack_sandbox.coverage` prints it for a reader.
"""

from slack_sandbox.coverage.codes import CODES
from slack_sandbox.coverage.methods import METHODS
from slack_sandbox.coverage.rules import RULES

__all__ = ["CODES", "METHODS", "RULES"]
