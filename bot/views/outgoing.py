"""The switch for public replies, wherever it is shown: who moved it, when, and why."""

from datetime import UTC, datetime

from bot.domain.boards import OutgoingBoard
from bot.domain.facts import NoteFacts
from bot.domain.ids import DESK
from bot.domain.reply import Outgoing, OutgoingNote
from bot.views.blocks import actions, button, input_block, modal, section, text_input
from bot.views.drawn import Drawn
from bot.views.ids import Action, Field, Form
from bot.views.limits import Block
from bot.views.note_parts import figure, line, word
from bot.views.phrases import clock_time, drawn, name, replies_wait, said

_REASON = 300
_MARKS = {Outgoing.ON: "▶", Outgoing.HOLD: "⏸", Outgoing.OFF: "⛔"}
_MEANS = {
    Outgoing.ON: "Answers on hold aren't sent automatically: each author decides.",
    Outgoing.HOLD: "Answers are kept and not sent until a lead or an admin types "
    "`/desk outgoing on`.",
    Outgoing.OFF: "No answer goes out until a lead or an admin types `/desk outgoing on`.",
}


def replies_are(switch: Outgoing, note: OutgoingNote | None) -> str:
    """“Public replies are on hold (Ann, 09:01: “wrong prices in the template”)”."""
    state = f"Public replies are *{switch.in_words}*"
    if note is None:
        return state
    why = f": {said(note.why)}" if note.why else ""
    return f"{state} ({name(note.name)}, {clock_time(note.at)}{why})"


def announced(facts: NoteFacts) -> Drawn:
    """To everybody, in every channel of the desk."""
    switch = next((one for one in Outgoing if one == word(facts, "switch")), Outgoing.ON)
    at = datetime.fromtimestamp(figure(facts, "at") / 1000, UTC)
    who = OutgoingNote(DESK, word(facts, "name"), at, word(facts, "why"))
    return line(facts, f"{_MARKS[switch]} {replies_are(switch, who)}. {_MEANS[switch]}")


def outgoing(board: OutgoingBoard, waits: str | None = None) -> Drawn:
    """The answer to whoever asks how the switch stands."""
    more = f" {replies_wait(waits)}." if waits else ""
    return _say(f"{replies_are(board.switch, board.note)}.{more}")


def moved(board: OutgoingBoard, change: int) -> Drawn:
    """The answer to whoever moved it; without a reason it asks for one."""
    asks = board.switch is not Outgoing.ON and board.note is not None and not board.note.why
    told = (
        "Answers on hold aren't sent automatically. Every department and rapid response are told."
    )
    why = f" Why? *Say why*, or `/desk outgoing {board.switch} REASON`." if asks else ""
    buttons = [
        *([button("Say why", Action.BRAKE_WHY, str(change), "primary")] if asks else []),
        *([button("Undo", Action.UNDO_CHANGE, str(change))] if board.may_release else []),
    ]
    words = f"{replies_are(board.switch, board.note)}. {told}{why}"
    return drawn(words, section(words), *([actions(*buttons)] if buttons else []))


def why_form() -> Block:
    """Asked after the brake, never before it."""
    why = text_input(Field.REASON, multiline=True, max_length=_REASON)
    hint = "Everyone reads it in their channel and at the head of each answer."
    return modal(
        "Why?",
        [input_block(Field.REASON, "Why are public replies stopped?", why, hint)],
        "Say why",
        Form.BRAKE_WHY,
        "",
    )


def at_home(board: OutgoingBoard | None) -> list[Block]:
    """One line, only where replies do not go out."""
    if board is None or board.switch is Outgoing.ON:
        return []
    return [section(f"{_MARKS[board.switch]} {replies_are(board.switch, board.note)}")]


def _say(words: str) -> Drawn:
    return drawn(words, section(words))
