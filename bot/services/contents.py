"""What a message shows: gathered from the newest state when it is about to be said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ask import Ask
from bot.domain.case import Case
from bot.domain.conversation import Others
from bot.domain.department import Department
from bot.domain.effects import Kind
from bot.domain.facts import (
    CardFacts,
    Nearby,
    NoteFacts,
)
from bot.domain.ids import TRIAGE, DepartmentKey, MemberId, PostKey
from bot.domain.outbox import Message
from bot.domain.post import Post, Priority
from bot.domain.reply import Reply
from bot.domain.safety import safety_words
from bot.domain.timeline import What
from bot.services import customers
from bot.services.alert_contents import alert_content, is_alerting
from bot.services.digest_contents import digest_content
from bot.services.incident_contents import banner_of, incident_content
from bot.services.kernel import NEIGHBOURS, Work
from bot.services.late_contents import late_content, ping_content
from bot.services.links import card_link
from bot.services.warned import warning_content, warnings_content
from bot.store.posts import StoredPost

READ = 50  # posts from either end of a case that are looked through for an alarm


def content_of(work: Work, message: Message) -> object:
    """The facts that the view of this kind draws."""
    return _CONTENTS[message.kind](work, message)


def card_facts(work: Work, case: Case, shown_in: DepartmentKey) -> CardFacts:
    posts = customers.outline(work, case)
    first, department = work.first_post(case), work.department_of(case)
    standing = [stored for stored in posts if not stored.deleted_at] or [first]
    reply, answered = _reply(work, case)
    nearby, more = _nearby(work, case)
    asks = tuple(work.asks(case))
    return CardFacts(
        case=case,
        post=first.post,
        language=first.language,
        department=department,
        shown_in=shown_in,
        now=work.at,
        outgoing=work.setup.outgoing,
        is_edited=any(stored.edited_at for stored in posts),
        is_deleted=bool(first.deleted_at),
        latest=_latest(work, standing, first),
        follow_ups=max(len(posts) - 1, 0),
        earlier_cases=_earlier(work, case),
        due=work.tx.promises.next_due(case.id),
        asks=asks,
        names=_names(work, case, asks),
        nearby=nearby,
        more_nearby=more,
        others=None if case.beside else _others(work, case, posts),
        outside=_outside(work, case),
        reply=reply,
        answered=answered.post if answered else None,
        is_answered_deleted=bool(answered and answered.deleted_at),
        writing_since=_writing_since(work, case),
        linked=tuple(work.tx.case_links.of(case.id)),
        link=None if shown_in == case.department else card_link(work, case),
        choices=_choices(work) if case.department == TRIAGE else (),
        opens_at=_opening(department, work.at),
        cover=work.setup.cover_of(case.department, work.at),
        incident=banner_of(work, case.id),
        was_asked=_was_asked(work, case, shown_in),
        alarm=_alarm(work, case, standing),
        taken_from=_taken_from(work, case),
    )


def _latest(work: Work, standing: Sequence[StoredPost], first: StoredPost) -> Post | None:
    """The customer's newest word, where it is another than the first."""
    [latest] = customers.with_texts(work, standing[-1:])
    return None if latest == first else latest.post


def _reply(work: Work, case: Case) -> tuple[Reply | None, StoredPost | None]:
    """The newest one, and the post that it is for."""
    reply = work.tx.replies.latest(case.id)
    return reply, work.tx.posts.get(reply.post) if reply else None


def _names(work: Work, case: Case, asks: Sequence[Ask]) -> dict[DepartmentKey, str]:
    """Of the departments beside its own that the card speaks of."""
    origin = [case.hand_off.origin] if case.hand_off else []
    return work.setup.names_of(*(ask.department for ask in asks), *origin)


def _was_asked(work: Work, case: Case, department: DepartmentKey) -> bool:
    """And is asked no longer, since somebody took it back."""
    asks = work.tx.asks.of_case(case.id)
    return any(ask.department == department and ask.taken_back_at for ask in asks)


def _earlier(work: Work, case: Case) -> int:
    return sum(other.id < case.id for other in work.tx.cases.of_author(case.customer))


def _alarm(work: Work, case: Case, posts: Sequence[StoredPost]) -> str:
    """What the customer's words say of a life in danger; nothing once a person thinks otherwise.

    Of thousands the first and the newest are read.
    """
    if case.priority is not Priority.URGENT:
        return ""
    some = posts if len(posts) <= 2 * READ else [*posts[:READ], *posts[-READ:]]
    read = customers.with_texts(work, some)
    return next((word for one in read for word in safety_words(one.post.text)), "")


