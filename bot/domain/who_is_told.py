"""Who is told of what, and where: the one table, by the sentences of `bot.views.notes`.

A mention needs a new message, since an edited one makes no phone buzz: it stands in the first
posting of a line. It reaches nobody who is not in the channel, so they hear of it directly as well.
Whoever did it themselves is not told of it, nor is anybody who is gone. Breaches and their steps
are a list of their own (`escalation`), and so are calls to a channel (`alerts`); warnings stand in
the thread and mention whoever has the case, else its department (`warn`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Whom(StrEnum):
    ANSWERS_FOR_IT = "who has the case; else who answered last, if there"
    AUTHOR = "the answer's author, and who has the case now"
    OWNER = "who has the case"
    NEW_OWNER = "who has it from now on"
    OWNER_BEFORE = "who had it until now"
    RECEIVER = "who is offered it"
    RECEIVING = "the receiving department"
    COVER = "the cover of a department that is closed"
    SENDER = "who sent it"
    SENDER_AND_LEAD = "who sent it, and the lead of the department that let it lie"
    SENDER_AND_LEADS = "who sent it, and the leads of both departments"
    BOTH_OWNERS = "whoever had either case"
    LEAD = "the lead who is asked for"
    ASKED = "who is asked"
    ASKED_ALONG = "the department that is asked"
    ASKER = "who asked"
    EVERYBODY = "everybody"


class Where(StrEnum):
    THREAD = "thread"
    DIRECT = "direct message"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Row:
    """`every`: one person is mentioned for one case at most so often by such lines."""

    when: str
    whom: Whom
    where: tuple[Where, ...]
    every: timedelta | None = None


_SELDOM = timedelta(minutes=2)
_BOTH = (Where.THREAD, Where.DIRECT)

WHO_IS_TOLD: Mapping[str, Row] = {
    "follow_up": Row("the customer writes again", Whom.ANSWERS_FOR_IT, (Where.THREAD,), _SELDOM),
    "edited": Row("the customer edits a post", Whom.ANSWERS_FOR_IT, (Where.THREAD,), _SELDOM),
    "deleted": Row("the customer deletes a post", Whom.ANSWERS_FOR_IT, (Where.THREAD,), _SELDOM),
    "reply_failed": Row("an answer was refused", Whom.AUTHOR, _BOTH),
    "reply_held": Row("an answer is held", Whom.AUTHOR, _BOTH),
    "reply_unknown": Row("nobody knows whether an answer is public", Whom.AUTHOR, _BOTH),
    "assigned": Row("a case is given to somebody", Whom.NEW_OWNER, (Where.DIRECT,)),
    "raised": Row("a case of somebody's becomes urgent", Whom.OWNER, (Where.THREAD,)),
    "taken_from": Row("a case is taken from somebody", Whom.OWNER_BEFORE, (Where.DIRECT,)),
    "hand_off_offer": Row("a case is offered to a person", Whom.RECEIVER, (Where.DIRECT,)),
    "arrived": Row("a case comes where it was before", Whom.RECEIVING, (Where.CHANNEL,)),
    "covering": Row("a case comes to a closed department", Whom.COVER, (Where.CHANNEL,)),
    "returned": Row("a hand-off is returned", Whom.SENDER, _BOTH),
    "lapsed": Row("nobody answered a hand-off", Whom.SENDER_AND_LEAD, (Where.DIRECT,)),
    "third_return": Row(
        "a case is returned for the third time in a day", Whom.SENDER_AND_LEADS, (Where.DIRECT,)
    ),
    "split": Row("a merged case is taken out again", Whom.BOTH_OWNERS, _BOTH),
    "displaced": Row("a case loses its department", Whom.OWNER_BEFORE, (Where.DIRECT,)),
    "merged": Row("a case goes on in another", Whom.BOTH_OWNERS, _BOTH),
    "escalated": Row("a lead is asked for help", Whom.LEAD, (Where.DIRECT,)),
    "question": Row("a question is asked", Whom.ASKED, (Where.DIRECT, Where.CHANNEL)),
    "asked_more": Row(
        "a department that has the card is asked", Whom.ASKED_ALONG, (Where.CHANNEL,)
    ),
    "answered": Row("a question is answered", Whom.ASKER, (Where.THREAD,)),
    "outgoing": Row("public replies are stopped or released", Whom.EVERYBODY, (Where.CHANNEL,)),
}

CUSTOMER_S_WORDS = ("follow_up", "edited", "deleted")  # one of them is enough for a while


def was_mentioned(person: str, lines: Iterable[Mapping[str, object]]) -> bool:
    """Whether one of these lines of late named them for the customer's words."""
    said = (one for one in lines if one.get("say") in CUSTOMER_S_WORDS)
    return any(isinstance(to := one.get("to"), list) and person in to for one in said)


def is_thread_only(say: str) -> bool:
    """A mention there is all that they would hear, so it has to reach them."""
    row = WHO_IS_TOLD.get(say)
    return row is not None and row.where == (Where.THREAD,)
