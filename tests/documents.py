"""The parts of the documents that follow from the code: `python -m tests.documents` writes them."""

import re
from pathlib import Path

from bot.cli import main
from bot.domain.conditions import CONDITIONS
from bot.domain.kpi import KPIS
from config.settings import settings_table
from handlers.manifest import SCOPES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]


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


def conditions() -> str:
    rows = [(f"`{one.example}`", one.help) for one in CONDITIONS.values()]
    return table(("condition", "finds posts by"), rows)


def figures() -> str:
    return table(("figure", "is"), [(f"`{one.name}`", one.help) for one in KPIS.values()])


PARTS = {
    "settings": settings,
    "commands": commands,
    "scopes": scopes,
    "conditions": conditions,
    "figures": figures,
}


def written(text: str) -> str:
    """The document with each part as the code has it."""
    for name, part in PARTS.items():
        between = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = between.sub(lambda found, part=part: found[1] + part() + "\n" + found[2], text)
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")