def _writing_since(work: Work, case: Case) -> datetime | None:
    return work.tx.drafts.written_at(case.id, case.assignee) if case.assignee else None


def _nearby(work: Work, case: Case) -> tuple[tuple[Nearby, ...], int]:
    """The customer's other open cases, and how many more there are than a card can name."""
    found = work.tx.cases.open_of(case.customer, limit=NEIGHBOURS + 1)
    named = [one for one in found if one.id != case.id][:NEIGHBOURS]
    shown = tuple(Nearby(one.id, one.opened_at) for one in named)
    if len(named) < NEIGHBOURS:
        return shown, 0
    return shown, work.tx.cases.open_count_of(case.customer) - len(named) - case.is_open


def _others(work: Work, case: Case, posts: list[StoredPost]) -> Others | None:
    """Who else writes in the conversations that this case has words in."""
    roots, authors = customers.surroundings(case, posts)
    return work.tx.conversations.others(roots, authors) if roots else None


def _outside(work: Work, case: Case) -> Post | None:
    """Our own words in the network's app, where they were seen."""
    key = case.outside.post if case.outside else None
    stored = work.tx.posts.get(key) if key else None
    return stored.post if stored else None


def _card(work: Work, message: Message) -> CardFacts:
    shown_in = DepartmentKey(str(message.args["department"]))
    facts = card_facts(work, _case(work, message), shown_in)
    return replace(facts, is_alerting=is_alerting(work, message))


def _note(work: Work, message: Message) -> NoteFacts:
    args = message.args
    case = work.tx.cases.find(message.case) if message.case else None
    reply = work.tx.replies.get(str(args["reply"])) if "reply" in args else None
    post = reply.post if reply else args.get("post")
    stored = work.tx.posts.get(PostKey(str(post))) if post else None
    question = args.get("question")
    return NoteFacts(
        say=str(args["say"]),
        now=work.at,
        case=case,
        post=stored.post if stored else work.first_post(case).post if case else None,
        reply=reply,
        question=work.tx.asks.get_question(int(str(question))) if question else None,
        link=card_link(work, case) if case else None,
        args={**args, **_named(work, args)},
        is_shared=_is_shared(work, message),
    )


def _named(work: Work, args: Mapping[str, object]) -> dict[str, str]:
    """Departments are kept by their keys, and read by their names."""
    keys = {what: DepartmentKey(str(args[what])) for what in _DEPARTMENTS if args.get(what)}
    names = work.setup.names_of(*keys.values())
    return {what: names[key] for what, key in keys.items()}


def _is_shared(work: Work, message: Message) -> bool:
    """Its card hangs under a digest itself, and so do the notes about it."""
    card = work.tx.outbox.get(message.thread) if message.thread else None
    return card is not None and card.thread is not None


_DEPARTMENTS = ("origin", "department")  # what a note calls one

_CONTENTS = {
    Kind.CARD: _card,
    Kind.PING: ping_content,
    Kind.BUNDLE: late_content,
    Kind.DIGEST: digest_content,
    Kind.WARNING: warning_content,
    Kind.WARNINGS: warnings_content,
    Kind.NOTE: _note,
    Kind.INCIDENT: incident_content,
    Kind.ALERT: alert_content,
}


def _case(work: Work, message: Message) -> Case:
    assert message.case is not None  # only notes may be about no case
    return work.case(message.case)


def _taken_from(work: Work, case: Case) -> MemberId | None:
    """By the newest change of hands, as long as nobody claimed or accepted it since."""
    if case.assignee is None:
        return None
    moves = work.tx.timeline.of_cases([case.id], _CHANGES_OF_HANDS).get(case.id, [])
    was = moves[-1].data.get("was") if moves and moves[-1].what is What.ASSIGNED else None
    return MemberId(str(was)) if was and was != case.assignee else None


_CHANGES_OF_HANDS = (What.ASSIGNED, What.CLAIMED, What.ACCEPTED, What.RELEASED, What.REOPENED)


def _opening(department: Department, at: datetime) -> datetime | None:
    return None if department.calendar.is_open(at) else department.calendar.opens_at(at)


def _choices(work: Work) -> tuple[Department, ...]:
    return tuple(one for key, one in work.setup.queues.items() if key != TRIAGE)
