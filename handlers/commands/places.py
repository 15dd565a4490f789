"""Whom and where a typed place means, in the desk's own record."""

from bot.domain.ids import ChannelId, DepartmentKey, MemberId
from handlers.commands.grammar import Place
from handlers.desk import Desk


def person(desk: Desk, place: Place) -> MemberId:
    return desk.roster.find_person(place.name)


def channel(desk: Desk, place: Place) -> ChannelId:
    return desk.roster.find_channel(place.name)


def department(desk: Desk, name: str) -> DepartmentKey:
    """By channel or key; what is neither is refused by the service that is asked."""
    return desk.roster.department_of_channel(name) or DepartmentKey(name)
