"""The main stories as people and senders live them; each act is repeated until it is answered.

A new story is one function under `@story`: it is run whole, and again for every point of its end.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.effects import Kind
from bot.domain.ids import CaseId, ChannelId, IncidentId, MemberId
from bot.domain.incident import IncidentRole, Severity
from bot.domain.post import Author, Post
from bot.domain.reply import ReplyState
from bot.services.roster import Roster
from tests.company import ANN, BEN, CEM, DORA, SALES, SERVICE, TECHNICAL, TOM
from tests.crash.world import World
from tests.desk import TestDesk
from tests.room import Workspace

FIRST = CaseId(1001)
INCIDENT = IncidentId(1)
CHANNEL = "inc-2026-03-02-ash-cloud"
ROOM = ChannelId(f"C-{CHANNEL}")
Tell = Callable[[World], None]


@dataclass(frozen=True)
class Story:
    """`before` is lived in peace, `tell` with the end in mind."""

    name: str
    before: Tell
    tell: Tell


STORIES: dict[str, Story] = {}


def story(name: str, before: Tell = lambda _: None) -> Callable[[Tell], Tell]:
    def register(tell: Tell) -> Tell:
        STORIES[name] = Story(name, before, tell)
        return tell

    return register


def post(number: int, text: str = "where is my bag?", **facts: object) -> Post:
    made = Post("x", f"p{number}", text, Author(f"@jane{number}"), conversation=f"c{number}")
    return replace(made, **facts)  # type: ignore[arg-type]


def one_card(world: World) -> None:
    world.deliver(post(1))


def one_claimed(world: World) -> None:
    one_card(world)
    world.do(lambda desk: desk.casework.claim(FIRST, by=ANN))


@story("post to card")
def post_to_card(world: World) -> None:
    """A post, the same again, one that two departments see, a follow-up and an edit."""
    world.deliver(post(1))
    world.deliver(post(1))
    world.deliver(post(2, "where can I buy it?"))
    world.deliver(post(3, "and now?", conversation="c1", author=Author("@jane1")))
    world.do(lambda desk: desk.receive(replace(post(2), text="where to buy it?"), "edit-2"))


@story("claim", before=one_card)
def claim(world: World) -> None:
    """Two want it, one has it, releases it, and the other takes it."""
    world.do(lambda desk: desk.casework.claim(FIRST, by=ANN))
    world.do(lambda desk: desk.casework.claim(FIRST, by=BEN))
    world.do(lambda desk: _release(desk, by=ANN))
    world.do(lambda desk: desk.casework.claim(FIRST, by=BEN))


@story("reply with undo to delivery", before=one_card)
def reply(world: World) -> None:
    """Taken back in time, written again, sent; then the case is solved."""
    answer(world, "first", "We are on it!")
    world.do(lambda desk: _undo(desk))
    answer(world, "second", "We are on it.")
    world.pass_time(timedelta(minutes=1))
    world.rest()
    decide_unknown(world)
    world.do(lambda desk: desk.closings.solve(FIRST, "found", by=ANN))


@story("hand-off and accept", before=one_claimed)
def hand_off(world: World) -> None:
    world.do(lambda desk: desk.hand_offs.to_department(FIRST, TECHNICAL, "please look", by=ANN))
    world.do(lambda desk: desk.hand_offs.accept(FIRST, by=TOM))
    world.do(lambda desk: desk.hand_offs.to_department(FIRST, SALES, "a refund?", by=TOM))
    world.pass_time(timedelta(minutes=16))  # nobody answers: it comes back
    world.do(lambda desk: desk.hand_offs.to_department(FIRST, SERVICE, "yours again", by=TOM))
    world.do(lambda desk: desk.hand_offs.give_back(FIRST, by=BEN))


@story("breach to acknowledge", before=one_claimed)
def breach(world: World) -> None:
    """A claim stops nothing: warned, broken, pinged, pinged again, acknowledged, silent."""
    world.pass_time(timedelta(minutes=44))
    world.pass_time(timedelta(minutes=17))
    world.pass_time(timedelta(minutes=20))
    world.do(lambda desk: desk.watch.acknowledge(FIRST, _broken(desk), by=CEM))
    world.pass_time(timedelta(minutes=25))


def many_pinged(world: World) -> None:
    """Of so many that they share one message, each with an answer that is late."""
    for number in range(1, 7):
        world.deliver(post(number))
    world.pass_time(timedelta(minutes=61))


@story("breaches to acknowledge all", before=many_pinged)
def acknowledge_all(world: World) -> None:
    """One of them by itself, then all that are left: the pings of none climb on."""
    world.do(lambda desk: desk.watch.acknowledge(FIRST, _broken(desk), by=CEM))
    world.do(lambda desk: desk.watch.acknowledge_all(_bundle(desk), by=CEM))
    world.pass_time(timedelta(minutes=25))


@story("escalate", before=one_card)
def escalate(world: World) -> None:
    world.do(lambda desk: desk.casework.escalate(FIRST, "the press is calling", by=ANN))
    world.do(lambda desk: desk.casework.tell_lead(FIRST, "please look", by=BEN))


# Incidents


def in_room(world: World) -> None:
    """Declared long enough ago that who comes now comes late; a first word is said there."""
    one_claimed(world)
    declare(world)
    world.pass_time(timedelta(minutes=5))


@story("declare to stand-down: the channel opens", before=one_claimed)
def declare(world: World) -> None:
    """Two declare the same, and the first lets the second in: one channel opens, is filled and
    named, its facts are pinned."""
    world.do(lambda desk: desk.incidents.declare("Ash cloud", Severity.SEV2, [FIRST], by=ANN))
    world.do(lambda desk: desk.incidents.declare("ASH  cloud", Severity.SEV2, by=TOM))
    world.do(lambda desk: desk.incidents.decide(1, is_in=True, by=ANN))


@story("declare to stand-down: a crisis, its name taken", before=one_claimed)
def crisis(world: World) -> None:
    """The last rung of *Escalate*; somebody has that name, and somebody cannot be let in."""
    world.halls.others.add(CHANNEL)
    world.halls.unwelcome[CEM] = "user_is_restricted"
    world.do(lambda desk: desk.incidents.escalate(FIRST, "Ash cloud", by=ANN))


@story("declare to stand-down: work in the channel", before=in_room)
def work_in_channel(world: World) -> None:
    """Linked, told, given away, graded, picked by hand and by a mark; two come late."""
    world.deliver(post(2, "no flights?"))
    world.do(lambda desk: desk.incidents.link(INCIDENT, CaseId(FIRST + 1), by=ANN))
    update(world, "All grounded", once="form 1")
    give(world, IncidentRole.VOICE, to=DORA)
    world.do(lambda desk: desk.incidents.grade(INCIDENT, Severity.SEV1, by=ANN))
    world.do(lambda desk: desk.incidents.add(ROOM, "7.1", "Buses come at two", by=CEM))
    world.halls.words[ROOM, "7.2"] = "They are full"
    world.do(lambda desk: desk.incidents.mark(ROOM, "7.2", by=TOM))
    world.do(lambda desk: Roster(desk.kernel, Workspace()).joined(ROOM, BEN))


@story("declare to stand-down: asked how it stands", before=in_room)
def asked_how_it_stands(world: World) -> None:
    """The lead is asked, then the room; the lead leaves, another leads and is asked."""
    world.pass_time(timedelta(minutes=58))
    world.pass_time(timedelta(minutes=6))
    update(world, "Still grounded", once="form 1")
    world.do(lambda desk: Roster(desk.kernel, Workspace()).left(ROOM, ANN))
    give(world, IncidentRole.LEAD, to=CEM, by=CEM)
    world.pass_time(timedelta(minutes=63))


@story("declare to stand-down: over", before=in_room)
def stand_down(world: World) -> None:
    """Over, with its summary; the same again that day has a channel of its own."""
    world.do(lambda desk: desk.incidents.stand_down(INCIDENT, "It blew away", by=ANN))
    world.do(lambda desk: desk.incidents.declare("Ash cloud", Severity.SEV3, [FIRST], by=BEN))


@story("storm to digest, claimed from it, to calm")
def storm(world: World) -> None:
    """Four at once where Slack takes one in five seconds: a digest, a card in its thread, a note
    below that, a line that is closed, and the word that it is over."""
    world.room.pace = timedelta(seconds=5)
    world.deliver_at_once(*(post(number) for number in range(1, 5)))
    world.do(lambda desk: desk.casework.claim(FIRST, by=ANN))
    world.deliver(post(9, "hello?", conversation="c1", author=Author("@jane1")))
    world.do(lambda desk: desk.closings.no_reply(CaseId(FIRST + 1), by=BEN))
    world.pass_time(timedelta(minutes=3))
    world.rest()


# What people do in them


def update(world: World, text: str, *, once: str) -> None:
    """The same form, however often it is sent, is one update."""
    world.do(lambda desk: desk.incidents.update(INCIDENT, text, by=CEM, once=once))


def give(world: World, role: IncidentRole, *, to: MemberId, by: MemberId = ANN) -> None:
    world.do(lambda desk: desk.incidents.give_role(INCIDENT, role, to, by=by))


def answer(world: World, form: str, text: str) -> None:
    """Form, preview, *Send*: the same form, however often it is sent, is one answer."""
    world.do(lambda desk: desk.replies.draft(FIRST, by=ANN))
    world.do(lambda desk: desk.replies.submit(FIRST, text, by=ANN, once=form))
    world.approved[form] = text


def decide_unknown(world: World) -> None:
    """Where nobody knows, its author looks, and says what they saw."""
    with world.desk.reading() as tx:
        latest = tx.replies.latest(FIRST)
    if latest is None or latest.state is not ReplyState.UNKNOWN:
        return
    world.decided.append(latest.key)
    if any(said.key == latest.key for said, _ in world.public.said):
        world.do(lambda desk: desk.replies.found(latest.key, "", by=ANN))
    else:
        world.do(lambda desk: desk.replies.send_again(latest.key, by=ANN))
        world.pass_time(timedelta(minutes=1))
        world.rest()
        decide_unknown(world)


def _release(desk: TestDesk, *, by: MemberId) -> None:
    if desk.case(FIRST).assignee == by:
        desk.casework.release(FIRST, by=by)


def _undo(desk: TestDesk) -> None:
    with desk.reading() as tx:
        waiting = tx.replies.latest(FIRST)  # none where the first try was kept
    if waiting:
        desk.replies.undo(waiting.key, by=ANN)


def _bundle(desk: TestDesk) -> str:
    """Which message says its ping, together with others."""
    return str(desk.messages(FIRST, Kind.PING)[0].within)


def _broken(desk: TestDesk) -> str:
    """What the pings of the case are about: the first answer's promise."""
    return next(name for name in (run.name for run in desk.clocks(FIRST).values())
                if name.startswith("first_response"))  # fmt: skip
