"""The lines of the card, from the number at its top to who has it."""

from bot.domain.ask import Ask
from bot.domain.case import Case, HandOff
from bot.domain.facts import CardFacts
from bot.domain.ids import DESK
from bot.domain.post import Post
from bot.views import inert
from bot.views.blocks import quote, rich, user
from bot.views.limits import Block
from bot.views.phrases import (
    NAME,
    asleep,
    clock_time,
    counted,
    dotted,
    handle,
    holder,
    mark,
    moment,
    name,
    number,
    numbers,
    opened,
    outside_link,
    place,
    reason,
    said,
    time_left,
    who,
)

_QUOTED = 1500
_LATEST = 600
_MEDIA = 3
_OUTSIDE = 120


def head_line(facts: CardFacts) -> str:
    """Which case, how urgent, where, and how long it can wait."""
    case = facts.case
    return dotted(
        number(case.id),
        mark(case.priority),
        place(facts.post),
        name(facts.language or ""),
        time_left(case, facts.due, facts.now),
        asleep(case, facts.now),
    )


def author_line(facts: CardFacts) -> str:
    """Who wrote, with how many readers and what history, and where the original stands."""
    post, author = facts.post, facts.post.author
    known = f"*{name(author.name)}* {handle(post)}" if author.name else f"*{handle(post)}*"
    return dotted(
        known,
        "" if author.followers is None else counted(author.followers, "follower"),
        counted(facts.earlier_cases, "earlier case") if facts.earlier_cases else "",
        "_edited_" if facts.is_edited else "",
        "_deleted by its author_" if facts.is_deleted else "",
        _original(post),
        *_media(post),
    )


def post_lines(facts: CardFacts) -> Block:
    """The customer's first word, and the latest where there is another."""
    first = quote(facts.post.text, _QUOTED)
    if facts.latest is None:
        return first
    others = facts.follow_ups - 1
    count = f" (+{others} more in the thread)" if others > 0 else ""
    latest = quote(facts.latest.text, _LATEST)
    return _stacked(first, rich(f"{_bare(facts.latest)} wrote again{count}:"), latest)


def others_line(facts: CardFacts) -> str:
    """Whose conversation it is, or who else writes in the customer's."""
    if facts.case.beside:
        return f"👥 {who(facts.post)} wrote in the conversation of {number(facts.case.beside)}"
    others = facts.others
    if others is None:
        return ""
    listed = [number(case) for case in others.cases]
    more = [f"{others.more_cases} more cases"] if others.more_cases else []
    overheard = [f"{others.overheard:,} overheard"] if others.overheard else []
    people = counted(others.people, "other")
    return f"👥 {people} wrote in this conversation: {', '.join(listed + more + overheard)}"


def outside_line(facts: CardFacts) -> str:
    """An answer that did not go out from here, unless one has gone out since."""
    answer, reply = facts.case.outside, facts.reply
    if answer is None or (reply and reply.sent_at and reply.sent_at > answer.at):
        return ""
    told = f"told by {user(answer.by)}" if answer.by != DESK else ""
    words = said(facts.outside.text, _OUTSIDE) if facts.outside else ""
    account = f" as {handle(facts.outside)}" if facts.outside else ""
    when = f"✓ Answered outside the desk{account} {clock_time(answer.at)}"
    return dotted(when, told, outside_link(answer), words)


def why_line(facts: CardFacts) -> str:
    """Why it is here, who else is asked, and the contract that came with it."""
    case = facts.case
    earlier = f"goes on from {number(case.earlier)}" if case.earlier else ""
    linked = f"linked to {numbers(facts.linked)}" if facts.linked else ""
    here = f"Why here: {reason(case.why)}" if case.why else ""
    offer = _offer(case.hand_off, facts) if case.hand_off else ""
    alarm = f"{case.priority}: {said(facts.alarm)}" if facts.alarm else ""
    return (
        dotted(alarm, here, earlier, linked, *(_asked(ask, facts) for ask in facts.asks), offer)
        or "Why here: by hand"
    )


def state_line(facts: CardFacts) -> str:
    """Who has it, what was raised, whether its department is there, who else wrote of it."""
    escalated = facts.case.escalated
    return dotted(
        f"*{holder(facts.case)}*" if not facts.case.assignee else _assignee(facts),
        f"taken from {user(facts.taken_from)}" if facts.taken_from else "",
        f"escalated: {said(escalated)}" if escalated else "",
        _hours(facts),
        _nearby(facts),
        others_line(facts),
    )


def _assignee(facts: CardFacts) -> str:
    """Whether they write already; what, only they see."""
    if facts.case.assignee and facts.writing_since and not facts.case.hand_off:
        draft = f"draft of {clock_time(facts.writing_since)}"
        return f"{user(facts.case.assignee)} is writing ({draft})"
    return holder(facts.case)


def _original(post: Post) -> str:
    domain = inert.domain_of(post.url) if post.url else ""
    return opened(post.url, f"original on {domain}") if domain else ""


def _media(post: Post) -> list[str]:
    shown = [url for url in post.media if inert.domain_of(url)]
    links = [inert.link(url, f"media on {inert.domain_of(url)}") for url in shown[:_MEDIA]]
    return links + ([f"+{len(shown) - _MEDIA} media"] if len(shown) > _MEDIA else [])


def _stacked(*texts: Block) -> Block:
    """Several rich texts as one block."""
    elements: list[object] = []
    for text in texts:
        parts = text["elements"]
        assert isinstance(parts, list)
        elements += parts
    return {"type": "rich_text", "elements": elements}


def _bare(post: Post) -> str:
    """Who wrote, where formatting means nothing."""
    return inert.one_line(post.author.name or f"@{post.author.handle.removeprefix('@')}", NAME)


def _asked(ask: Ask, facts: CardFacts) -> str:
    """A following department's part, and whether it is done."""
    state = "open" if ask.is_open else f"✓ done by {user(ask.done_by)}" if ask.done_by else "✓ done"
    wish = f" {said(ask.ask)}" if ask.ask else ""
    return f"*{name(facts.named(ask.department))}* asked{wish}: {state}"


def _offer(offer: HandOff, facts: CardFacts) -> str:
    wish = f": {said(offer.ask)}" if offer.ask else ""
    lacks = ", ".join(name(need) for need in offer.missing)
    return dotted(
        f"↪ Offered by {user(offer.sender)} from *{name(facts.named(offer.origin))}*{wish}",
        f"still missing: {lacks}" if lacks else "",
        f"accept or return by {moment(offer.due, facts.now)}",
    )


def offered_line(case: Case, offer: HandOff, facts: CardFacts) -> str:
    """What is left of the card where it was: to whom it is offered, and how long."""
    to = user(offer.person) if offer.person else f"*{name(facts.department.name)}*"
    wish = f": {said(offer.ask)}" if offer.ask else ""
    return dotted(
        f"↪ {number(case.id)} is offered to {to} by {user(offer.sender)}{wish}",
        f"until {moment(offer.due, facts.now)}",
    )


def _hours(facts: CardFacts) -> str:
    if facts.opens_at is None or facts.opens_at <= facts.now:
        return ""
    cover = f", {name(facts.cover.name)} covers until then" if facts.cover else ""
    opening = moment(facts.opens_at, facts.now)
    return f"{name(facts.department.name)} is closed, opens {opening}{cover}"


def _nearby(facts: CardFacts) -> str:
    if not facts.nearby:
        return ""
    listed = ", ".join(number(one.case) for one in facts.nearby)
    more = f" and {facts.more_nearby} more" if facts.more_nearby else ""
    return f"also open for {who(facts.post)}: {listed}{more}"
