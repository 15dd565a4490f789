"""The rows of the matrix: an act, the right that it takes, and what must have happened before."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tests.authorisation import scenes
from tests.authorisation.cast import Cell, Role, Target
from tests.authorisation.scenes import Scene, fresh
from tests.handlers.house import Json

Roles = frozenset[Role]

_NOBODY: Roles = frozenset()
_WORKING: Roles = frozenset(
    {Role.AGENT, Role.AGENT_ELSEWHERE, Role.LEAD, Role.GUEST_NAMED, Role.SISTER}
)
_OUTSIDE: Roles = frozenset({Role.GUEST, Role.GUEST_RESPONDER, Role.STRANGER})
_MEMBERS = _WORKING | {Role.PUBLIC_UNNAMED}
_AROUND = _MEMBERS | {Role.FOLLOWER}
_RESPONDERS: Roles = frozenset({Role.RESPONDER})
_ADMINS: Roles = frozenset({Role.DESK_ADMIN})
_EVERYBODY = frozenset(Role) - {Role.GONE}
_WELCOME = frozenset(Role) - _OUTSIDE - {Role.GONE}


class Right(Enum):
    """Who has it for what is theirs, and who also for what is not."""

    def __init__(self, own: Roles, everywhere: Roles = _NOBODY):
        self.own = own
        self.everywhere = everywhere

    MEMBER = (_MEMBERS,)
    AROUND = (_AROUND,)
    PUBLISH = (_WORKING,)
    FOLLOW = (frozenset({Role.FOLLOWER}),)
    RESPOND = (_RESPONDERS, _RESPONDERS)
    LEAD = (_ADMINS | {Role.LEAD},)
    ADMIN = (_ADMINS,)
    BELONG = (_AROUND | _ADMINS,)
    KNOWN = (_AROUND | _ADMINS | _RESPONDERS,)
    ANYBODY = (frozenset(Role),)
    IN_ROOM = (_WELCOME, _ADMINS)  # whoever is in the incident's channel, and admins
    LINK = (_AROUND | _RESPONDERS,)  # the same, with a right over the case that is linked
    CALLED = (_EVERYBODY, _EVERYBODY)  # by name, about this case
    MEMBER_OR_RESPONDS = (_MEMBERS | _RESPONDERS, _RESPONDERS)  # somebody was called about it
    AROUND_OR_RESPONDS = (_AROUND | _RESPONDERS, _RESPONDERS)
    PUBLISH_OR_RESPONDS = (_WORKING | _RESPONDERS, _RESPONDERS)
    DECIDE = (_ADMINS, _ADMINS)  # what is the lead's, where somebody else leads

    def holds(self, role: Role, target: Target) -> bool:
        if target is Target.TAMPERED:
            return False
        return role in (self.own if target is Target.OWN else self.everywhere)


class Tells(Enum):
    """How an allowed act is told from a refused one."""

    CHANGE = "something is kept that was not"
    ANSWER = "it is answered, and nothing is kept"
    WORDS = "the customer's words are shown"


@dataclass(frozen=True)
class Row:
    right: Right
    act: Callable[[Cell, str], object]
    scene: Scene = fresh
    tells: Tells = Tells.CHANGE
    targets: tuple[Target, ...] = tuple(Target)


FREE = (Target.OWN,)  # it is about no case
NAMED = (Target.OWN, Target.TAMPERED)  # nor is this, but it names something


def press(name: str, right: Right, scene: Scene = fresh, **facts: object) -> Row:
    where = facts.pop("channel", "service")

    def act(cell: Cell, value: str) -> object:
        return cell.door.press(name, value, by=cell.by, channel=where)

    return Row(right, act, scene, **facts)  # type: ignore[arg-type]


def opens(name: str, right: Right, scene: Scene = fresh) -> Row:
    return press(name, right, scene, tells=Tells.ANSWER)


def on_card(name: str) -> Row:
    """Pressed on a card that stands in the channel."""

    def act(cell: Cell, value: str) -> object:
        return cell.door.press(name, value, by=cell.by, message=scenes.CARD)

    return Row(Right.AROUND, act, scenes.unknown_on_card, Tells.ANSWER)


def form(name: str, right: Right, values: Json, scene: Scene = fresh, **facts: object) -> Row:
    memo = facts.pop("memo", "{}")

    def act(cell: Cell, value: str) -> object:
        return cell.door.submit(name, str(memo).format(value), values, by=cell.by)

    return Row(right, act, scene, **facts)  # type: ignore[arg-type]


def typed(text: str, right: Right, scene: Scene = fresh, **facts: object) -> Row:
    """`{}` is the case's number, or what the scene has named; `{by}` is who types."""

    def act(cell: Cell, value: str) -> object:
        words = text.format(value, by=cell.by, home=cell.case.department, author=cell.author)
        return cell.door.type(words, by=cell.by)

    return Row(right, act, scene, **facts)  # type: ignore[arg-type]


def asks(text: str, right: Right) -> Row:
    return typed(text, right, tells=Tells.ANSWER, targets=FREE)


def sets(text: str, right: Right = Right.ADMIN) -> Row:
    return typed(text, right, targets=FREE)
