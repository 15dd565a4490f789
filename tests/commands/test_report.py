"""`report` at the command line: its three forms, its periods, and what it refuses."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.views.figure_texts import cell
from tests.desk import TestDesk


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    """One case that was answered after ten minutes, one that waits."""
    desk = TestDesk(tmp_path / "desk.db")
    case = desk.post()
    desk.pass_time("9m50s")
    desk.answer(case)
    desk.post("I want to buy", by="@joe")
    return desk


def report(desk: TestDesk, *options: str) -> Result:
    env = {"DATABASE_URL": desk.url, "LOG_LEVEL": "ERROR"}
    return CliRunner().invoke(main, ["report", *options], env=env)


DAY = ("--since", "2026-03-02", "--until", "2026-03-03")


def test_the_table_is_read_by_people(desk: TestDesk):
    lines = report(desk, *DAY).stdout.splitlines()
    assert lines[0] == "2026-03-02 00:00 to 2026-03-03 00:00 UTC"
    found = next(line for line in lines if line.startswith("first response time"))
    assert found.split() == ["first", "response", "time", "10", "min", "10", "min", "1", "lower"]


def test_json_and_csv_say_the_same(desk: TestDesk, tmp_path: Path):
    told = json.loads(report(desk, *DAY, "--format", "json").stdout)
    file = tmp_path / "figures.csv"
    assert report(desk, *DAY, "--format", "csv", "-o", str(file)).exit_code == 0
    with file.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["figure"], row["department"]) for row in rows] == [
        (one["figure"], one["department"] or "") for one in told["figures"]
    ]
    assert {row["figure"]: row["value"] for row in rows}["first_response_time"] == "600.0"
    assert told["since"] == "2026-03-02T00:00:00+00:00"


def test_a_period_may_be_a_length_before_its_end(desk: TestDesk):
    told = report(desk, "--since", "1h", "--until", "2026-03-02T10:30+01:00", "--format", "json")
    found = json.loads(told.stdout)
    assert (found["since"], found["until"]) == (
        "2026-03-02T08:30:00+00:00",
        "2026-03-02T09:30:00+00:00",
    )


def test_a_department_has_its_own_report(desk: TestDesk):
    told = json.loads(report(desk, *DAY, "--department", "sales", "--format", "json").stdout)
    assert told["department"] == "sales"
    assert told["figures"][0] | {"means": ""} == {
        "figure": "cases", "department": None, "unit": "count", "value": 1.0, "p90": None,
        "size": 1, "better": "neither", "about": "cases opened in the period", "means": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "exit_code", "said"),
    [
        (("--since", "yesterday"), 2, "“yesterday” is not a duration like 7d"),
        (("--until", "0001-01-01T00:00+14:00"), 2, "is not a duration like 7d"),
        (("--since", "2026-03-03", "--until", "2026-03-02"), 2, "it begins after it ends"),
        (("--since", "0m"), 2, "it begins after it ends"),
        (("--format", "png"), 2, "png"),
        (("--department", "nowhere"), 1, "nowhere"),
        (("-o", "/nowhere/figures.csv"), 1, "cannot be written"),
    ],
)
def test_what_cannot_be_reported_is_said_in_a_sentence(
    desk: TestDesk, options: tuple[str, ...], exit_code: int, said: str
):
    result = report(desk, *options)
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"]
)
def test_no_word_becomes_a_formula_in_a_spreadsheet(text: str):
    assert cell(text) == f"'{text}"


def test_a_number_stays_a_number_in_a_spreadsheet():
    assert (cell(-1.5), cell(None), cell("service")) == ("-1.5", "", "service")
