"""The TOML files: what is shipped, what is read, and every fault of all files at once."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.errors import Broken
from bot.domain.setup import routing_document, setup_from
from bot.domain.sla import DEFAULT
from config.files import AREAS, SHIPPED, differing, faults_of, read_documents
from config.holiday_book import holiday_book

ROOT = Path(__file__).parents[2]

SALES = '[[department]]\nkey = "sales"\nname = "Sales"\nchannel = "#care-sales"\n'
TRIAGE = '[[department]]\nkey = "triage"\nname = "Triage"\nchannel = "#care-triage"\n'


def folder(path: Path, **files: str) -> Path:
    for area, text in files.items():
        (path / f"{area}.toml").write_text(text, encoding="utf-8")
    return path


def test_the_shipped_files_have_no_fault() -> None:
    assert faults_of(ROOT / "config", holiday_book) == []


def test_the_shipped_departments_are_those_of_the_contract() -> None:
    setup = setup_from(read_documents(SHIPPED), holiday_book)
    channels = {department.key: department.channel for department in setup.departments}
    assert channels == {
        "service": "#care-service",
        "sales": "#care-sales",
        "marketing": "#care-marketing",
        "technical": "#care-technical",
        "pr": "#care-pr",
        "triage": "#care-triage",
        "legal": "",
        "hr": "",
    }
    assert [d.key for d in setup.departments if not d.has_queue] == ["legal", "hr"]


def test_as_shipped_no_file_names_a_person_hours_holidays_cover_or_needs() -> None:
    setup = setup_from(read_documents(SHIPPED), holiday_book)
    midnight = datetime(2026, 12, 25, tzinfo=UTC)
    for department in setup.departments:
        assert department.calendar.is_open(midnight)
        assert (department.cover, department.lead, department.handoff_needs) == (None, None, ())
    assert setup.on_call.shifts == ()


def test_as_shipped_no_rule_is_active_and_the_promises_are_the_default() -> None:
    setup = setup_from(read_documents(SHIPPED), holiday_book)
    assert (setup.routing.rules, setup.routing.default) == ((), "triage")
    assert setup.sla.targets == DEFAULT.targets
    steps = [(str(step.after), str(step.ping)) for step in setup.sla.escalation]
    assert steps == [("0m", "on-call"), ("10m", "second"), ("20m", "team"), ("30m", "lead")]


@pytest.mark.parametrize("area", ["routing", "on_call"])
def test_the_commented_example_of_a_shipped_file_has_no_fault(tmp_path: Path, area: str) -> None:
    shipped = (SHIPPED / f"{area}.toml").read_text(encoding="utf-8")
    example = shipped[shipped.index("# [[") :].replace("# ", "")
    assert faults_of(folder(tmp_path, **{area: example}), holiday_book) == []
    assert differing(read_documents(tmp_path), read_documents(SHIPPED)) == [f"{area}.toml"]


def test_a_missing_file_is_the_shipped_one(tmp_path: Path) -> None:
    assert read_documents(tmp_path) == read_documents(SHIPPED)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "confg"
    assert faults_of(missing, holiday_book) == [
        f"CONFIG_DIR: there is no folder {missing}; make it, or name another"
    ]
    with pytest.raises(Broken):
        read_documents(missing)


def test_a_document_holds_what_json_can_hold(tmp_path: Path) -> None:
    days = 'holidays = [{ date = 2026-12-24, name = "Christmas Eve" }]\n'
    documents = read_documents(folder(tmp_path, departments=TRIAGE + days))
    assert json.loads(json.dumps(documents)) == documents
    assert faults_of(tmp_path, holiday_book) == []


def test_a_file_of_another_system_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "departments.toml").write_bytes(
        b"\xef\xbb\xbf" + TRIAGE.replace("\n", "\r\n").encode()
    )
    assert faults_of(tmp_path, holiday_book) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b'default = "triage"\nrule\n', "line 2: Expected '='"),
        (b'default = "triage"\n\nrule = [1, 2', "line 3: Unclosed array"),
        (b'default = "triage"\ndefault = "x"\n', "line 2: Cannot overwrite a value"),
        (b'default = "triage"\n# caf\xe9\n', "line 2: not UTF-8; save the file as UTF-8"),
        (b"rule = " + b"[" * 100_000, "nested too deeply"),
        (b"rule = " + b"9" * 5000, "Exceeds the limit"),
    ],
    ids=["no value", "open bracket", "twice", "latin-1", "deep", "long number"],
)
def test_a_fault_of_form_is_told_with_file_and_line(
    tmp_path: Path, text: bytes, fault: str
) -> None:
    (tmp_path / "routing.toml").write_bytes(text)
    (told,) = faults_of(tmp_path, holiday_book)
    assert told.startswith(f"routing.toml: {fault}")


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "sla.toml").mkdir()
    (told,) = faults_of(tmp_path, holiday_book)
    assert told.startswith("sla.toml: Is a directory")


def test_faults_of_form_and_of_meaning_come_together(tmp_path: Path) -> None:
    broken = folder(
        tmp_path,
        departments=TRIAGE + 'lead = "?"\n' + SALES + 'holidays = "XX"\n',
        routing="[[rule]\n",
        sla='[[target]]\nwarn = "never"\n[[escalation]]\nafter = "soon"\nping = "all"\n',
        on_call='[[shift]]\ndays = "always"\n',
    )
    form, *meaning = faults_of(broken, holiday_book)
    assert form.startswith("routing.toml: line 1: Expected")
    assert [fault.split(": ")[:3] for fault in meaning] == [
        ["departments.toml", "department 1 (triage)", "lead"],
        ["departments.toml", "department 2 (sales)", "holidays"],
        ["sla.toml", "target 1", "warn"],
        ["sla.toml", "escalation 1", "after"],
        ["sla.toml", "escalation 1", "ping"],
        ["on_call.toml", "shift 1", "person"],
        ["on_call.toml", "shift 1", "days"],
    ]


def test_departments_that_cannot_be_read_make_no_other_file_look_wrong(tmp_path: Path) -> None:
    broken = folder(tmp_path, departments="[[department]\n", routing='default = "mine"\n')
    assert [fault.split(":")[0] for fault in faults_of(broken, holiday_book)] == [
        "departments.toml"
    ]


def test_reading_refuses_every_file_of_wrong_form_at_once(tmp_path: Path) -> None:
    with pytest.raises(Broken) as refusal:
        read_documents(folder(tmp_path, **dict.fromkeys(AREAS, "=")))
    assert [fault.split(":")[0] for fault in refusal.value.faults] == [
        "departments.toml",
        "routing.toml",
        "sla.toml",
        "on_call.toml",
    ]


def test_reading_tells_faults_of_form_and_of_meaning_at_once(tmp_path: Path) -> None:
    broken = folder(tmp_path, sla="[[target]\n", routing='[[rule]]\ndepartment = "mine"\n')
    with pytest.raises(Broken) as refusal:
        read_documents(broken)
    assert refusal.value.faults == faults_of(broken, holiday_book)
    assert {fault.split(":")[0] for fault in refusal.value.faults} == {"sla.toml", "routing.toml"}


def test_files_differ_by_what_they_mean_and_not_by_how_they_are_written(tmp_path: Path) -> None:
    in_force = read_documents(SHIPPED)
    other_words = folder(
        tmp_path,
        sla='[[target]]\nresolution = "24h"\nnext_response = "120m"\nfirst_response = "60m"\n'
        'warn = "75 %"\nhours = "business"\n'
        '[[escalation]]\nafter = "0s"\nping = "On-Call"\n[[escalation]]\nafter = "600s"\n'
        'ping = "second"\n[[escalation]]\nafter = "20m"\nping = "team"\n'
        '[[escalation]]\nafter = "1800s"\nping = "lead"\n',
    )
    assert differing(read_documents(other_words), in_force) == []


def test_a_rule_added_in_slack_makes_the_file_differ(tmp_path: Path) -> None:
    documents = read_documents(folder(tmp_path, departments=TRIAGE + 'holidays = "NL"\n'))
    book = setup_from(
        {**documents, "routing": {"rule": [{"department": "triage", "when": "lang:nl"}]}},
        holiday_book,
    ).routing
    assert differing(documents, {**documents, "routing": routing_document(book)}) == [
        "routing.toml"
    ]
