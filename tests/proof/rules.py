"""The config folder of a proof: promises short enough to wait for, and people on call all day."""

from collections.abc import Sequence
from pathlib import Path

from tests.proof.processes import ROOT

TARGET = """
[[target]]
department = "*"
priority = "*"
first_response = "{first_response}"
next_response = "1h"
resolution = "1d"
warn = "50%"
hours = "always"
"""
STEP = """
[[escalation]]
after = "{after}"
ping = "{ping}"
"""
SHIFT = """
[[shift]]
person = "{person}@example.com"
days = "daily"
hours = "00:00-24:00"
time_zone = "UTC"
level = {level}
"""


def configured(
    folder: Path, first_response: str, steps: Sequence[tuple[str, str]], on_call: Sequence[str]
) -> Path:
    """The shipped departments and routing beside these; on call are one person for each level."""
    config = folder / "config"
    config.mkdir()
    for file in ("departments", "routing"):
        (config / f"{file}.toml").write_text((ROOT / "config" / f"{file}.toml").read_text())
    sla = [TARGET.format(first_response=first_response)]
    sla += [STEP.format(after=after, ping=ping) for after, ping in steps]
    shifts = [SHIFT.format(person=one, level=level) for level, one in enumerate(on_call, start=1)]
    (config / "sla.toml").write_text("".join(sla))
    (config / "on_call.toml").write_text("".join(shifts))
    return config
