"""What one person makes others be told of one case again and again is folded into one message.

It is drawn anew with the newest words and how many there were; that makes no phone buzz, and each
of them stands in the case's history.
"""

from dataclasses import replace
from datetime import timedelta

from bot.domain.effects import Effect, Kind
from bot.domain.ids import CLOCK, CUSTOMER, DESK, IncidentId, MemberId
from bot.domain.incident_facts import Happened
from bot.services.kernel import Work

WITHIN = timedelta(minutes=10)
MOST = 3  # messages of one sort from one person to one place, about one case
ONCE_ONLY = frozenset({"escalated"})  # a call for help is heard the first time
WITHOUT_NAME = frozenset({"covering"})  # caused by people, and said in nobody's name


def say(work: Work, told: Effect) -> None:
    """A message of its own, or added to the last of its sort."""
    if not is_added(work, told):
        work.tell(told)


def is_added(work: Work, told: Effect) -> bool:
    """Whether the last of its sort says it too, because there have been so many just now."""
    lately = _lately(work, told)
    if len(lately) < (1 if told.args["say"] in ONCE_ONLY else MOST):
        return False
    last = lately[-1]
    before = last.args.get("more", 0)
    more = before + 1 if isinstance(before, int) else 1
    work.tell(replace(last, args={**told.args, "more": more}))
    return True


def declares_much(work: Work, by: MemberId) -> bool:
    """So many incidents just now, over or not, that a mention for each would only be noise."""
    return work.tx.incidents.declared_by(by, after=work.at - WITHIN) > MOST


def is_given_much(work: Work, incident: IncidentId, role: str) -> bool:
    """The same role has gone to the same person so often just now that they know."""
    lately = [
        one
        for one in work.tx.incidents.entries(incident)
        if one.what is Happened.ROLE and one.text == role and work.at - one.at < WITHIN
    ]
    return len(lately) > MOST


def _lately(work: Work, told: Effect) -> list[Effect]:
    by, is_ours = told.args.get("by"), told.args["say"] in WITHOUT_NAME
    if told.case is None or (by in (None, CLOCK, CUSTOMER, DESK) and not is_ours):
        return []
    said = work.tx.outbox.of_case(told.case, Kind.NOTE, after=work.at - WITHIN)
    return [
        one.again()
        for one in said
        if one.place == told.place
        and one.key != told.key
        and (one.args.get("say"), one.args.get("by")) == (told.args["say"], by)
    ]
