"""Each new test at the commit before its own, and now: was it red, is it green?

    python -m tests.proof.red_before v0.1..HEAD

A test that was green before proves nothing about what its commit has changed; the table names
those.
"""

import ast
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import click

ROOT = Path(__file__).parents[2]
TESTS = "tests"
PATIENCE = 300  # seconds for the new tests of one file
WEIGHT = {"green": 0, "skipped": 1, "red": 2}


@click.command()
@click.argument("commits")
@click.option("--only", default="", help="Commits whose subject has this.")
def main(commits: str, only: str) -> None:
    """Exit 1 if a test is red now; those that were green before are counted."""
    told: Counter[tuple[str, str]] = Counter()
    for commit in _git("rev-list", "--reverse", "--no-merges", commits).split():
        subject = _git("log", "-1", "--format=%s", commit).strip()
        tests = sorted(_new_tests(commit)) if only in subject else []
        if tests:
            click.echo(f"{commit[:7]} {subject}")
            before, now = _before(commit, tests), _now(tests)
            for test in tests:
                click.echo(f"  {before[test]:>9} -> {now[test]:<9}  {test}")
            told.update((before[test], now[test]) for test in tests)
    click.echo(", ".join(f"{n} {was} -> {then}" for (was, then), n in sorted(told.items())))
    raise SystemExit(1 if any(then == "red" for _, then in told) else 0)


def _new_tests(commit: str) -> Iterator[str]:
    """`tests/x/test_y.py::test_z`, for each function that the parent did not have."""
    changed = _git("diff", "--name-only", "--diff-filter=AM", f"{commit}~", commit, "--", TESTS)
    for path in changed.split():
        if Path(path).name.startswith("test_"):
            known = _tests_in(f"{commit}~", path)
            yield from (f"{path}::{name}" for name in _tests_in(commit, path) - known)


def _tests_in(commit: str, path: str) -> set[str]:
    found = subprocess.run(
        ["git", "show", f"{commit}:{path}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    nodes = ast.walk(ast.parse(found.stdout if found.returncode == 0 else ""))
    return {
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def _before(commit: str, tests: list[str]) -> dict[str, str]:
    """The commit's tests on its parent's code; what cannot even be imported there is red."""
    with tempfile.TemporaryDirectory() as name:
        _git("worktree", "add", "--quiet", "--detach", f"{name}/tree", f"{commit}~")
        try:
            _git("checkout", "--quiet", commit, "--", TESTS, at=Path(name) / "tree")
            return _run(Path(name) / "tree", tests, missing="red")
        finally:
            _git("worktree", "remove", "--force", f"{name}/tree")


def _now(tests: list[str]) -> dict[str, str]:
    there = [test for test in tests if test.partition("::")[2] in _names(test.partition("::")[0])]
    return dict.fromkeys(tests, "gone") | _run(ROOT, there, missing="red")


def _names(path: str) -> set[str]:
    return _tests_in("HEAD", path)


def _run(tree: Path, tests: list[str], *, missing: str) -> dict[str, str]:
    """One outcome for each test; of one that is told several times the worst."""
    found: dict[str, str] = {}
    for path in sorted({test.partition("::")[0] for test in tests}):
        found |= _run_file(tree, path, [test for test in tests if test.startswith(f"{path}::")])
    return {test: found.get(test, missing) for test in tests}


def _run_file(tree: Path, path: str, tests: list[str]) -> dict[str, str]:
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        # One engine is enough to be red; what hangs on the old code says nothing else than red.
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k",
                 "not postgres", f"--junitxml={report.name}", *tests],
                cwd=tree, capture_output=True, check=False, timeout=PATIENCE,
            )  # fmt: skip
        text = Path(report.name).read_text(encoding="utf-8")
    outcomes: dict[str, str] = {}
    for case in ElementTree.fromstring(text).iter("testcase") if text else ():
        test = f"{path}::{(case.get('name') or '').partition('[')[0]}"
        outcomes[test] = max(outcomes.get(test, "green"), _outcome(case), key=WEIGHT.__getitem__)
    return outcomes


def _outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "red"
    return "skipped" if case.find("skipped") is not None else "green"


def _git(*words: str, at: Path = ROOT) -> str:
    return subprocess.run(
        ["git", *words], cwd=at, capture_output=True, text=True, check=True
    ).stdout


if __name__ == "__main__":
    main()
