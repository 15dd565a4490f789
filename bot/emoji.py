"""The signs behind the short names of emoji (`:pray:`), which Slack keeps in place of them.

`emoji_names.txt` holds a sign and its names in each line, as the project emoji-data (version 15.1,
by Cal Henderson, MIT licence) publishes them: Slack's own names are made of the same data. A +
before a sign says that it comes in tones of skin.
"""

from functools import cache
from importlib.resources import files

_ELSEWHERE = {"simple_smile": "slightly_smiling_face", "rofl": "rolling_on_the_floor_laughing"}
_TONES = {str(number): chr(0x1F3F9 + number) for number in range(2, 7)}
_AS_PICTURE = "\ufe0f"


def sign(name: str, tone: str = "") -> str | None:
    """In a tone of skin from "2" to "6", where there is one; None for a workspace's own emoji."""
    found = _signs().get(_ELSEWHERE.get(name, name))
    if found is None or not (found.startswith("+") and tone in _TONES):
        return found.removeprefix("+") if found else None
    first, rest = found[1], found[2:].removeprefix(_AS_PICTURE)
    return f"{first}{_TONES[tone]}{rest}"


@cache
def _signs() -> dict[str, str]:
    """Read with the first emoji, not at start."""
    lines = files("bot").joinpath("emoji_names.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" ") for line in lines]
    return {name: row[0] for row in rows for name in row[1:]}
