"""What an incident refuses: it is over, it is another's, or there is none here."""

from bot.domain.errors.tree import NotAllowed, NotNow, NotUnderstood
from bot.domain.ids import MemberId


class IncidentIsOver(NotNow):
    def __init__(self, title: str, by: MemberId):
        super().__init__(by)
        self.title = title
        self.by = by


class LinkedAlready(NotNow):
    """The case belongs to an incident, this one or another."""

    def __init__(self, title: str):
        super().__init__(title)
        self.title = title


class NotInRoom(NotAllowed):
    """Permission is the incident's channel; `name` is "" for who is not to know of it."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


class NotIncidentLead(NotAllowed):
    """Only the lead stands an incident down, passes the role and lets people in."""

    def __init__(self, lead: MemberId):
        super().__init__(lead)
        self.lead = lead


class NoIncidentHere(NotUnderstood):
    """The channel is no incident's; `open_ones` names those that this person is in."""

    def __init__(self, open_ones: tuple[str, ...]):
        super().__init__(open_ones)
        self.open_ones = open_ones


class NoSuchIncident(NotUnderstood):
    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class NeedsWords(NotUnderstood):
    """Something is to be written, and nothing was; `what` says what."""

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what
