"""`/desk outgoing`: the brake on public replies, its reason, and its release."""

from dataclasses import dataclass

from bot.domain.reply import Outgoing
from bot.views import outgoing as views
from bot.views.ids import Action, Field, Form
from bot.views.limits import Block
from bot.views.sheets import sheet
from handlers.answers import Answer
from handlers.commands import grammar
from handlers.commands.grammar import Misread, first, keyword
from handlers.commands.registry import command
from handlers.desk import Desk
from handlers.listeners import press, submission
from handlers.payload import Press, Submission, Typed

_QUOTES = '"“”„'


@dataclass(frozen=True)
class Switch:
    """Where the switch for public replies is moved to, and why."""

    to: Outgoing
    why: str


def switch(text: str) -> Switch | None:
    wanted, why = first(text)
    try:
        to = Outgoing(keyword(wanted)) if wanted else None
    except ValueError:
        raise Misread from None
    return Switch(to, grammar.as_typed(why).strip(_QUOTES)) if to else None


@command(
    "desk outgoing",
    usage="/desk outgoing on|hold|off [why…]",
    takes=switch,
    help="public replies; anyone may stop them, leads and admins release; everyone is told",
)
def outgoing(desk: Desk, typed: Typed, wanted: Switch | None) -> Answer:
    if wanted is None:
        return views.outgoing(desk.administration.outgoing(by=typed.by), desk.epochs.waits())
    change = desk.administration.set_outgoing(wanted.to, by=typed.by, why=wanted.why)
    return views.moved(desk.administration.outgoing(by=typed.by), change)


@press(Action.BRAKE_WHY)
def ask_why(desk: Desk, pressed: Press) -> Answer:
    desk.administration.outgoing(by=pressed.by)  # who may not know of it is told so first
    return views.why_form()


@submission(Form.BRAKE_WHY)
def say_why(desk: Desk, sent: Submission) -> Block:
    board = desk.administration.explain_outgoing(sent.text(Field.REASON), by=sent.by)
    return sheet("Public replies", views.outgoing(board))
