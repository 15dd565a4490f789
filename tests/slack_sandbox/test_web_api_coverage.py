"""The coverage table tells of what exists, and each row of a test that shows it."""

import ast
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from runpy import run_module

import pytest

import slack_sandbox
from slack_sandbox.coverage import CODES, METHODS, RULES
from slack_sandbox.coverage.rule import Standing
from slack_sandbox.web_api.families import ANSWERED

HERE = Path(__file__).parent
SOURCES = Path(slack_sandbox.__file__).parent
ALL_RULES = [rule for rules in RULES.values() for rule in rules]
# What only the page says, to its person, and what is noted as a violation.
OWN_WORDS = {"element_gone", "view_not_found", "unknown_error_block", "unknown_response_action"}
# They become the code with the name of what was wrong.
NAMED_LATER = {"invalid_": ("blocks", "view", "message"), "invalid_ts_": ("oldest", "latest")}
CODE = re.compile(r"[a-z]+(?:_[a-z]+)*_?")
REFUSALS = {"SlackError", "_refuse", "_refusal", "own_message", "data"}


def test_every_method_of_the_table_is_answered_and_the_reverse():
    assert set(METHODS) == set(ANSWERED)


def test_a_partial_method_says_what_is_missing():
    statuses = {(one.status, bool(one.note)) for one in METHODS.values()}

    assert statuses == {("full", False), ("partial", True)}


def test_the_named_tests_call_the_method():
    for name, coverage in METHODS.items():
        text = (HERE / f"{coverage.tests}.py").read_text()
        assert name in text or name.replace(".", "_") in text, name


def test_every_refusal_has_a_row_and_every_row_a_refusal():
    assert set(answered_codes()) - OWN_WORDS == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_named_test_shows_the_code(code):
    file, _, test = CODES[code].test.partition("::")

    assert test in names_in(file)
    assert code in (HERE / f"{file}.py").read_text()
    assert CODES[code].method in ANSWERED or not CODES[code].is_documented or code == "ratelimited"


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.says)
def test_a_rule_has_a_source_a_standing_and_a_test_that_shows_it(rule):
    assert rule.source
    if rule.test:
        file, _, test = rule.test.partition("::")
        assert test in names_in(file)
    else:
        assert rule.standing in (Standing.LOOSER, Standing.OPEN)
    assert rule.note or rule.standing is Standing.HOLDS


def test_the_table_is_printed_for_a_reader():
    shown = io.StringIO()
    with redirect_stdout(shown):
        run_module("slack_sandbox.coverage", run_name="__main__")

    assert all(f"`{name}`" in shown.getvalue() for name in (*METHODS, *CODES))
    assert all(rule.says in shown.getvalue() for rule in ALL_RULES)


def names_in(file: str) -> set[str]:
    tree = ast.parse((HERE / f"{file}.py").read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def answered_codes() -> Iterator[str]:
    """Whatever a refusal of the Web API is raised with, or a reason why not."""
    for path in [*(SOURCES / "web_api").glob("*.py"), *SOURCES.glob("*.py")]:
        if path.stem not in ("people", "page_api", "extras"):  # what a person is told, not the app
            for node in ast.walk(ast.parse(path.read_text())):
                yield from codes_in(node)


def codes_in(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in REFUSALS:
            begin = 1 if name in ("_refuse", "data") else 0
            yield from words_in(node.args[begin:])
        case ast.FunctionDef(name=name) if name.startswith("_why"):
            yield from words_in([one for one in ast.walk(node) if isinstance(one, ast.Return)])
        case ast.Dict(keys=keys):
            known = [isinstance(key, ast.Constant) and key.value == "error" for key in keys]
            yield from words_in(
                [value for is_it, value in zip(known, node.values, strict=True) if is_it]
            )


def words_in(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        for one in ast.walk(node):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                code = one.value
                if (CODE.fullmatch(code) and "_" in code) or code == "ratelimited":
                    yield from (f"{code}{rest}" for rest in NAMED_LATER.get(code, ("",)))
