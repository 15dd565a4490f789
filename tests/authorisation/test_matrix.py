"""Who may do what: every role by every act by every case, as the desk's own record says it now."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from bot.domain.errors import Refused
from bot.domain.ids import CaseId, DepartmentKey
from handlers.commands import registry
from handlers.guard import Refusal
from handlers.listeners import EVENTS as TOLD
from handlers.listeners import PRESSES as HEARD
from handlers.listeners import SHORTCUTS as OFFERED
from handlers.listeners import SUBMISSIONS as TAKEN
from handlers.listeners import Name
from tests.authorisation import matrix, rooms
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
from tests.authorisation.rows import Row, Tells
from tests.desk import TestDesk

PRESSES = {**matrix.PRESSES, **rooms.PRESSES}
FORMS = {**matrix.FORMS, **rooms.FORMS}
COMMANDS = {**matrix.COMMANDS, **rooms.COMMANDS}
SHORTCUTS = {**matrix.SHORTCUTS, **rooms.SHORTCUTS}
EVENTS = {**matrix.EVENTS, **rooms.EVENTS}
# Nobody does these and nobody is refused: Slack tells what has happened to people and channels,
# and whose home tab is to be drawn, which shows each what is theirs.
TOLD_BY_SLACK = {
    "app_home_opened", "member_joined_channel", "member_left_channel", "user_change",
    "team_join", "channel_id_changed",
    *(f"{kind}_{what}" for kind in ("channel", "group")
      for what in ("archive", "unarchive", "rename", "deleted", "left")),
    "channel_shared", "channel_unshared",
}  # fmt: skip
TABLE: dict[str, Row] = {
    **{f"press {name}": row for name, row in PRESSES.items()},
    **{f"form {name}": row for name, row in FORMS.items()},
    **{f"command {name}": row for name, row in COMMANDS.items()},
    **{f"shortcut {name}": row for name, row in SHORTCUTS.items()},
    **{f"event {name}": row for name, row in EVENTS.items()},
}
KEPT = """
    select (select coalesce(sum(version), 0) || '-' || count(*) from cases),
        (select count(*) from events), (select coalesce(sum(wanted), 0) from outbox),
        (select group_concat(state) from replies), (select count(*) from questions where answer
        is not null), (select count(*) from changes where undone_by is not null),
        (select group_concat(document) from setup), (select count(*) from posts),
        (select group_concat(ts) from outbox), (select count(*) from timers),
        (select group_concat(done_at) from asks), (select count(*) from muted),
        (select count(*) from acknowledgements), (select count(*) from incident_entries),
        (select group_concat(coalesce(lead, '') || severity || reminded) from incidents),
        (select count(*) from incident_cases), (select count(*) from guests)
"""


@dataclass
class Stage:
    """One desk for all cells; after each it is as it was."""

    desk: TestDesk
    door: Door
    cases: dict[DepartmentKey, CaseId]
    as_it_was: sqlite3.Connection
    file: sqlite3.Connection

    def __post_init__(self) -> None:
        self._revisions = count(1000)
        self._pristine = self.kept()

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
            return cell.words in repr(answer)
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
    as_it_was, file = sqlite3.connect(":memory:"), sqlite3.connect(desk.db.path)
    file.backup(as_it_was)
    yield Stage(desk, Door(desk), cases, as_it_was, file)
    as_it_was.close()
    file.close()


def acts_of(rows: Iterable[str]) -> set[str]:
    """What stands after a comma tells one act's rows apart."""
    return {name.partition(",")[0] for name in rows}


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    assert {_name(one) for one in HEARD} == acts_of(PRESSES)
    assert set(TAKEN) == acts_of(FORMS)
    assert set(registry.COMMANDS) == acts_of(COMMANDS)
    assert set(OFFERED) == acts_of(SHORTCUTS)
    assert set(TOLD) - TOLD_BY_SLACK == acts_of(EVENTS)


def _name(heard: Name) -> str:
    """A pattern by the word that it begins with, like `route:`."""
    return heard if isinstance(heard, str) else heard.pattern.partition("(")[0]


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
