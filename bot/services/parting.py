"""Desks from before a case had one customer: the first start after the upgrade parts what is mixed.

Words of others leave the case and are shown beside it. No clock and no case is started, stopped,
opened or closed by it: what was opened by our own words is named, for a person to close.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain import effects
from bot.domain.conversation import Heard
from bot.domain.ids import DESK, TRIAGE, CaseId
from bot.domain.timeline import Event, What
from bot.services.kernel import Kernel, Work
from bot.store.posts import StoredPost

MOST_CARDS = 50  # drawn anew at once; the others when something else changes them
NAMED = 30  # cases that one message names

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parted:
    """What was found, of which the open cases by number."""

    cases: int  # that held words of others
    posts: int  # which were theirs
    open_cases: tuple[CaseId, ...]
    echoes: tuple[CaseId, ...]  # open, and opened by our own words
    left: int  # posts of others in them, which stay there

    @property
    def is_nothing(self) -> bool:
        return not (self.cases or self.echoes)


class Parting:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def part(self) -> Parted | None:
        """None where it was done before."""
        with self._kernel.look() as work:
            if work.tx.parting.upto() is None:
                return None
        with self._kernel.work() as work:
            upto = work.tx.parting.upto()
            if upto is None:  # another process was faster
                return None
            parted = _part(work, upto)
            work.tx.parting.done()
            return parted


def _part(work: Work, upto: CaseId) -> Parted:
    is_ours = _ours(work, upto)
    strangers = work.tx.parting.strangers(upto)
    opened = work.tx.parting.first_posts({one.case for one in strangers if one.case})
    by_us = {one.case for one in opened if is_ours(one)}
    apart = [one for one in strangers if one.case not in by_us]
    for one in apart:
        heard_as = Heard.OURS if is_ours(one) else Heard.VOICE
        work.tx.posts.belong(one.post.key, one.root, heard_as)
    mixed = _counted(apart)
    work.tx.timeline.add_all(
        Event(case, work.at, What.NOTE, DESK, {"parted": posts}) for case, posts in mixed.items()
    )
    echoes = [one.case for one in work.tx.parting.open_ones(upto) if one.case and is_ours(one)]
    parted = Parted(
        len(mixed), len(apart), tuple(_shown_anew(work, mixed)), tuple(echoes),
        sum(one.case in echoes for one in strangers),
    )  # fmt: skip
    if not parted.is_nothing:
        _say(work, parted)
    return parted


def _ours(work: Work, upto: CaseId) -> Callable[[StoredPost], bool]:
    receipts = work.tx.parting.receipts(upto)
    return lambda stored: stored.post.key in receipts or work.accounts.own(stored.post)


def _counted(posts: Iterable[StoredPost]) -> dict[CaseId, int]:
    counts: dict[CaseId, int] = {}
    for one in posts:
        if one.case:
            counts[one.case] = counts.get(one.case, 0) + 1
    return counts


def _shown_anew(work: Work, mixed: Iterable[CaseId]) -> list[CaseId]:
    """Those that are open: their cards quote words of others until they are drawn again."""
    known = work.tx.cases.among(list(mixed))
    found = [case for _, case in sorted(known.items()) if case.is_open]
    for case in found[-MOST_CARDS:]:
        work.refresh(case)
    return [case.id for case in found]


def _say(work: Work, parted: Parted) -> None:
    log.warning(
        "cases were parted",
        extra={"cases": parted.cases, "posts": parted.posts, "open": len(parted.open_cases),
               "ours": len(parted.echoes)},
    )  # fmt: skip
    words = {
        "say": "parted", "cases": parted.cases, "posts": parted.posts, "left": parted.left,
        "open": list(parted.open_cases[:NAMED]), "more_open": len(parted.open_cases[NAMED:]),
        "ours": list(parted.echoes[:NAMED]), "more_ours": len(parted.echoes[NAMED:]),
    }  # fmt: skip
    work.tell(effects.tell("parted", f"department:{TRIAGE}", words))
