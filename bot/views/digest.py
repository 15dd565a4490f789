"""The digest: in a storm one message says what many cards would, a line and a button for each."""

from bot.domain.facts import DigestFacts, DigestLine
from bot.domain.post import Priority
from bot.views import inert
from bot.views.blocks import button, context, plain, section
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import counted, dotted, drawn, ending, holder, mark, name, number, opened

_EXCERPT = 60 + 1  # with the ellipsis
_NAME = 30
_WHY = "Posts come in faster than Slack can show cards, so they share messages until it is calm."
_HOW = (
    "*Open* shows a case with all its buttons. Whoever claims one finds its card in the thread of"
    " this message. Urgent cases have cards of their own."
)


def digest(facts: DigestFacts) -> Drawn:
    """How the storm stands, then the cases, the oldest first."""
    here = counted(len(facts.lines), "case")
    return drawn(
        f"A storm is on: {here} in one message" if facts.is_on else f"{here} of a storm",
        section(_head(facts)),
        *(_line(one) for one in facts.lines),
        context(_HOW),
    )


def _head(facts: DigestFacts) -> str:
    here = counted(len(facts.lines), "case")
    free = sum(_is_free(one) for one in facts.lines)
    nobody = f"{'all' if free == len(facts.lines) else free} unclaimed" if free else ""
    if not facts.is_on:
        return dotted(f"*{here} of a storm that is over*", nobody)
    verb = "waits" if facts.waiting == 1 else "wait"
    waiting = f"{facts.waiting:,} more {verb} to be shown" if facts.waiting else ""
    return f"{dotted(f'*A storm is on: {here} in one message*', nobody, waiting)}\n{_WHY}"


def _line(line: DigestLine) -> Block:
    """While nobody has it the customer's words stand to the letter, in a text without markup."""
    press = button("Open", Action.OPEN, str(line.case.id))
    press |= {"accessibility_label": f"Open #{line.case.id}"}
    words = inert.one_line(line.post.text, _EXCERPT) or "no words"
    if _is_free(line):
        text = plain(f"{dotted(f'#{line.case.id}', _about(line))}: {words}")
        return {"type": "section", "text": text, "accessory": press}
    about = dotted(number(line.case.id), inert.plain(_about(line)))
    link = opened(line.link, "card")
    return section(dotted(f"{about}: {inert.plain(words)}", _state(line), link), press)


def _about(line: DigestLine) -> str:
    """What matters about it, and who wrote."""
    priority = "" if line.case.priority is Priority.NORMAL else mark(line.case.priority)
    handle = f"@{line.post.author.handle.removeprefix('@')}"
    return dotted(
        priority, inert.one_line(line.language or "", _NAME), inert.one_line(handle, _NAME)
    )


def _is_free(line: DigestLine) -> bool:
    """Nobody has it, and something is to be done here."""
    case = line.case
    is_here = line.shown_in == case.department or (line.ask is not None and line.ask.is_open)
    return case.is_open and is_here and not (case.assignee or case.hand_off)


def _state(line: DigestLine) -> str:
    case, owner = line.case, f"*{name(line.owner.name)}*"
    if case.closing:
        return ending(case, case.closing)
    if line.shown_in == case.department:
        return holder(case)
    if line.ask is None:
        return f"offered to {owner}" if case.hand_off else f"moved to {owner}"
    return f"{owner}: {holder(case)}" if line.ask.is_open else "✓ your part is done"
