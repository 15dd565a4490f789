"""A question about a case, where it is asked, where it was asked from, and its answer."""

import re

from bot.domain.ask import Question
from bot.domain.facts import NoteFacts
from bot.domain.ids import DESK, MemberId
from bot.views.blocks import actions, button, context, quote, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.note_parts import QUOTED, line, surroundings
from bot.views.phrases import drawn, number, said

_CHANNEL = re.compile(r"[CG][A-Z0-9]+")


def question(facts: NoteFacts) -> Drawn:
    """To the place that is asked, with enough of the case to answer it."""
    asked = facts.question
    if asked is None:
        return line(facts, "A question about this case")
    return drawn(
        f"A question about #{asked.case}",
        section(f"{user(asked.asker)} asks about {number(asked.case)}"),
        quote(asked.question, QUOTED),
        *surroundings(facts),
        _end(asked),
    )


def asked_here(facts: NoteFacts) -> Drawn:
    asked = facts.question
    if asked is None:
        return line(facts, "A question was asked")
    head = f"{user(asked.asker)} asked {_place(asked)}"
    return drawn(f"#{asked.case}: a question was asked", section(head), quote(asked.question))


def answered(facts: NoteFacts) -> Drawn:
    asked = facts.question
    if asked is None or asked.answer is None:
        return line(facts, "A question was answered")
    by = user(asked.answered_by or DESK)
    head = f"{user(asked.asker)}: {by} answers {said(asked.question)}"
    return drawn(f"#{asked.case}: an answer", section(head), quote(asked.answer, QUOTED))


def _end(asked: Question) -> Block:
    if asked.answer is None:
        return actions(button("Answer", Action.ANSWER, str(asked.id), style="primary"))
    return context(f"✓ answered by {user(asked.answered_by or DESK)}")


def _place(asked: Question) -> str:
    _, _, whom = asked.place.partition(":")
    return f"<#{whom}>" if _CHANNEL.fullmatch(whom) else user(MemberId(whom))
