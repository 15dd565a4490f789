"""The parts of the README that follow from the code: `python -m tests.documents` writes them."""

import re
from pathlib import Path

from bot.cli import main
from config.settings import settings_table
from handlers.manifest import SCOPES

README = Path(__file__).parent.parent / "README.md"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def settings() -> str:
    rows = [
        (f"`{name}`", f"`{default}`" if default else "", text)
        for name, default, text in settings_table()
    ]
    return table(("setting", "default", "meaning"), rows)


def commands() -> str:
    rows = [
        (f"`python -m bot {name}`", command.get_short_help_str(limit=200))
        for name, command in sorted(main.commands.items())
    ]
    return table(("command", "does"), rows)


def scopes() -> str:
    return table(
        ("scope", "without it the desk could not do this"),
        [(f"`{s}`", why) for s, why in SCOPES.items()],
    )


PARTS = {"settings": settings, "commands": commands, "scopes": scopes}


def written(text: str) -> str:
    """The document with each part as the code has it."""
    for name, part in PARTS.items():
        between = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = between.sub(lambda found, part=part: found[1] + part() + "\n" + found[2], text)
    return text


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
