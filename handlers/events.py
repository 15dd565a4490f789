"""What happens in the workspace: who comes and goes, and words to @Samepage in a card's thread.

No message is listened to: what people say in threads is theirs.
"""

import re

from bot.domain.errors import NeedsForm
from bot.views.drawn import Drawn
from bot.views.prefixed import prefixed
from handlers.answers import say
from handlers.commands import grammar, registry
from handlers.commands.grammar import keyword
from handlers.desk import Desk
from handlers.guard import Refusal, aside, attempt, later
from handlers.heard import Heard
from handlers.listeners import event
from handlers.payload import Typed
from handlers.reading import as_written

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>")


@event("member_joined_channel")
def joined(desk: Desk, heard: Heard) -> None:
    if desk.roster.is_the_bot(heard.member):
        aside(desk, lambda: desk.roster.entered(heard.channel))  # Slack is asked, which takes time
        return
    desk.roster.joined(heard.channel, heard.member)


@event("member_left_channel")
def left(desk: Desk, heard: Heard) -> None:
    desk.roster.left(heard.channel, heard.member)


@event("team_join", "user_change", aside=True)
def changed(desk: Desk, heard: Heard) -> None:
    desk.roster.person_changed(heard.member)


@event(
    "channel_archive", "channel_unarchive", "channel_rename",
    "group_archive", "group_unarchive", "group_rename",
    "channel_left", "group_left",  # the bot's own removal is told by these alone
    "channel_shared", "channel_unshared",
    aside=True,
)  # fmt: skip
def channel_changed(desk: Desk, heard: Heard) -> None:
    desk.roster.channel_changed(heard.channel, heard.channel_name)


@event("channel_id_changed", aside=True)
def channel_moved(desk: Desk, heard: Heard) -> None:
    """A private one that is shared from now on; whether it may be used, an admin is asked."""
    desk.roster.channel_changed(heard.old_channel)
    desk.roster.entered(heard.new_channel)


@event("channel_deleted", "group_deleted", aside=True)
def channel_deleted(desk: Desk, heard: Heard) -> None:
    desk.roster.deleted(heard.channel)


@event("app_mention")
def mentioned(desk: Desk, heard: Heard) -> None:
    """`@Samepage claim` under a card; answered once, to that person alone."""
    if not heard.is_by_a_person:
        return
    key = f"mention:{heard.message}"
    with desk.once.turn(key) as is_ours:
        if is_ours:
            answer = attempt(desk, lambda: _answer(desk.acting_once(key), heard))
            desk.once.keep(key)
            told = say(answer.words) if isinstance(answer, Refusal) else answer
            told, thread = prefixed(told, desk.prefix), heard.thread or None
            later(desk, lambda: desk.whisper(heard.channel, heard.member, told, thread))


def _answer(desk: Desk, heard: Heard) -> Drawn:
    said = as_written(_MENTION.split(heard.text, maxsplit=1)[-1]).strip()
    text = desk.roster.wording.command(said)
    if keyword(text) in ("", "help"):
        return say(f"Under a card I understand: {', '.join(registry.said_of_a_case())}.")
    typed = _typed(desk, heard, text)
    answer = registry.run_in_words(desk, typed)
    if not isinstance(answer, Drawn):
        raise NeedsForm(registry.shown(f"/case {typed.text}", desk.prefix))
    return answer


def _typed(desk: Desk, heard: Heard, text: str) -> Typed:
    return Typed(
        by=heard.member, home="", text=_with_case(desk, heard, text), place=heard.channel,
        trigger="", once=f"{heard.channel}:{heard.message}",
    )  # fmt: skip


def _with_case(desk: Desk, heard: Heard, text: str) -> str:
    """The number that everybody in the thread can see need not be typed."""
    found, rest = registry.find("case", text)
    if found is None or not found.wants_case or grammar.begins_with_case(rest):
        return text
    case = desk.boards.case_at(heard.channel, heard.thread)
    return f"{found.verb} {case} {rest}"
