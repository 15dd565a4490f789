"""What waits for a person, for the home tab: replies in doubt, and messages Slack does not take."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.boards import MOST_DEAD_LETTERS, DeadLetter
from bot.domain.department import Department
from bot.domain.ids import DepartmentKey
from bot.domain.outbox import MessageState
from bot.domain.reply import ReplyState
from bot.services.kernel import Work
from bot.services.standing import Standing

KEPT_FOR = timedelta(days=7)  # what was refused and is about no case ends with nothing else


def dead_letters_for(work: Work, rights: Standing) -> tuple[DeadLetter, ...]:
    """All replies and the desk's messages for an admin, else the replies of their departments."""
    departments = None if rights.is_admin else rights.works_in
    replies = list(_replies(work, departments))
    messages = _messages(work) if rights.is_admin else ()
    wrong = [one for one in replies if not _only_waits(one)]
    return (*wrong, *messages, *filter(_only_waits, replies))


def _only_waits(letter: DeadLetter) -> bool:
    """Held, so nothing has gone wrong with it."""
    return letter.reply is not None and letter.reply.state is ReplyState.HELD


def _replies(work: Work, departments: frozenset[DepartmentKey] | None) -> Iterator[DeadLetter]:
    replies = work.tx.replies.for_a_person(departments, limit=MOST_DEAD_LETTERS)
    posts = work.tx.posts.among([reply.post for reply in replies])
    for reply in replies:
        since = reply.started_at or reply.created_at
        yield DeadLetter(reply, None, since, post=posts[reply.post].post)


def _messages(work: Work) -> list[DeadLetter]:
    """Of open cases, the oldest first: what was refused for good, then what waits for its place."""
    refused = work.tx.outbox.not_taken(
        MessageState.DEAD, limit=MOST_DEAD_LETTERS, since=work.at - KEPT_FOR
    )
    left = MOST_DEAD_LETTERS - len(refused)
    parked = work.tx.outbox.not_taken(MessageState.PARKED, limit=left)
    return [
        DeadLetter(None, one, one.due_at, department=_department_at(work, one.place))
        for one in (*refused, *parked)
    ]


def _department_at(work: Work, place: str) -> Department | None:
    kind, _, key = place.partition(":")
    return work.setup.departments.get(DepartmentKey(key)) if kind == "department" else None
