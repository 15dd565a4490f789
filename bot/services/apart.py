"""The same done for many: what fails is set aside, so that one fault holds up nothing else.

All are done in one transaction. Where that fails, in halves, until only what fails is left: that is
kept with a reference, an admin is told, and it is tried again later.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.domain import effects
from bot.domain.errors import Unavailable
from bot.domain.ids import TRIAGE, CaseId, MemberId
from bot.services.kernel import Kernel, Work
from bot.services.pace import Pace
from bot.store.set_aside import SetAside

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360))  # the last one for ever

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Named:
    """What something that may fail is called among its kind, and whose case it is about."""

    name: str
    case: CaseId | None = None


def _never_mind(_work: Work, _one: object, _at: datetime) -> None:
    """Nothing has to be moved for it to come again."""


@dataclass(frozen=True)
class Apart(Generic[T]):
    kernel: Kernel
    kind: str
    named: Callable[[T], Named]
    act: Callable[[Work, Sequence[T]], object]
    pace: Pace
    postpone: Callable[[Work, T, datetime], None] = _never_mind

    def do(self, those: Sequence[T]) -> None:
        """Raises only what is about no single one of them: the store is away, the term is over."""
        if not those:
            return
        try:
            with self.kernel.work() as work, self.pace.measured(len(those)):
                self.act(work, those)
                self._done(work, those)
        except Unavailable:
            raise
        except Exception as error:  # one of them failed; the others are done all the same
            self._one_failed(those, error)

    def _one_failed(self, those: Sequence[T], error: Exception) -> None:
        if len(those) == 1:
            reference = self.kernel.new_key()[:4].upper()
            _log(self.kind, reference, error)
            with self.kernel.work() as work:
                self._set_aside(work, those[0], reference, type(error).__name__)
            return
        middle = len(those) // 2
        self.do(those[:middle])
        self.do(those[middle:])

    def _done(self, work: Work, those: Sequence[T]) -> None:
        if any(one.kind == self.kind for one in work.tx.set_aside.all()):
            work.tx.set_aside.end(self.kind, [self.named(one).name for one in those])

    def _set_aside(self, work: Work, one: T, reference: str, error: str) -> None:
        what = self.named(one)
        before = work.tx.set_aside.get(self.kind, what.name)
        tries = before.tries + 1 if before else 1
        again_at = work.at + PAUSES[min(tries, len(PAUSES)) - 1]
        aside = SetAside(
            self.kind, what.name, what.case, error, reference,
            before.since if before else work.at, work.at, again_at, tries, work.revision,
        )  # fmt: skip
        work.tx.set_aside.put(aside)
        self.postpone(work, one, again_at)
        if before is None:
            _tell_admins(work, aside)


def _tell_admins(work: Work, aside: SetAside) -> None:
    """Once an hour, whatever else fails meanwhile: `/readyz` names them all."""
    hour = work.at.strftime("%Y-%m-%dT%H")
    words = {"say": "set_aside", "kind": aside.kind, "ref": aside.reference}
    admins = [f"person:{one}" for one in work.standing(MemberId("")).admins]
    for place in admins or [f"department:{TRIAGE}"]:
        work.tell(effects.tell(f"aside:{hour}:{place}", place, words, aside.case))


def _log(kind: str, reference: str, error: Exception) -> None:
    # An exception may quote a customer, so its own words stay out of the log.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("set aside: %s, reference %s: %s\n%s", kind, reference, type(error).__name__, where)
