"""One row of the table: what Slack does, who says so, whether it holds here, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

DOCS = "https://docs.slack.dev/"
FOLDERS = ("reference/", "apis/", "surfaces/", "messaging/", "interactivity/", "authentication/")


class Standing(Enum):
    """How far a rule holds here."""

    HOLDS = "holds"
    STRICTER = "stricter"  # on purpose: what passes here passes there
    LOOSER = "looser"  # Slack refuses more than this does
    OPEN = "open"  # sources differ or say nothing: only Slack itself can tell


@dataclass(frozen=True)
class Rule:
    """A rule; `test` is the file in `tests/slack_sandbox` and the test in it that shows it."""

    says: str
    source: str
    standing: Standing
    test: str
    note: str = ""

    @property
    def address(self) -> str:
        """Where to read it: a page of Slack's documentation, or the words for another source."""
        return f"{DOCS}{self.source}" if self.source.startswith(FOLDERS) else self.source


def holds(says: str, source: str, test: str, note: str = "") -> Rule:
    return Rule(says, source, Standing.HOLDS, test, note)


def stricter(says: str, source: str, test: str, note: str) -> Rule:
    return Rule(says, source, Standing.STRICTER, test, note)


def looser(says: str, source: str, note: str) -> Rule:
    return Rule(says, source, Standing.LOOSER, "", note)


def unsettled(says: str, source: str, note: str, test: str = "") -> Rule:
    """The note tells what is assumed here, and what would settle it."""
    return Rule(says, source, Standing.OPEN, test, note)
