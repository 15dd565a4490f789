"""The right is missing: it says which, and who can give it."""

from bot.domain.errors.tree import NotAllowed
from bot.domain.ids import MemberId


class NotMember(NotAllowed):
    """Permission is the department's channel, and this person is not in it, or from outside."""

    def __init__(self, department: str, channel: str, *, is_outside: bool = False):
        super().__init__(department)
        self.department = department
        self.channel = channel
        self.is_outside = is_outside


class LeavesCompany(NotAllowed):
    """A customer's words would be read outside: by a guest nobody named, or in a shared channel."""

    def __init__(self, *, person: MemberId | None = None, channel: str = ""):
        super().__init__(person or channel)
        self.person = person
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
    """Only members of the rapid-response channel acknowledge its pings; guests need naming too."""

    def __init__(self, *, is_outside: bool = False):
        super().__init__()
        self.is_outside = is_outside


class NotYours(NotAllowed):
    """Only its author decides about this."""

    def __init__(self, author: MemberId):
        super().__init__(author)
        self.author = author


class Stranger(NotAllowed):
    """Somebody of another workspace, a bot or a workflow."""
