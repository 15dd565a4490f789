"""What the menu of any message offers."""

from bot.views.case_forms import new_case_form
from bot.views.reply_forms import reply_form
from handlers.answers import Answer
from handlers.desk import Desk
from handlers.listeners import shortcut
from handlers.payload import Picked


@shortcut("make_case", name="Make a case", description="What a colleague saw becomes a case")
def make_case(_desk: Desk, picked: Picked) -> Answer:
    return new_case_form(picked.text.strip())


@shortcut(
    "draft_reply",
    name="Draft reply from this",
    description="Starts an answer to the customer with these words; nothing is sent by it",
)
def draft_reply(desk: Desk, picked: Picked) -> Answer:
    """Of the case in whose thread it stands; the form and its preview decide what is public."""
    case = desk.boards.case_at(picked.channel, picked.thread or picked.message)
    answer = desk.questions.answer_at(picked.channel, picked.message)
    words = picked.text.strip() if answer is None else answer
    return reply_form(desk.replies.draft(case, by=picked.by, words=words))
