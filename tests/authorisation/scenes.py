"""What must have happened before an act can succeed at all, so that only the right decides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain import effects
from bot.domain.ask import Ask
from bot.domain.case import Closing, HandOff, Outcome, OutsideAnswer
from bot.domain.draft import Draft, ReplyTarget
from bot.domain.ids import RAPID_RESPONSE, CaseId, ChannelId, MemberId
from bot.domain.incident import Incident, IncidentRole, Severity
from bot.domain.outbox import Delivered
from bot.domain.post import Visibility
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.domain.timeline import What
from bot.services import brake
from bot.services.merging import link, merge
from bot.services.outside import answered_outside
from bot.store.authors import author_key
from bot.store.people import KnownChannel
from tests.authorisation.cast import Cell, Target
from tests.company import (
    ANN,
    BEN,
    CEM,
    DORA,
    EVE,
    MARKETING,
    PR,
    SALES,
    SERVICE,
    SUE,
    TECHNICAL,
    channel_of,
    email_of,
)
from tests.desk import TestDesk

Scene = Callable[[Cell], str]  # what the button carries beside or instead of the case


def fresh(cell: Cell) -> str:
    """Nobody has it."""
    return cell.value


def held(cell: Cell) -> str:
    """Who acts has it, whatever right they still have."""
    with cell.door.story.work() as work:
        work.tx.cases.save(cell.case.assign(cell.by, work.at))
    return cell.value


def closed(cell: Cell) -> str:
    with cell.door.story.work() as work:
        work.tx.cases.save(cell.case.close(Closing(Outcome.NO_REPLY, BEN, work.at)))
    return cell.value


def offered(cell: Cell) -> str:
    with cell.door.story.work() as work:
        offer = HandOff(BEN, MARKETING, None, "please", work.at, work.at)
        work.tx.cases.save(replace(cell.case, hand_off=offer, version=cell.case.version + 1))
    return cell.value


def _reply(state: ReplyState) -> Scene:
    def scene(cell: Cell) -> str:
        """Written by who acts, on a case that they have."""
        held(cell)
        with cell.door.story.work() as work:
            work.tx.replies.add(
                Reply(
                    "reply1", cell.case.id, cell.case.post, cell.by, "We are on it.",
                    Visibility.PUBLIC, None, work.at, work.at, state,
                )
            )  # fmt: skip
        return cell.key("reply1")

    return scene


undoable, waiting, unknown = (
    _reply(state) for state in (ReplyState.UNDO, ReplyState.HELD, ReplyState.UNKNOWN)
)


def writing(cell: Cell) -> str:
    """Who acts has the form of an answer open, whatever right they still have."""
    return _written(cell, "", is_previewed=False)


def previewed(cell: Cell) -> str:
    return _written(cell, "We are on it.", is_previewed=True)


def _written(cell: Cell, text: str, *, is_previewed: bool) -> str:
    with cell.door.story.work() as work:
        target = ReplyTarget(cell.case.post, None, Visibility.PUBLIC)
        draft = Draft(cell.case.id, cell.by, target, work.at)
        draft = draft.look_twice(text, work.at) if is_previewed else draft
        work.tx.drafts.save(draft)
    return cell.key(str(draft.carried))


def _call(cell: Cell, *people: MemberId) -> str:
    told = effects.ping(cell.case.id, "escalated:2", "now", people, "it burns")
    with cell.door.story.work() as work:
        work.tell(told)
    return told.key


def called(cell: Cell) -> str:
    """Who acts was called by name about the case."""
    _call(cell, cell.by)
    return cell.value


def called_and_pinged(cell: Cell) -> str:
    return cell.key(_call(cell, cell.by))


def everybody_called(cell: Cell) -> str:
    """Nobody was on duty, so the whole channel was."""
    _call(cell)
    return cell.value


def called_before(cell: Cell) -> str:
    """By name, and then the case was closed and reopened hours later."""
    called(cell)
    with cell.door.story.work() as work:
        work.record(cell.case.id, What.CLOSED, BEN, outcome=Outcome.NO_REPLY)
    return cell.value


def pinged(cell: Cell) -> str:
    return cell.key(_call(cell))


def pinged_together(cell: Cell) -> str:
    pings = [
        effects.ping(cell.case.id, f"escalated:{number}", "now", (), "it burns")
        for number in (2, 3)
    ]
    together = effects.late_list(
        "bundle:all", RAPID_RESPONSE, [ping.key for ping in pings], at=cell.door.story.now
    )
    with cell.door.story.work() as work:
        work.tell(*pings, together)
    return cell.key(together.key)


def asked(cell: Cell) -> str:
    """A question to the channel of sales about the case."""
    place = f"channel:{channel_of(SALES)}"
    with cell.door.story.work() as work:
        question = work.tx.asks.question(
            cell.case.id, asker=BEN, place=place, question="is it?", at=work.at
        )
    return cell.key(str(question.id))


def follower_asked(cell: Cell) -> str:
    """Marketing follows every case."""
    return cell.key(f"{cell.case.id}:{MARKETING}")


def menu_to_marketing(cell: Cell) -> str:
    """A line of triage's menu: the case, and where it is to go."""
    return cell.key(f"{cell.case.id}:{MARKETING}")


