"""The small forms of a case, from *Ask* to *Solve*; a new case; many closed at once."""

from datetime import datetime

from bot.domain.ask import Ask, Question
from bot.domain.boards import FoundBoard, Line
from bot.domain.case import Case
from bot.domain.facts import CardFacts
from bot.domain.ids import CaseId
from bot.domain.post import Post, Priority
from bot.views.blocks import (
    context,
    conversations_select,
    input_block,
    modal,
    options,
    quote,
    section,
    static_select,
    text_input,
    users_select,
)
from bot.views.ids import Field, Form
from bot.views.limits import TYPED, Block
from bot.views.phrases import counted, handle, left_over, mark, name, number, rest, said

_REASON = 300
_PAGE = 3  # lines that one block holds whole, whatever stands in them
_EXCERPT = 80
_ANSWER = 2000
_LINK = 2000
_UNANSWERED = "⚠ *Nobody has answered this customer yet.* *Reply* answers them on the network."


def ask_form(case: Case) -> Block:
    """To a colleague or a channel; the answer comes back to the card's thread."""
    return modal(
        f"Ask about #{case.id}",
        [
            input_block(
                Field.PERSON, "A colleague", users_select(Field.PERSON, "Who"), optional=True
            ),
            input_block(
                Field.CHANNEL,
                "or a channel",
                conversations_select(Field.CHANNEL, "Where"),
                optional=True,
            ),
            _words("Your question", "They see the post and this; the customer sees nothing."),
        ],
        "Ask",
        Form.ASK,
        str(case.id),
    )


def answer_form(question: Question) -> Block:
    return modal(
        f"Answer about #{question.case}",
        [
            quote(question.question, _ANSWER),
            _words("Your answer", "Your colleague reads it. The customer does not."),
        ],
        "Answer",
        Form.ANSWER,
        str(question.id),
    )


def assign_form(case: Case) -> Block:
    person = users_select(Field.PERSON, "Who", case.assignee)
    hint = "Somebody of this department; others get a hand-off."
    return _small(case, "Assign", Form.ASSIGN, input_block(Field.PERSON, "To whom", person, hint))


def snooze_form(case: Case) -> Block:
    length = text_input(Field.LENGTH, placeholder="2h", max_length=20)
    hint = "Like 45m, 2h, 1d or 1bd. Deadlines keep running."
    return _small(
        case, "Snooze", Form.SNOOZE, input_block(Field.LENGTH, "For how long", length, hint)
    )


def priority_form(case: Case) -> Block:
    choices = options((mark(priority), priority) for priority in Priority)
    chosen = static_select(Field.PRIORITY, choices, "Priority", case.priority)
    hint = "Other targets may apply then; the time that has passed still counts."
    return _small(
        case, "Priority", Form.PRIORITY, input_block(Field.PRIORITY, "How urgent", chosen, hint)
    )


def merge_form(case: Case) -> Block:
    into = text_input(Field.INTO, placeholder="#1042", max_length=20)
    hint = "Its posts and its thread continue there; this card becomes one line."
    return _small(case, "Merge", Form.MERGE, input_block(Field.INTO, "Into which case", into, hint))


def answered_there_form(case: Case) -> Block:
    """Outside the desk; the link is for colleagues and may be missing."""
    told = section(
        "The deadline for an answer is met now. The deadline for the solution still runs."
    )
    link = text_input(Field.LINK, placeholder="https://…", max_length=_LINK)
    asked = input_block(Field.LINK, "Link to the answer", link, optional=True)
    return _small(case, "I answered there", Form.ANSWERED_THERE, told, asked)


def link_form(case: Case) -> Block:
    other = text_input(Field.INTO, placeholder="#1042", max_length=20)
    hint = "Each card names the other. Customers, clocks and answers stay apart."
    return _small(
        case, "Link", Form.LINK_CASE, input_block(Field.INTO, "To which case", other, hint)
    )


def mute_form(case: Case, post: Post) -> Block:
    author = name(post.author.handle)
    why = text_input(Field.REASON, max_length=_REASON)
    told = section(
        f"For a day, posts of *{author}* ask nobody for an answer. They are kept all the same, and "
        "urgent posts or posts about somebody's safety still become cases. `/desk mutes` lists "
        "who is muted."
    )
    return _small(case, "Mute", Form.MUTE, told, input_block(Field.REASON, "Why", why))


