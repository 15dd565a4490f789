"""What must have happened before an act can succeed at all, so that only the right decides."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain import effects
from bot.domain.case import Closing, HandOff, Outcome
from bot.domain.outbox import Delivered
from bot.domain.post import Visibility
from bot.domain.reply import Reply, ReplyState
from tests.authorisation.cast import Cell, Target
from tests.company import BEN, DORA, MARKETING, SALES, SERVICE, channel_of

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


def pinged(cell: Cell) -> str:
    told = effects.ping(cell.case.id, "escalated:2", "now", (), "it burns")
    with cell.door.story.work() as work:
        work.tell(told)
    return cell.key(told.key)


def asked(cell: Cell) -> str:
    """A question to the channel of sales about the case."""
    place = f"channel:{channel_of(SALES)}"
    with cell.door.story.work() as work:
        question = work.tx.asks.question(
            cell.case.id, asker=BEN, place=place, question="is it?", at=work.at
        )
    return cell.key(str(question.id))


def changed(cell: Cell) -> str:
    """The switch was moved by the lead of service."""
    with cell.door.story.work() as work:
        number = work.change("outgoing", "hold", DORA, "public replies hold")
    return cell.key(str(number))


def two(cell: Cell) -> str:
    """Another case of the same department, to be merged into this one."""
    other = cell.door.story.post(f"more of {cell.case.department}", by="@second")
    with cell.door.story.work() as work:
        moved = replace(work.case(other), department=cell.case.department)
        work.tx.cases.save(replace(moved, version=moved.version + 1))
    return cell.key(f"{other}:{cell.case.id}")


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
