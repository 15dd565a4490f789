"""Small phrases that many views share, in our mrkdwn: who, how urgent, how long left."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.case import Case, Closing, Outcome, OutsideAnswer
from bot.domain.durations import spoken
from bot.domain.ids import CaseId, MemberId
from bot.domain.post import Post, Priority, Visibility
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.views import inert
from bot.views.blocks import alert, context, quote, section, user
from bot.views.drawn import Drawn
from bot.views.limits import TEXT, Block, cut_markup, fit, prefix, size

NAME = 60
SUMMARY = 80
SENTENCE = 300
_NAMED = 6  # cases in one line

# A word and a shape, so that nobody needs to tell colours apart.
_MARKS = {
    Priority.LOW: "▽ low",
    Priority.NORMAL: "○ normal",
    Priority.HIGH: "▲ high",
    Priority.URGENT: "◆ urgent",
}
PROMISES = {
    Promise.FIRST_RESPONSE: "first answer",
    Promise.NEXT_RESPONSE: "next answer",
    Promise.RESOLUTION: "solution",
}
# What is said of an error that has no sentence yet.
UNSAID = "This cannot be done now. Try again, or ask an admin of the desk."
_MENTION = re.compile(r"(<@[UW][A-Z0-9]+>)")
_SOON = timedelta(hours=18)  # beyond it a time of day alone misleads
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def drawn(text: str, *blocks: Block) -> Drawn:
    """A message that Slack takes whole."""
    return Drawn(cut_markup(text.strip(), TEXT) or "–", fit(blocks))


def dotted(*parts: str) -> str:
    """The parts that there are, in one line."""
    return " · ".join(part for part in parts if part)


def number(case: CaseId) -> str:
    return f"*#{case}*"


def numbers(cases: Sequence[CaseId]) -> str:
    """The first few, and how many more there are."""
    first = ", ".join(map(number, cases[:_NAMED]))
    return f"{first} and {len(cases) - _NAMED} more" if len(cases) > _NAMED else first


def mark(priority: Priority) -> str:
    return _MARKS[priority]


def name(text: str) -> str:
    """A name, an account, a label: anybody's word in our sentence."""
    return inert.plain(inert.one_line(text, NAME))


def said(text: str, limit: int = SENTENCE) -> str:
    """Anybody's words in our sentence, in quotation marks."""
    return f"“{inert.plain(inert.one_line(text, limit))}”"


def reason(text: str) -> str:
    """The desk's own reason: the people it names are mentioned, all else in it is inert."""
    parts = _MENTION.split(inert.one_line(text, SENTENCE))
    return "".join(part if _MENTION.fullmatch(part) else inert.ours(part) for part in parts)


def replies_wait(why: str) -> str:
    """What an admin has to do before anything is public again, in a new epoch."""
    on = "until an admin has looked at what is of unknown outcome and types `/desk outgoing on`"
    return f"Public replies wait {on}: {reason(why)}. What waited is not sent automatically"


def people(members: Iterable[MemberId]) -> str:
    return ", ".join(user(member) for member in members)


def counted(count: int, one: str, many: str = "") -> str:
    """“1 follower”, “12,400 followers”."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def in_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def place(post: Post) -> str:
    """Where it was said: network, our account, and whether everybody can read it."""
    readers = "" if post.visibility is Visibility.PUBLIC else post.visibility.in_words
    return dotted(name(post.source), name(post.account or ""), readers)


def handle(post: Post) -> str:
    return name(f"@{post.author.handle.removeprefix('@')}")


def who(post: Post) -> str:
    """Whose words these are, as people call them."""
    return name(post.author.name) if post.author.name else handle(post)


def outside_link(answer: OutsideAnswer | None) -> str:
    """Where an answer that was given outside the desk can be read."""
    domain = inert.domain_of(answer.url) if answer and answer.url else ""
    return opened(answer.url, f"see it on {domain}") if answer and domain else ""


def opened(link: str | None, label: str = "Open the card") -> str:
    return inert.link(link, label) if link else ""


def clock_time(when: datetime) -> str:
    """A moment of today in each reader's own time zone."""
    return f"<!date^{int(when.timestamp())}^{{time}}|{_utc(when)}>"