def department_to_remove(cell: Cell) -> str:
    return cell.key(str(TECHNICAL))


def asked_along(cell: Cell) -> str:
    """Somebody of the case's department has asked another one."""
    other = SALES if cell.case.department != SALES else TECHNICAL
    with cell.door.story.work() as work:
        work.tx.asks.put(Ask(cell.case.id, other, "follow the lead"))
    return cell.key(f"{cell.case.id}:{other}")


def muted(cell: Cell) -> str:
    """Ben has muted the author of the case."""
    with cell.door.story.work() as work:
        author = author_key(work.first_post(cell.case).post)
        work.tx.seen.mute(author, work.at + timedelta(days=1), by=BEN, reason="a robot")
    return cell.value


def changed(cell: Cell) -> str:
    """The switch was moved by the lead of service."""
    with cell.door.story.work() as work:
        number = work.change("outgoing", "hold", DORA, "public replies hold")
    return cell.key(str(number))


def braked(cell: Cell) -> str:
    """Dora has stopped public replies, and has not said why."""
    with cell.door.story.work() as work:
        work.change("outgoing", "hold", DORA, "public replies on hold")
        brake.switched(work, Outgoing.HOLD, DORA)
    return cell.value


def two(cell: Cell) -> str:
    """Another case of the same department, to be merged into this one."""
    return cell.key(f"{_another(cell)}:{cell.case.id}")


def _another(cell: Cell) -> CaseId:
    other = cell.door.story.post(f"more of {cell.case.department}", by="@second")
    with cell.door.story.work() as work:
        moved = replace(work.case(other), department=cell.case.department)
        work.tx.cases.save(replace(moved, version=moved.version + 1))
    return other


def answered_there(cell: Cell) -> str:
    """Somebody answered outside the desk."""
    with cell.door.story.work() as work:
        answered_outside(work, cell.case, OutsideAnswer(work.at, EVE))
    return cell.value


def merged(cell: Cell) -> str:
    """The case went on in another one."""
    other = _another(cell)
    with cell.door.story.work() as work:
        merge(work, work.case(cell.case.id), work.case(other), EVE)
    return cell.value


def linked(cell: Cell) -> str:
    """The two of them, linked."""
    other = _another(cell)
    with cell.door.story.work() as work:
        link(work, other, cell.case.id, EVE)
    return cell.key(f"{other}:{cell.case.id}")


OTHER_LEAD = MemberId("UZOE")
CARD = "5.5"  # the time stamp of the card below


