"""Nothing grows beyond what one reads at a glance; the present maximum is printed with `-s`."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = ("bot", "handlers", "config", "slack_sandbox", "benchmarks")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_HANDLER = 12

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*tops: str) -> Iterator[Path]:
    for top in tops:
        yield from sorted((ROOT / top).rglob("*.py"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each with the lines of its body, docstring and inner functions included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            assert node.end_lineno is not None
            name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            yield name, node.end_lineno - node.body[0].lineno + 1


def check(sizes: dict[str, int], limit: int) -> None:
    name, largest = max(sizes.items(), key=lambda item: item[1])
    print(f"largest: {name} with {largest} of {limit}")  # noqa: T201
    assert {name: size for name, size in sizes.items() if size > limit} == {}


def test_no_file_is_over_300_lines():
    sources = files(*SOURCES)
    check(
        {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in sources}, LONGEST_FILE
    )


def test_no_static_file_of_the_page_is_over_300_lines():
    page = (
        p
        for page in ("slack_sandbox/page", "bot/demo/page")
        for p in (ROOT / page).rglob("*")
        if p.suffix in (".js", ".css", ".html")
    )
    check({p.name: len(p.read_text().splitlines()) for p in page}, LONGEST_FILE)


def test_no_function_is_over_40_lines():
    check(dict(f for path in files(*SOURCES) for f in functions(path)), LONGEST_FUNCTION)


def test_no_handler_is_over_12_lines():
    check(dict(f for path in files("handlers") for f in functions(path)), LONGEST_HANDLER)