def moment(when: datetime, now: datetime, fallback: str = "") -> str:
    """The same, with the day where it is not today's."""
    form = "{time} ({ago})" if abs(when - now) < _SOON else "{date_short_pretty} at {time}"
    return f"<!date^{int(when.timestamp())}^{form}|{fallback or _utc(when)}>"


def dated(when: datetime) -> str:
    """The same for a record: the day always, by figures."""
    full = f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(when.timestamp())}^{{date_num}} {{time}}|{full}>"


def time_left(case: Case, due: PromiseRun | None, now: datetime) -> str:
    """The promise that runs out first, or whose turn it is."""
    if due is None or due.due_at is None:
        return "waiting for the customer" if due or case.waiting_since else ""
    verb = "solve" if due.promise is Promise.RESOLUTION else "answer"
    if now < due.due_at:
        left = f"{_utc(due.due_at)}, {spoken(due.due_at - now)} left"
        return f"{verb} by {moment(due.due_at, now, left)}"
    late = f"{_utc(due.due_at)}, {spoken(now - due.due_at)} late"
    return f"*late*: {verb} was due {moment(due.due_at, now, late)}"


def asleep(case: Case, now: datetime) -> str:
    return f"snoozed until {moment(case.snoozed_until, now)}" if case.snoozed_until else ""


def holder(case: Case) -> str:
    """Who has the case, or is to have it."""
    if case.hand_off:
        to = f" to {user(case.hand_off.person)}" if case.hand_off.person else ""
        return f"Offered{to}, not accepted yet"
    return f"{user(case.assignee)} has it" if case.assignee else "Unclaimed"


def ending(case: Case, closing: Closing) -> str:
    """How a case ended, in one line."""
    took, by = spoken(closing.at - case.opened_at), user(closing.by)
    if closing.outcome is Outcome.MERGED and closing.into:
        return f"merged into {number(closing.into)} by {by}"
    if closing.outcome is Outcome.NO_REPLY:
        return dotted(f"no reply needed, {by}", note(closing.note))
    return dotted(f"solved by {by}, {took}", note(closing.note))


def note(text: str) -> str:
    return inert.plain(inert.one_line(text, SUMMARY))


def summary(case: Case, post: Post) -> str:
    """A case in one line for a notification."""
    words = inert.plain(inert.one_line(post.text, SUMMARY))
    return f"#{case.id} {case.priority} on {name(post.source)}: {words or 'no words'}"


def rest(count: int, how: str = "", *, at_least: bool = False) -> list[Block]:
    """Nothing is cut in silence: how many more, and how they are reached, with its own comma."""
    if count <= 0 and not at_least:
        return []
    more = f"more than {count:,} more" if at_least else f"{count:,} more"
    return [context(f"… and {more if count > 0 else 'perhaps more'}{how}")]


def whole(text: str) -> Iterator[Block]:
    """Anybody's words to the last letter, in as many blocks as that takes."""
    rest = inert.clean(text)
    while rest:
        part = prefix(rest, TEXT) or rest
        yield quote(part)
        rest = rest[len(part) :]


def left_over(text: str, room: int) -> list[Block]:
    """What a field has no room for, to be copied from here."""
    beyond = text[len(prefix(text, room)) :]
    if not beyond:
        return []
    last = counted(len(beyond), "character")
    told = alert(f"The field has no room for the last {last}: they are below.", "warning")
    return [told, quote(beyond)]


def joined(lines: Sequence[str], together: int) -> list[Block]:
    """Short lines, several to a block, so that many fit one message; fewer where they are long."""
    return [section("\n".join(page)) for page in paged(lines, together)]


def paged(lines: Sequence[str], together: int) -> list[list[str]]:
    """The lines of each block, which holds them whole."""
    pages: list[list[str]] = []
    for line in lines:
        is_full = not pages or len(pages[-1]) == together
        if is_full or size("\n".join([*pages[-1], line])) > TEXT:
            pages.append([])
        pages[-1].append(line)
    return pages


def _utc(when: datetime) -> str:
    return f"{when.astimezone(UTC):%H:%M} UTC"
