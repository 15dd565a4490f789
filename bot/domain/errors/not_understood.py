"""What was typed, or named, means nothing here."""

from bot.domain.errors.tree import NotUnderstood
from bot.domain.ids import CaseId, MemberId


class BadDuration(NotUnderstood):
    """`text` is no duration like 45s, 20m, 1h, 1d or 3bd."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


class TooLong(NotUnderstood):
    """`length` is a duration, and longer than anybody can mean here."""

    def __init__(self, length: str):
        super().__init__(length)
        self.length = length


class NoTimeToKeep(NotUnderstood):
    """A promise that is due the moment it is given."""


class BadQuery(NotUnderstood):
    """A search with a fault; `reason` says which term and why, `hint` what would do."""

    def __init__(self, reason: str, hint: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


class NoSuchCase(NotUnderstood):
    def __init__(self, case: CaseId):
        super().__init__(case)
        self.case = case


class NoSuchReply(NotUnderstood):
    def __init__(self, key: str):
        super().__init__(key)
        self.key = key


class NoSuchDepartment(NotUnderstood):
    def __init__(self, key: str, known: tuple[str, ...]):
        super().__init__(key)
        self.key = key
        self.known = known


class NoQueue(NotUnderstood):
    """A department that approves and owns no cases; `known` are those that do."""

    def __init__(self, key: str, known: tuple[str, ...]):
        super().__init__(key)
        self.key = key
        self.known = known


class NoSuchQuestion(NotUnderstood):
    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class NothingSaid(NotUnderstood):
    """Words that have to say something, and of which nothing can be seen; `field` is theirs."""

    def __init__(self, field: str = ""):
        super().__init__(field)
        self.field = field


class EmptyReply(NotUnderstood):
    """There are no words to send."""


class NoAccountChosen(NotUnderstood):
    """The source has named several accounts of ours, and none fits: the writer has to say."""


class RuleTooLong(NotUnderstood):
    """More than a form can carry to its preview."""

    def __init__(self, length: int, limit: int):
        super().__init__(f"{length} of {limit}")
        self.length = length
        self.limit = limit


class ReplyTooLong(NotUnderstood):
    def __init__(self, length: int, limit: int):
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class NoSuchChange(NotUnderstood):
    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class NoSuchPerson(NotUnderstood):
    """`alike` are those who may be meant, where that is more than one."""

    def __init__(self, text: str, alike: tuple[MemberId, ...] = ()):
        super().__init__(text)
        self.text = text
        self.alike = alike


class NoSuchChannel(NotUnderstood):
    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


class NoCaseHere(NotUnderstood):
    """This message belongs to no case."""


class ManyCasesHere(NotUnderstood):
    """This message tells of many cases, and nothing says which is meant."""


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


class NotBuiltYet(NotUnderstood):
    """The contract names it; this version does not offer it."""

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what


class BadRotaEntry(NotUnderstood):
    """What was typed for the rota has a fault; `reason` says which, and what to write."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class NoSuchRotaEntry(NotUnderstood):
    def __init__(self, number: int, last: int):
        super().__init__(number)
        self.number = number
        self.last = last
