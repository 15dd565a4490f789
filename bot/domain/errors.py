"""Everything the desk refuses, as named facts; the sentences stand in `bot.views.sentences`.

BotError
├── Refused                 a person asked for something that may not or cannot be
│   ├── NotAllowed          the right is missing
│   ├── NotNow              the state moved on, or another was first
│   └── NotUnderstood       what was typed does not mean anything here
├── Broken                  configuration or data with faults; carries all of them
└── Unavailable             the world outside, or the store, does not answer
"""

from bot.domain.ids import CaseId, MemberId


class BotError(Exception):
    """The root; `guard` shows its sentence to the person concerned, the command line prints it."""


class Refused(BotError):
    """A person asked for something that may not or cannot be."""


class NotAllowed(Refused):
    """The right is missing."""


class NotNow(Refused):
    """The state moved on, or somebody else was first."""


class NotUnderstood(Refused):
    """What was typed does not mean anything here."""


class Broken(BotError):
    """Configuration or data with faults; `faults` holds one sentence for each."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


class Unavailable(BotError):
    """The world outside, or the store, does not answer."""


# NotUnderstood


class BadDuration(NotUnderstood):
    """`text` is no duration like 45s, 20m, 1h, 1d or 3bd."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


class BadQuery(NotUnderstood):
    """A search with a fault; `reason` says which term and why, `hint` what would do."""

    def __init__(self, reason: str, hint: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


# NotNow: the case


class CaseNow(NotNow):
    """What the case is now forbids the move."""


class AlreadyClaimed(CaseNow):
    def __init__(self, assignee: MemberId):
        super().__init__(assignee)
        self.assignee = assignee


class NotAssignee(CaseNow):
    """Somebody else holds the case, or is the one it was handed to."""

    def __init__(self, assignee: MemberId):
        super().__init__(assignee)
        self.assignee = assignee


class CaseIsSolved(CaseNow):
    def __init__(self, by: MemberId, outcome: str, into: CaseId | None = None):
        super().__init__(by, outcome)
        self.by = by
        self.outcome = outcome
        self.into = into


class CaseIsOpen(CaseNow):
    """There is nothing to reopen."""


class HandOffIsPending(CaseNow):
    def __init__(self, person: MemberId | None):
        super().__init__(person)
        self.person = person


class NoHandOffPending(CaseNow):
    def __init__(self, assignee: MemberId | None):
        super().__init__(assignee)
        self.assignee = assignee


class NothingToChange(CaseNow):
    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


# NotNow: the reply


class ReplyMovedOn(NotNow):
    """The reply is not where the button thought; `state` says where it is."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


# Unavailable


class StoreUnavailable(Unavailable):
    """The database is locked, full, read-only or away; nothing was kept."""


# NotUnderstood: what is not there


class NoSuchCase(NotUnderstood):
    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


class NoSuchReply(NotUnderstood):
    def __init__(self, key: str):
        super().__init__(key)
        self.key = key


class SlackUnavailable(Unavailable):
    """Slack did not answer, or refused the desk altogether."""


class NoSuchDepartment(NotUnderstood):
    def __init__(self, key: str, known: tuple[str, ...]):
        super().__init__(key)
        self.key = key
        self.known = known


# NotAllowed


class NotMember(NotAllowed):
    """Permission is the department's channel, and this person is not in it."""

    def __init__(self, department: str, channel: str):
        super().__init__(department)
        self.department = department
        self.channel = channel


class NotNamed(NotAllowed):
    """In a public channel only named members publish; guests need naming everywhere."""

    def __init__(self, department: str, *, is_outside: bool):
        super().__init__(department)
        self.department = department
        self.is_outside = is_outside


class NotLead(NotAllowed):
    def __init__(self, department: str, lead: MemberId | None):
        super().__init__(department)
        self.department = department
        self.lead = lead


class NotAdmin(NotAllowed):
    def __init__(self, admins: tuple[MemberId, ...]):
        super().__init__(admins)
        self.admins = admins


class NotResponder(NotAllowed):
    """Only members of the rapid-response channel acknowledge its pings."""


class NotYours(NotAllowed):
    """Only its author decides about this."""

    def __init__(self, author: MemberId):
        super().__init__(author)
        self.author = author


class NotInDepartment(NotNow):
    """The person who should get the case does not work where it is."""

    def __init__(self, member: MemberId, department: str, channel: str):
        super().__init__(member)
        self.member = member
        self.department = department
        self.channel = channel


class NoAskOpen(CaseNow):
    """This department is asked nothing, or has said *Done*."""

    def __init__(self, department: str):
        super().__init__(department)
        self.department = department


class ReplyIsUnderWay(CaseNow):
    """A reply waits, is held or nobody knows its outcome: that is decided first."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class NoSuchQuestion(NotUnderstood):
    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class QuestionAnswered(NotNow):
    def __init__(self, by: MemberId | None):
        super().__init__(by)
        self.by = by


class EmptyReply(NotUnderstood):
    """There are no words to send."""


class ReplyTooLong(NotUnderstood):
    def __init__(self, length: int, limit: int):
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class SaidAlready(NotNow):
    """The very same words were sent to this customer within a day."""

    def __init__(self, by: MemberId):
        super().__init__(by)
        self.by = by


class OutgoingIsOff(NotNow):
    """The switch for public replies is on `switch`, and that forbids it."""

    def __init__(self, switch: str):
        super().__init__(switch)
        self.switch = switch


class AlreadyAcknowledged(NotNow):
    def __init__(self, by: MemberId):
        super().__init__(by)
        self.by = by


class NothingToAcknowledge(NotNow):
    """Nobody was pinged about this."""

    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


class NoSuchChange(NotUnderstood):
    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class ChangedSince(NotNow):
    """Newer changes of the same kind stand on this one; they are undone first."""

    def __init__(self, number: int, newer: tuple[int, ...]):
        super().__init__(number)
        self.number = number
        self.newer = newer


class NoSuchPerson(NotUnderstood):
    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


class NoSuchChannel(NotUnderstood):
    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


class NoCaseHere(NotUnderstood):
    """This message belongs to no case."""


class SubmittedAlready(NotNow):
    """The same form was sent before; once is enough."""


class RunningAlready(Unavailable):
    """Another process runs this desk; two would say everything twice."""

    def __init__(self, database: str):
        super().__init__(database)
        self.database = database


# Slack's door


class Tampered(NotUnderstood):
    """What came with a button or form is not what the desk puts there; `what` names the part."""

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what


class WrongUsage(NotUnderstood):
    """A command typed otherwise than it is meant; `nearest` is what may have been meant."""

    def __init__(self, usage: str, nearest: str = ""):
        super().__init__(usage)
        self.usage = usage
        self.nearest = nearest


class NeedsForm(NotUnderstood):
    """Slack opens no form from a message; `usage` is the command that does."""

    def __init__(self, usage: str):
        super().__init__(usage)
        self.usage = usage


class NobodyChosen(NotUnderstood):
    """A form was sent without the person, department or channel it is for."""


class Stranger(NotAllowed):
    """Somebody of another workspace, a bot or a workflow."""


class PressedTooLongAgo(NotNow):
    """Slack opens a form only within three seconds of the press."""


class Unexpected(BotError):
    """A fault of ours; `reference` finds it in the log."""

    def __init__(self, reference: str):
        super().__init__(reference)
        self.reference = reference


class AddressTaken(Unavailable):
    """Another program listens where the desk's web part should."""

    def __init__(self, address: str):
        super().__init__(address)
        self.address = address
