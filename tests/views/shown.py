"""What lists and forms of the gallery show."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.domain.ask import Ask
from bot.domain.boards import (
    Line,
)
from bot.domain.case import Outcome
from bot.domain.clock import Pause
from bot.domain.draft import Draft, ReplyTarget
from bot.domain.ids import CLOCK, TRIAGE, CaseId, MemberId
from bot.domain.post import Priority, Visibility
from bot.domain.reply_form import ReplyForm
from bot.domain.routing import Moves, Rule, RuleBook
from bot.domain.sla import Promise
from bot.domain.timeline import Event, What
from tests.views.made import (
    ANN,
    BEN,
    LINK,
    NOW,
    SALES,
    SERVICE,
    TECHNICAL,
    ago,
    case,
    claimed,
    closed,
    post,
    run,
)

SOON = NOW + timedelta(minutes=28)
FOLLOW_UP = post("Still here. Gate closed now.", id="2")
ASKED = Ask(CaseId(1042), SALES, "Follow up the lead")
RULE = Rule(SALES, "words:price,quote lang:nl", (SERVICE,), Priority.HIGH)
BOOK = RuleBook((RULE, Rule(TECHNICAL, "words:app,login")))
MOVES = Moves(Counter({(SALES, SERVICE): 3, (TRIAGE, SERVICE): 38}), ["rule 2 hides rule 3"])


LINES = (
    Line(case(), post(), run(SOON), LINK),
    Line(claimed(id=CaseId(1043)), post(), run(ago(4)), None, FOLLOW_UP),
    Line(closed(Outcome.SOLVED), post(), None, LINK),
)
EVENTS = tuple(
    Event(CaseId(1042), ago(30 - number), what, by, data)
    for number, (what, by, data) in enumerate(
        [
            (What.OPENED, CLOCK, {"department": "service", "why": "rule 3", "priority": "urgent"}),
            (What.POSTED, MemberId("customer"), {"post": "x:1"}),
            (What.CLAIMED, ANN, {}),
            (What.ASSIGNED, ANN, {"to": BEN}),
            (What.PRIORITY, ANN, {"was": "normal", "to": "urgent"}),
            (What.HANDED_OFF, ANN, {"was": "service", "to": "sales", "person": BEN, "ask": "Help"}),
            (What.RETURNED, BEN, {"to": "service", "why": "not ours"}),
            (What.ESCALATED, ANN, {"reason": "The press asks"}),
            (What.WARNED, CLOCK, {"promise": "first_response"}),
            (What.PINGED, CLOCK, {"people": ["U9"], "step": 0}),
            (What.PROMISE, CLOCK, {"promise": "resolution", "target": "1d"}),
            (What.REPLY, ANN, {"state": "sent", "why": ""}),
            (What.ASK_DONE, BEN, {"department": "sales"}),
            (What.NOTE, ANN, {"muted": "a bot"}),
            (What.MERGED, ANN, {"merged": 1043}),
            (What.CLOSED, ANN, {"outcome": "merged", "into": 1040}),
        ]
    )
)
BROKEN = replace(
    run(ago(4), Promise.RESOLUTION), pauses=(Pause(ago(20), ago(10)),), breached_at=ago(4)
)

PUBLICLY = ReplyTarget(post().key, "@northwind", Visibility.PUBLIC)
DRAFT = ReplyForm(case(), Draft(case().id, ANN, PUBLICLY, ago(1)), post())


def writing(
    text: str = "", visibility: Visibility = Visibility.PUBLIC, **facts: object
) -> ReplyForm:
    """The form with these words in it, kept four minutes ago."""
    target = replace(PUBLICLY, visibility=visibility)
    draft = Draft(case().id, ANN, target, ago(9)).look_twice(text, ago(4))
    return replace(DRAFT, draft=draft, **facts)  # type: ignore[arg-type]


CLOSED_AT = NOW + timedelta(hours=30)
