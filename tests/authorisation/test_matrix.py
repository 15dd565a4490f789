"""Who may do what: every role by every act by every case, as the desk's own record says it now."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from bot.domain.errors import Refused
from bot.domain.ids import CaseId, DepartmentKey
from handlers.answers import Slow
from handlers.commands import registry
from handlers.guard import Refusal
from handlers.listeners import PRESSES as HEARD
from handlers.listeners import SHORTCUTS as OFFERED
from handlers.listeners import SUBMISSIONS as TAKEN
from tests.authorisation.cast import (
    Cell,
    Door,
    Role,
    Target,
    case_for,
    engage,
    home_of,
    open_cases,
    words_of,
)  # fmt: skip
from tests.authorisation.matrix import COMMANDS, FORMS, PRESSES, SHORTCUTS, Row, Tells
from tests.desk import TestDesk

TABLE: dict[str, Row] = {
    **{f"press {name}": row for name, row in PRESSES.items()},
    **{f"form {name}": row for name, row in FORMS.items()},
    **{f"command {name}": row for name, row in COMMANDS.items()},
    **{f"shortcut {name}": row for name, row in SHORTCUTS.items()},
}
KEPT = """
    select (select coalesce(sum(version), 0) || '-' || count(*) from cases),
        (select count(*) from events), (select coalesce(sum(wanted), 0) from outbox),
        (select group_concat(state) from replies), (select count(*) from questions where answer
        is not null), (select count(*) from changes where undone_by is not null),
        (select group_concat(document) from setup), (select count(*) from posts),
        (select group_concat(ts) from outbox), (select count(*) from timers),
        (select group_concat(done_at) from asks), (select count(*) from muted),
        (select count(*) from acknowledgements)
"""


@dataclass
class Stage:
    """One desk for all cells; after each it is as it was."""

    desk: TestDesk
    door: Door
    cases: dict[DepartmentKey, CaseId]
    as_it_was: sqlite3.Connection

    def __post_init__(self) -> None:
        self._revisions = count(1000)
        self._pristine = self.kept()

    @property
    def file(self) -> sqlite3.Connection:
        return self.desk.db._db.conn

    def again(self) -> None:
        """What only was asked for and refused has changed nothing, so it stands as it was."""
        if self.kept() == self._pristine:
            return
        self.as_it_was.backup(self.file)
        revision = next(self._revisions)  # what was found out under the last one is forgotten
        self.desk.db.run("update counters set value = :r where name = 'revision'", {"r": revision})

    def kept(self) -> list[object]:
        return list(self.desk.db.rows(KEPT)[0])

    def try_cell(self, row: Row, role: Role, target: Target) -> str:
        """What is wrong with this square, or nothing."""
        self.again()
        home = home_of(role, target)
        case = case_for(self.desk, self.cases[home], target)
        cell = Cell(self.door, role, target, case, words_of(home))
        value = row.scene(cell)
        before = self.kept()
        row.act(cell, value)
        answer = self.door.answer
        is_allowed = self._is_allowed(row, cell, answer, before)
        if is_allowed != row.right.holds(role, target):
            refused = f"refused: {answer.error!r}" if isinstance(answer, Refusal) else "answered"
            return f"{'allowed' if is_allowed else 'not allowed'}, {refused}"
        return "" if is_allowed else self._leaks(cell, answer, before)

    def _is_allowed(self, row: Row, cell: Cell, answer: object, before: list[object]) -> bool:
        if isinstance(answer, Refusal):
            return False
        if row.tells is Tells.WORDS:
            return cell.words in repr(answer.draw() if isinstance(answer, Slow) else answer)
        return row.tells is Tells.ANSWER or self.kept() != before

    def _leaks(self, cell: Cell, answer: object, before: list[object]) -> str:
        """A refusal is one of ours, says nothing of the customer, and keeps nothing."""
        if isinstance(answer, Refusal):
            if not isinstance(answer.error, Refused):
                return f"broke: {answer.error!r}"
            if cell.words in answer.words:
                return f"tells: {answer.words}"
        return "" if self.kept() == before else "refused, and kept all the same"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    desk = TestDesk(tmp_path_factory.mktemp("desk") / "desk.db")
    engage(desk)
    cases = open_cases(desk)
    as_it_was = sqlite3.connect(":memory:")
    desk.db._db.conn.backup(as_it_was)
    yield Stage(desk, Door(desk), cases, as_it_was)
    as_it_was.close()


# Acts in an incident's room, whose right is the room's and not a case's, and two that need a rota:
# their refusals are told in tests/services; rows of their own need a scene with a room.
TOLD_ELSEWHERE = {
    *(f"incident_{what}" for what in ("catch_up", "link", "role", "severity", "stand_down")),
    *(f"incident {what}" for what in ("declare", "help", "link", "list", "panel", "role")),
    *(f"incident {what}" for what in ("severity", "stand-down", "update")),
    "incident_take_lead", "incident_update", "declare", "setup_step", "add_to_timeline",
    "rota remove", "rota swap",
}  # fmt: skip


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    heard = {name if isinstance(name, str) else "route:" for name in HEARD}
    assert heard - TOLD_ELSEWHERE == set(PRESSES)
    assert set(TAKEN) - TOLD_ELSEWHERE == set(FORMS)
    rows = {name.partition(",")[0] for name in COMMANDS}
    assert set(registry.COMMANDS) - TOLD_ELSEWHERE == rows
    assert set(OFFERED) - TOLD_ELSEWHERE == set(SHORTCUTS)


@pytest.mark.parametrize("name", TABLE)
def test_every_square_is_as_it_is_written(stage: Stage, name: str) -> None:
    row = TABLE[name]
    wrong = {
        f"{role.name} by {target.value}": fault
        for role in Role
        for target in row.targets
        if (fault := stage.try_cell(row, role, target))
    }
    assert wrong == {}


def test_the_matrix_is_as_large_as_it_says() -> None:
    cells = sum(len(Role) * len(row.targets) for row in TABLE.values())
    print(f"{len(TABLE)} acts, {cells} squares")  # noqa: T201
    assert cells > 3000