def solve_form(card: CardFacts) -> Block:
    """Open asks of others are named, and forbid nothing."""
    case = card.case
    asked = [context(f"⚠ {_not_done(card, ask)}") for ask in card.open_asks]
    waits = [section(_UNANSWERED)] if case.is_our_turn else []
    label = "Why is it solved without an answer?" if waits else "Reason"
    why = text_input(Field.REASON, max_length=_REASON, placeholder="How it was solved")
    reason = input_block(Field.REASON, label, why, optional=not waits)
    blocks = [*waits, *asked, reason]
    return modal(f"Solve #{case.id}", blocks, "Solve", Form.SOLVE, _seen(card.now, case.id))


def _not_done(card: CardFacts, ask: Ask) -> str:
    wish = f" {said(ask.ask)}" if ask.ask else ""
    return f"*{name(card.named(ask.department))}* is not done yet{wish}"


def new_case_form(text: str = "") -> Block:
    """What a colleague saw elsewhere becomes a case."""
    author = text_input(Field.AUTHOR, placeholder="@jane", max_length=100)
    return modal(
        "New case",
        [
            *left_over(text, TYPED),
            input_block(
                Field.TEXT,
                "The post, or a link to it",
                text_input(Field.TEXT, multiline=True, initial=text),
            ),
            input_block(Field.AUTHOR, "Who wrote it", author, optional=True),
        ],
        "Make a case",
        Form.NEW_CASE,
        "new",
    )


def close_preview(board: FoundBoard) -> Block:
    """What was found is what gets closed: its numbers go with the form, not the search."""
    query = board.query
    heading = f"No reply needed for the cases found by {said(query)}?"
    nothing = f"{said(query)} finds no open case that is free or yours."
    again = ". They stay open; type the same command again for the next ones"
    kept = [section(_newer(board.others, query))] if board.others else []
    return _closing(board, heading if board.lines else nothing, kept, again)


def close_rest_preview(board: FoundBoard) -> Block:
    """The others who wrote where a case stands, as under one post of ours."""
    heading = f"No reply needed for the others in the conversation of *{board.query}*?"
    nothing = f"No other case in the conversation of *{board.query}* is free or yours."
    again = ". They stay open; press *Close the rest* again for the next ones"
    stay = "stays" if board.others == 1 else "stay"
    why = "urgent, escalated, or somebody else's"
    many = f"{counted(board.others, 'more case')} {stay} open: {why}"
    kept = [section(f"{many}.")] if board.others else []
    return _closing(board, heading if board.lines else nothing, kept, again)


def _closing(board: FoundBoard, heading: str, kept: list[Block], again: str) -> Block:
    lines, texts = board.lines, [_short(line) for line in board.lines]
    pages = [texts[start : start + _PAGE] for start in range(0, len(texts), _PAGE)]
    return modal(
        "No reply needed",
        [section(heading)]
        + [section("\n".join(page)) for page in pages]
        + kept
        + (rest(board.more, again, at_least=board.at_least) if lines else []),
        f"Close {counted(len(lines), 'case')}" if lines else None,
        Form.CLOSE,
        _seen(board.now, *(line.case.id for line in lines)),
    )


def _seen(now: datetime, *cases: CaseId) -> str:
    """Which cases a form decides about, and when they looked as it shows them."""
    return f"{int(now.timestamp() * 1000)}@{','.join(map(str, cases))}"


def _newer(others: int, query: str) -> str:
    many = f"{counted(others, 'more case')} matched, but their customers wrote something else since"
    return f"{many}. They stay open; `/case find` with {said(query)} lists them."


def _short(line: Line) -> str:
    again = "wrote again: " if line.latest else ""
    words = said(line.newest.text, _EXCERPT)
    return f"{number(line.case.id)} {handle(line.post)} {again}{words}"


def _small(case: Case, verb: str, form: Form, *blocks: Block) -> Block:
    """One question about one case."""
    return modal(f"{verb} #{case.id}", blocks, verb, form, str(case.id))


def _words(label: str, hint: str) -> Block:
    typed = text_input(Field.TEXT, multiline=True, max_length=_ANSWER)
    return input_block(Field.TEXT, label, typed, hint)
