"""*Show*: one case whole, with its timeline; and the receipt of its clocks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.domain.ask import Question
from bot.domain.boards import CaseBoard, ReceiptBoard, Voice
from bot.domain.conversation import Heard
from bot.domain.durations import spoken
from bot.domain.hours import Stretch
from bot.domain.post import Post, Visibility
from bot.domain.promises import PromiseRun
from bot.domain.receipt import Receipt
from bot.domain.reply import Reply
from bot.views.blocks import context, divider, quote, section, user
from bot.views.card_lines import (
    author_line,
    head_line,
    outside_line,
    state_line,
    why_line,
)
from bot.views.delivery import delivery_line
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.phrases import (
    PROMISES,
    clock_time,
    counted,
    dated,
    dotted,
    drawn,
    ending,
    handle,
    joined,
    name,
    number,
    reason,
    said,
)
from bot.views.told import told

T = TypeVar("T")

_POSTS = 8
_VOICES = 6
_REPLIES = 4
_QUESTIONS = 4
_EVENTS = 40
_TOGETHER = 8  # lines of one block
_RUNS = 7
_STRETCHES = 24
_SHORTEST = timedelta(seconds=1)  # below it a stretch is no news
_EXCERPT = 800


def whole_case(board: CaseBoard, *offered: Block) -> Drawn:
    """Facts, what is offered to do, words of both sides, and what happened, the newest last."""
    case = board.card.case
    standing = ending(case, case.closing) if case.closing else state_line(board.card)
    return drawn(
        f"Everything about #{case.id}",
        section(head_line(board.card)),
        context(author_line(board.card)),
        context(why_line(board.card)),
        *(context(line) for line in [outside_line(board.card)] if line),
        section(standing),
        *offered,
        divider(),
        *_newest(board.posts, _POSTS, "post", _post),
        *_around(board),
        *_newest(board.replies, _REPLIES, "answer", lambda reply: _reply(reply, board)),
        *_newest(board.questions, _QUESTIONS, "question", _question),
        divider(),
        *_timeline(board),
    )


def receipt(board: ReceiptBoard) -> Drawn:
    """Every stretch of time that counted or not, and why."""
    title = f"The clocks of #{board.case}"
    if not board.runs:
        return drawn(title, section(f"Nothing was promised about {number(board.case)}."))
    pages = [block for run, one in board.runs[-_RUNS:] for block in _run(run, one, board)]
    return drawn(title, section(f"*{title}*"), *pages)


def _newest(
    things: Sequence[T],
    most: int,
    word: str,
    draw: Callable[[T], list[Block]],
    words: str = "",
) -> list[Block]:
    """The last few, and how many came before them."""
    earlier = len(things) - most
    missing = (
        [context(f"{counted(earlier, f'earlier {word}', words and f'earlier {words}')} left out")]
        if earlier > 0
        else []
    )
    return missing + [block for thing in things[-most:] for block in draw(thing)]


def _timeline(board: CaseBoard) -> list[Block]:
    earlier = len(board.events) - _EVENTS
    missing = [context(f"{counted(earlier, 'earlier event')} left out")] if earlier > 0 else []
    return missing + joined([told(event) for event in board.events[-_EVENTS:]], _TOGETHER)


def _post(post: Post) -> list[Block]:
    when = clock_time(post.created_at) if post.created_at else ""
    return [context(dotted(handle(post), when)), quote(post.text, _EXCERPT)]


def _around(board: CaseBoard) -> list[Block]:
    """What others said in the conversation, under their names: nobody's answer is meant for it."""
    if not board.voices:
        return []
    head = context("*Others in this conversation*")
    return [head, *_newest(board.voices, _VOICES, "post of others", _voice, "posts of others")]


def _voice(voice: Voice) -> list[Block]:
    post, theirs = voice.post, number(voice.case) if voice.case else ""
    kind = "our own words" if voice.heard_as is Heard.OURS else theirs or "overheard"
    head = context(
        dotted(handle(post), kind, clock_time(post.created_at) if post.created_at else "")
    )
    if voice.case and post.visibility is not Visibility.PUBLIC:
        return [head, context(f"Not public: {theirs} has the words")]
    return [head, quote(post.text, _EXCERPT)]


def _reply(reply: Reply, board: CaseBoard) -> list[Block]:
    line = delivery_line(reply, board.answered_by(reply))
    return [context(line), quote(reply.text, _EXCERPT)]


def _question(question: Question) -> list[Block]:
    asked = f"{user(question.asker)} asked {said(question.question)}"
    answer = said(question.answer) if question.answer else "no answer yet"
    return [context(dotted(asked, answer))]


def _run(run: PromiseRun, receipt: Receipt, board: ReceiptBoard) -> Iterator[Block]:
    """One promise: its target and verdict, then its time, a line for each stretch."""
    counted_in = f"in the hours of {name(run.department)}" if run.business else "round the clock"
    total = f"{spoken(receipt.total)} of {receipt.target} counted, {counted_in}"
    yield section(
        dotted(f"*{PROMISES[receipt.promise].capitalize()}*: {reason(receipt.verdict)}", total)
    )
    if run.name in board.kept:
        why = f"The deadline of *{name(run.department)}* stays: a hand-off never delays it."
        yield context(why)
    stretches = [one for one in receipt.lines if one.end - one.start >= _SHORTEST]
    lines = [_stretch(one) for one in stretches[-_STRETCHES:]]
    missing = len(stretches) - len(lines)
    if missing > 0:
        yield context(f"{counted(missing, 'earlier stretch', 'earlier stretches')} left out")
    yield from joined(lines, _TOGETHER)


def _stretch(stretch: Stretch) -> str:
    sign = "✓ counted" if stretch.counted else "– did not count"
    length = spoken(stretch.end - stretch.start)
    times = f"{dated(stretch.start)} – {clock_time(stretch.end)}"
    return f"{sign} {length} · {times} · {reason(stretch.why)}"
