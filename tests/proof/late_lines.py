"""Pressing a line of the late list: each has a button of its own."""

from collections.abc import Iterator

from slack_sandbox import Message, Person
from slack_sandbox.elements import Placed, placed

ACKNOWLEDGE = "acknowledge"


def waiting(message: Message) -> list[Placed]:
    """The buttons of the cases that nobody has acknowledged yet."""
    return [one for one in placed(message.blocks) if one.action_id == ACKNOWLEDGE]


def of_case(message: Message, number: int) -> Iterator[Placed]:
    for one in waiting(message):
        if str(one.element.get("value", "")).startswith(f"ping:{number}:"):
            yield one


def acknowledge(person: Person, message: Message, line: Placed) -> None:
    person.press(message, ACKNOWLEDGE, block_id=line.block_id)
