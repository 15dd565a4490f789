"""Forms that ask nothing: something to read, to wait for, or why it cannot be."""

from collections.abc import Sequence

from bot.views.blocks import modal, section
from bot.views.drawn import Drawn
from bot.views.ids import Form
from bot.views.limits import Block
from bot.views.phrases import whole


def sheet(title: str, drawn: Drawn) -> Block:
    """Something to read, as a form without a question."""
    return modal(title, drawn.blocks, None, Form.SHEET, "", close="Close")


def loading(title: str) -> Block:
    """Stands while the facts are fetched."""
    return modal(
        title,
        [section("One moment… If this stays, close it and try again.")],
        None,
        Form.SHEET,
        "",
        close="Close",
    )


def problem(title: str, sentence: str, typed: Sequence[str] = ()) -> Block:
    """Why it cannot be done, and what can; with what was typed where it would be gone."""
    kept = [section("*You had typed*"), *(part for text in typed for part in whole(text))]
    return modal(
        title, [section(sentence), *(kept if typed else [])], None, Form.SHEET, "", close="Close"
    )


def not_shown(title: str, why: str, is_done: bool = False) -> str:
    """To somebody who sent a form and waits for what follows it."""
    if is_done:
        return f"What you sent was done, but Slack did not show the result, “{title}”."
    return f"Slack did not show “{title}”. {why}"


def not_answered(words: str) -> str:
    """The answer itself, as far as words alone say it, to somebody who has not seen it."""
    return (
        f"{words}\nSlack did not show this where you asked for it. Ask again there for all of it."
    )
