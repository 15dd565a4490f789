"""Where the desk has gone back in time: nothing unfinished goes out before a person has looked.

Slack and the networks remember what the database has forgotten. So what was to be sent may have
been sent, what was to be posted is looked for first, and no number is given twice.
"""

import logging
from datetime import datetime

from bot.domain import effects
from bot.domain.epoch import Cause, Epoch
from bot.domain.ids import DESK, TRIAGE
from bot.domain.reply import OPEN_STATES, Outgoing
from bot.services import answering, brake
from bot.services.kernel import Kernel, Work
from bot.store.lineage import A_GREAT_MANY

log = logging.getLogger(__name__)


class Epochs:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def look(self) -> None:
        """Begins an epoch where the database is older than what stands beside it."""
        with self._kernel.look() as work:
            is_older = work.tx.epochs.lost() > 0
            is_marked = work.tx.epochs.is_marked()
        if is_older or not is_marked:
            with self._kernel.work(may_be_older=True) as work:
                if not begin_if_older(work):
                    work.tx.epochs.mark()

    def begin_where_older(self) -> None:
        """Before anything else is written: a stand-by has taken over, or a backup was put back."""
        with self._kernel.work(may_be_older=True) as work:
            begin_if_older(work)

    def restored(self) -> Epoch:
        """Somebody says so: a copy that brought everything along cannot be told otherwise."""
        with self._kernel.work(may_be_older=True) as work:
            return begin(work, Cause.RESTORED, skip=_given(work, work.tx.epochs.lost()))

    def moved(self) -> Epoch:
        """All has come from another database, and from now on the desk may run on this one."""
        with self._kernel.work(may_be_older=True) as work:
            work.tx.moving.end()
            return begin(work, Cause.MOVED, skip=0)

    def waits(self) -> str | None:
        """Why public replies wait for an admin, or None."""
        with self._kernel.look() as work:
            epoch = work.tx.epochs.newest()
            return epoch.why if epoch and epoch.is_waiting else None


def is_waiting(work: Work) -> bool:
    """Public replies wait until an admin lets them go."""
    epoch = work.tx.epochs.newest()
    return epoch is not None and epoch.is_waiting


def switched(work: Work) -> None:
    """Who has switched public replies on was an admin, and has looked."""
    if work.setup.outgoing is Outgoing.ON:
        work.tx.epochs.release(work.at)


def begin_if_older(work: Work) -> bool:
    """In the transaction that is about to send: an older copy sends nothing at all."""
    lost = work.tx.epochs.lost()
    if lost:
        begin(work, Cause.RESTORED, skip=_given(work, lost))
    return lost > 0


def _given(work: Work, lost: int) -> int:
    """How many case numbers at most, in so many transactions or in nobody knows how many."""
    if 0 < lost < A_GREAT_MANY:
        return lost
    return max(lost, work.tx.epochs.given_at_most(since=_newest_at(work), at=work.at))


def _newest_at(work: Work) -> datetime:
    return work.tx.timeline.newest_at() or work.at


def begin(work: Work, cause: Cause, *, skip: int) -> Epoch:
    """Everything at once, or nothing of it."""
    backup_at = _newest_at(work)
    epoch = work.tx.epochs.begin(cause, backup_at=backup_at, at=work.at, skip=skip)
    log.warning("epoch begins", extra={"epoch": epoch.number, "cause": str(cause), "skip": skip})
    doubted = _doubt_replies(work, epoch)
    if work.setup.outgoing is Outgoing.ON:
        work.change("outgoing", Outgoing.HOLD.value, DESK, f"public replies on hold: {epoch.why}")
        brake.switched(work, Outgoing.HOLD, DESK, epoch.why)
    work.tx.epochs.doubt(since=backup_at, at=work.at)
    _say(work, epoch, doubted)
    return epoch


def _doubt_replies(work: Work, epoch: Epoch) -> int:
    """Each may have been sent, or dropped, since; whoever has the case looks and decides."""
    reason = f"{epoch.why}: look on the network whether this was sent"
    replies = work.tx.replies.in_state(*OPEN_STATES, limit=100_000)
    for reply in replies:
        answering.failed(work, reply.doubt(reason), DESK)
    return len(replies)


def _say(work: Work, epoch: Epoch, doubted: int) -> None:
    words = {"say": "epoch", "why": epoch.why, "doubted": doubted}
    place = f"department:{TRIAGE}"
    # A number that an epoch had in the time that is gone is given again, a moment is not.
    work.tell(effects.tell(f"epoch:{epoch.number}:{work.at:%Y%m%d%H%M%S}", place, words))
