"""Prints the table for a reader: `python -m slack_sandbox.coverage`."""

import sys
from collections import Counter
from collections.abc import Iterator

from slack_sandbox.coverage import CODES, METHODS, RULES
from slack_sandbox.coverage.rule import Rule

HEAD = """# The local Slack beside the real one

*holds*: as Slack does. *stricter*: on purpose. *looser*: Slack refuses more. *open*: sources
differ or are silent, and only Slack itself can tell; `python -m bot check --views` asks its
validator, which knows blocks, and neither surfaces nor roll-out.
"""


def lines() -> Iterator[str]:
    yield HEAD
    counted = Counter(rule.standing.value for rules in RULES.values() for rule in rules)
    yield " · ".join(f"{count} {standing}" for standing, count in sorted(counted.items()))
    for about, rules in RULES.items():
        yield f"\n## {about}\n"
        yield "| Slack | here | source | shown by |\n|---|---|---|---|"
        yield from map(_row, rules)
    yield "\n## Error codes\n\n| code | method | source | shown by |\n|---|---|---|---|"
    for code, one in sorted(CODES.items()):
        yield f"| `{code}` | {one.method} | {one.source} | {one.test} |"
    yield "\n## Methods\n\n| method | how much | tests |\n|---|---|---|"
    for name, method in sorted(METHODS.items()):
        yield f"| `{name}` | {method.note or method.status} | {method.tests} |"


def _row(rule: Rule) -> str:
    standing = f"**{rule.standing.value}**" + (f": {rule.note}" if rule.note else "")
    return f"| {rule.says} | {standing} | {rule.address} | {rule.test or '—'} |"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines())
