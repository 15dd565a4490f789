"""The state moved on, or somebody else was first."""

from bot.domain.errors.tree import NotNow
from bot.domain.ids import CaseId, MemberId


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


class NoWayOut(CaseNow):
    """A case that was made by hand: no network takes an answer from here."""

    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


class StillUnanswered(CaseNow):
    """The customer waits for a word: whoever solves the case without one says why."""

    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


class WroteMeanwhile(CaseNow):
    """The customer's newest word came after what somebody decided by."""

    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


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


class ReplyMovedOn(NotNow):
    """The reply is not where the button thought; `state` says where it is."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


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


class QuestionAnswered(NotNow):
    def __init__(self, by: MemberId | None):
        super().__init__(by)
        self.by = by


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


class AllAcknowledged(NotNow):
    """No line of the message waits for anybody any more."""


class CallIsOver(NotNow):
    """What somebody was called for was answered, or its case was closed."""

    def __init__(self, case: CaseId, settled: str):
        super().__init__(case, settled)
        self.case = case
        self.settled = settled


class NothingToAcknowledge(NotNow):
    """Nobody was pinged about this."""

    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


class ChangedSince(NotNow):
    """Newer changes of the same kind stand on this one; they are undone first."""

    def __init__(self, number: int, newer: tuple[int, ...]):
        super().__init__(number)
        self.number = number
        self.newer = newer


class SubmittedAlready(NotNow):
    """The same form, or the same words, came before; once is enough."""


class TooManyForms(NotNow):
    """Slack puts three forms on top of one another, and no fourth."""


class FormIsClosed(NotNow):
    """Slack has no such form any more: somebody closed it, or another took its place."""


class PressedTooLongAgo(NotNow):
    """Slack opens a form only within three seconds of the press."""


class DraftIsGone(NotNow):
    """What this form belongs to was sent, or its case is closed or elsewhere."""

    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


class DraftIsAnother(NotNow):
    """The same person has gone on with this answer in another form, maybe to another post."""

    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case
