"""Who is let in: whoever holds the key, and signed it just now by this machine's clock.

That clock decides and not the desk's time: it is what whoever signs goes by, too.
"""

import logging
from datetime import timedelta

from bot.domain.clock_report import direction
from bot.domain.durations import spoken
from bot.web.answers import refuse
from bot.web.doors import Doors
from bot.web.signature import TOLERANCE, too_far_off

_WHOLE_SECONDS = timedelta(seconds=1)  # are what a sender signs

log = logging.getLogger(__name__)


def must_be_signed(doors: Doors, moment: str, *, is_signed: bool) -> None:
    """`moment`: when, as the signature has it. Whoever does not hold the key learns nothing."""
    if not is_signed:
        refuse(401, "signature missing, wrong or old")
    if ahead := too_far_off(moment, doors.wall()):
        log.warning("signature refused for its time", extra={"seconds": ahead.total_seconds()})
        refuse(401, _why(doors, ahead))


def _why(doors: Doors, ahead: timedelta) -> str:
    by = spoken(abs(ahead) + _WHOLE_SECONDS)
    off = f"signature old: made {by} {direction(ahead)} this machine's clock"
    allowed = f"at most {spoken(TOLERANCE)} is allowed"
    if skew := doors.clocks().suspect:
        return f"{off}, {allowed}. {skew} It is probably wrong: set it right, then send again."
    return f"{off}, {allowed}. One of the two clocks is wrong: set it right, then send again."