def card_stands(cell: Cell) -> str:
    """In the channel of service, where whoever acts is looking."""
    with cell.door.story.store.transaction() as tx:
        card = tx.outbox.of_case(cell.case.id, effects.Kind.CARD)[0]
        tx.outbox.start([card], attempt="first", at=cell.door.story.now)
        tx.outbox.shown(card, Delivered(CARD, channel_of(SERVICE)))
    return "1.9" if cell.target is Target.TAMPERED else CARD


def unknown_on_card(cell: Cell) -> str:
    card_stands(cell)
    return unknown(cell)


def led(cell: Cell) -> str:
    """Every department has a lead who can be told, and service another one beside Dora."""
    story = cell.door.story
    for key in (TECHNICAL, PR):
        story.department(key, lead=email_of(DORA))
    named = story.document("named")
    story.put("named", {**named, SERVICE: {**dict(named.get(SERVICE, {})), OTHER_LEAD: "lead"}})
    return cell.value


def step(cell: Cell) -> str:
    """A step of the set-up, as the home tab numbers it."""
    return cell.key("1")


def channel_in_doubt(cell: Cell) -> str:
    """A public channel has the name of sales' own."""
    place = KnownChannel(
        "department:sales", "care-sales", None, False, offer=ChannelId("C0PUBLIC"), doubt="public"
    )
    with cell.door.story.work() as work:
        work.tx.people.put_channel(place)
    return cell.key("C0PUBLIC:department:sales")


def period(cell: Cell) -> str:
    """The last day, as the button of a figure carries it."""
    until = int(cell.door.story.now.timestamp())
    return cell.key(f"{until - 86400}:{until + 1}")


def two_shifts(cell: Cell) -> str:
    """Of Ann by day and of Cem by night, so that they can be swapped."""
    hours = {ANN: "08:00-20:00", CEM: "20:00-08:00"}
    cell.door.story.rota(
        *({"person": who, "days": "mon-sun", "hours": when, "time_zone": "UTC"}
          for who, when in hours.items())
    )  # fmt: skip
    return cell.value


# Incidents


ROOM = "room"  # as `channel_of` names it
LOBBY = "lobby"  # a channel, but no incident's


def place_of(cell: Cell) -> str:
    """Where somebody types or picks: in the channel of the incident, or in one that is none."""
    return LOBBY if cell.target is Target.TAMPERED else ROOM


def in_room(cell: Cell) -> str:
    """Ben leads an incident; who acts is in its channel, was, never was, or it does not stand."""
    story = cell.door.story
    incident = story.incidents.declare("Ash cloud", Severity.SEV2, by=BEN).incident
    if cell.target is not Target.NOWHERE:
        _open(story, incident)
    with story.store.transaction() as tx:
        if cell.target in (Target.OWN, Target.STALE, Target.TAMPERED):
            tx.people.joined(channel_of(ROOM), [cell.by])
        if cell.target is Target.STALE:
            tx.people.left(channel_of(ROOM), [cell.by])
    return cell.key(str(incident.id))


def asked_in(cell: Cell) -> str:
    """Sue, who is not in it, has declared it too."""
    in_room(cell)
    cell.door.story.incidents.declare("Ash cloud", Severity.SEV2, by=SUE)
    return cell.key("1")


def led_by_nobody(cell: Cell) -> str:
    value = in_room(cell)
    with cell.door.story.work() as work:
        [incident] = work.tx.incidents.open()
        work.tx.incidents.save(incident.given(IncidentRole.LEAD, None))
    return value


def _open(story: TestDesk, incident: Incident) -> None:
    channel = channel_of(ROOM)
    with story.work() as work:
        room = work.tx.rooms.get(incident.id)
        assert room is not None
        work.tx.rooms.opened(room, channel, room.name)
        place = KnownChannel(effects.incident_place(incident.id), room.name, channel, True)
        work.tx.people.put_channel(place)
        work.tx.people.joined(channel, [BEN])
