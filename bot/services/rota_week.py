"""The rota laid out from now on, with the people as the workspace knows them."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from bot.domain.duty import Stretch, stretches
from bot.domain.ids import MemberId
from bot.domain.on_call import FIRST_LEVEL, Rota
from bot.domain.rota_board import WEEK, LevelBoard
from bot.services.kernel import Work

GROUP = "user_group"  # where the desk keeps how the user group fares


def laid_out(
    work: Work, rota: Rota, start: datetime, end: datetime, level: int = FIRST_LEVEL
) -> tuple[Stretch, ...]:
    return stretches(rota, start, end, _finder(work), level)


def end_of(stretch: Stretch, at: datetime) -> datetime | None:
    """When it ends; None where that is beyond the week that was looked at."""
    return stretch.end if stretch.end < at + WEEK else None


def level_board(work: Work, rota: Rota, level: int) -> LevelBoard:
    return LevelBoard(level, laid_out(work, rota, work.at, work.at + WEEK, level))


def group_fault(work: Work) -> str:
    """Why the user group is not who is on duty; "" where it is, or none is named."""
    state = work.tx.setup.get(GROUP) or {}
    is_kept = state.get("group") == work.setup.rota.user_group
    return str(state.get("fault", "")) if is_kept and work.setup.rota.user_group else ""


def _finder(work: Work) -> Callable[[str], MemberId | None]:
    @cache
    def find(written: str) -> MemberId | None:
        person = work.find_person(written)
        return person.id if person else None

    return find
