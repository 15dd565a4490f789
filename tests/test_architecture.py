"""The import table of docs/architecture.md, held: who knows whom, who alone a library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EVERYTHING = frozenset({"*"})

# Part -> the parts of ours that it may import. The longest name that fits a module decides.
MAY_IMPORT = {
    "bot.domain": frozenset(),
    "bot.store": frozenset({"bot.domain"}),
    "bot.views": frozenset({"bot.domain"}),
    "bot.services": frozenset({"bot.domain", "bot.store"}),
    "bot.triage": frozenset({"bot.domain"}),
    "bot.connectors": frozenset({"bot.domain"}),
    "bot.web": frozenset({"bot.domain"}),
    "bot.slack": frozenset({"bot.domain", "bot.views"}),
    "bot.jobs": frozenset({"bot.domain"}),
    "bot.logs": frozenset(),
    "bot.emoji": frozenset(),
    "bot.metrics": frozenset({"bot.store"}),
    "handlers": frozenset({"bot.domain", "bot.services", "bot.views"}),
    "config": frozenset({"bot.domain"}),
    "slack_sandbox": frozenset(),
    # The composition root and the command line put the parts together.
    "bot.wiring": EVERYTHING,
    "bot.first_start": EVERYTHING,
    "bot.slack_side": EVERYTHING,
    "bot.parts": EVERYTHING,
    "bot.running": EVERYTHING,
    "bot.commands": EVERYTHING,
    "bot.demo": EVERYTHING,
    "bot.cli": EVERYTHING,
    "bot.__main__": EVERYTHING,
    "bot": frozenset(),
}

# Library -> the only parts that may import it.
ONLY = {
    "sqlite3": {"bot.store"},
    "sqlite_utils": {"bot.store"},
    "fcntl": {"bot.store"},
    "orjson": {"bot.store"},
    "psycopg": {"bot.store"},
    "psycopg_pool": {"bot.store"},
    "slack_sdk": {"bot.slack"},
    "slack_bolt": {"handlers"},
    "websocket": {"handlers"},
    "flask": {"bot.web"},
    "waitress": {"bot.web"},
    "werkzeug": {"bot.web"},
    "standardwebhooks": {"bot.web", "bot.connectors"},
    "httpx": {"bot.connectors"},
    "apscheduler": {"bot.jobs"},
    "py3langid": {"bot.triage"},
    "holidays": {"config"},
    "dotenv": {"config"},
    "prometheus_client": {"bot.metrics", "bot.web"},
    "click": {"bot.cli", "bot.commands"},
    "tomli_w": {"bot.commands"},
    "aiohttp": {"slack_sandbox"},
}
SOURCES = ("bot", "handlers", "config", "slack_sandbox")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for top in SOURCES:
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield name, ast.parse(path.read_text())


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, "." * node.level + (node.module or "")
            # `from bot import store` imports the part, not the package around it.
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def within(name: str, parts: frozenset[str] | set[str]) -> bool:
    return any(name == part or name.startswith(f"{part}.") for part in parts)


def part_of(name: str) -> str:
    return max((part for part in MAY_IMPORT if within(name, {part})), key=len)


def is_ours(name: str) -> bool:
    return name.split(".")[0] in (*SOURCES, "tests")


def faults_of(name: str, tree: ast.Module) -> Iterator[str]:
    part = part_of(name)
    allowed = MAY_IMPORT[part] | {part}
    top_level = set(tree.body)
    for node, target in imported(tree):
        if node not in top_level:
            yield f"{name} imports {target} inside a block"
        if target.startswith("."):
            yield f"{name} imports {target} relatively"
        if is_ours(target) and "*" not in allowed and not _may(target, allowed):
            yield f"{name} imports {target}: {part} may not know it"
        owners = ONLY.get(target.split(".")[0])
        if owners and not within(name, owners) and part != "bot.wiring":
            yield f"{name} imports {target}: only {', '.join(sorted(owners))} may"
        if part == "bot.domain" and not is_ours(target) and not _is_standard(target):
            yield f"{name} imports {target}: the domain stands on the standard library alone"


def _may(target: str, allowed: frozenset[str]) -> bool:
    return within(target, allowed) or any(p.startswith(target) for p in allowed)


def _is_standard(target: str) -> bool:
    return target.split(".")[0] in sys.stdlib_module_names


def test_every_module_knows_only_whom_it_may():
    assert [fault for name, tree in modules() for fault in faults_of(name, tree)] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("bot.domain.case", "import bot.store.store"),
        ("bot.services.intake", "from bot import views"),
        ("handlers.case_actions", "from bot.store.cases import Cases"),
        ("bot.views.card", "import slack_sdk"),
        ("bot.store.cases", "from . import posts"),
        ("bot.domain.case", "def f():\n    import json"),
        ("bot.domain.case", "import httpx"),
        ("slack_sandbox.server", "import bot"),
    ],
)
def test_the_test_turns_red_on(name: str, source: str):
    assert list(faults_of(name, ast.parse(source)))


# A clock that anybody may set: everything else asks the desk's time, or a steady clock.
WALL = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
        ("time", "time"), ("time", "time_ns")}  # fmt: skip
MAY_READ_THE_WALL = {"bot.wiring", "bot.jobs"}  # hands it in; plans by it, and looks after that


def walls_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=whose), attr=what) if (whose, what) in WALL:
                yield f"{whose}.{what} in line {node.lineno}"
            case ast.ImportFrom(module="time", names=names):
                yield from (f"time.{one.name}" for one in names if one.name == "time")


def test_nothing_waits_by_a_clock_that_anybody_may_set():
    desk = [(name, tree) for name, tree in modules() if not within(name, {"slack_sandbox"})]
    found = {name: list(walls_of(tree)) for name, tree in desk}
    assert {name for name, walls in found.items() if walls} == MAY_READ_THE_WALL


@pytest.mark.parametrize(
    "source", ["datetime.now(UTC)", "at = time.time", "from time import time", "date.today()"]
)
def test_a_look_at_the_wall_is_seen(source: str):
    assert list(walls_of(ast.parse(source)))
