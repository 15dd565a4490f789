"""What needs a person, on the home tab: what it is, for whom, why and since when."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.boards import MOST_DEAD_LETTERS, DeadLetter
from bot.domain.department import Department
from bot.domain.effects import Kind
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Message, MessageState
from bot.domain.post import Post
from bot.domain.reply import Reply
from bot.views.blocks import button, context, section, user
from bot.views.delivery import delivery_line
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import dotted, handle, moment, name, note, number, place

SHOWN = 5  # when the first are done, the next move up

_WHAT = {
    Kind.CARD: "the card",
    Kind.PING: "a ping",
    Kind.BUNDLE: "several pings",
    Kind.DIGEST: "a digest",
    Kind.WARNING: "a warning",
    Kind.WARNINGS: "several warnings",
    Kind.NOTE: "a note",
    Kind.INCIDENT: "a message about an incident",
}
_WHY = {
    code: words
    for codes, words in (
        ("is_archived", "the channel is archived"),
        ("channel_not_found", "there is no such channel, or the desk is not in it"),
        ("not_in_channel", "the desk is not in the channel: invite it there"),
        ("is_inactive channel_is_limited_access ekm_access_denied", "the channel is closed to it"),
        (
            """restricted_action restricted_action_read_only_channel posting_to_channel_denied
            restricted_action_thread_only_channel restricted_action_non_threadable_channel
            restricted_action_thread_locked""",
            "the channel's settings do not let the desk write there",
        ),
        ("external_channel_migrating", "the channel is being moved to another workspace"),
        (
            "messages_tab_disabled method_not_supported_for_channel_type",
            "no messages can be written there",
        ),
        (
            "msg_too_long msg_blocks_too_long metadata_too_large too_many_attachments",
            "it is too long for one message",
        ),
        (
            """invalid_blocks invalid_blocks_format block_mismatch no_text invalid_attachments
            only_one_table_allowed markdown_text_conflict invalid_arguments""",
            "Slack does not understand how the desk wrote it",
        ),
        (
            """user_not_found users_not_found user_not_visible user_disabled no_user
            invitee_cant_see_channel org_user_not_in_team""",
            "this person cannot be reached in Slack any more",
        ),
        ("cannot_dm_bot is_bot", "it is an app, which takes no messages"),
        (
            "message_not_found thread_not_found",
            "people have deleted it again and again",
        ),
        (
            "cant_update_message edit_window_closed cannot_reply_to_message",
            "Slack does not let it be changed any more",
        ),
    )
    for code in codes.split()
}


def stuck(letters: Sequence[DeadLetter], now: datetime) -> list[Block]:
    """Nothing where nothing is stuck."""
    if not letters:
        return []
    more = len(letters) - SHOWN
    fewest = "at least " if len(letters) >= MOST_DEAD_LETTERS else ""
    end = [context(f"… and {fewest}{more} more, shown as these are done")] if more > 0 else []
    lines = [_line(letter, now) for letter in letters[:SHOWN]]
    return [section("*These need a person*"), *lines, *end]


def in_plain_words(why: str) -> str:
    """Why Slack, or the desk, says that it cannot be said; a code that is not here is spelled."""
    return _WHY.get(why) or note(why.replace("_", " ")) or "no reason given"


def _line(letter: DeadLetter, now: datetime) -> Block:
    since = f"since {moment(letter.since, now)}"
    if letter.reply and letter.post:
        return _reply(letter.reply, letter.post, since)
    assert letter.message is not None  # a letter is one or the other
    return _message(letter.message, letter.department, since)


def _reply(reply: Reply, post: Post, since: str) -> Block:
    head = dotted(number(reply.case), place(post), f"to {handle(post)}", since)
    return _opening(reply.case, f"{head}\n{delivery_line(reply, post)}")


def _message(message: Message, department: Department | None, since: str) -> Block:
    what = f"a change of {_WHAT[message.kind]}" if message.ts else _WHAT[message.kind]
    about = number(message.case) if message.case else ""
    head = dotted(about, f"{what} for {_whereto(message.place, department)}", since)
    why = in_plain_words(message.error or "")
    told = f"✗ Not delivered: {why}"
    if message.state is MessageState.PARKED:
        told = f"⏸ It waits and is not lost: {why}"
    return _opening(message.case, f"{head}\n{told}")


def _whereto(at: str, department: Department | None) -> str:
    kind, _, key = at.partition(":")
    if department:
        return f"*{name(department.name)}* in {name(department.channel)}"
    match kind:
        case "person":
            return user(MemberId(key))
        case "channel":
            return f"<#{key}>"
        case "incident":
            return "the channel of an incident"
    return f"*{name(at.replace('-', ' '))}*"


def _opening(case: CaseId | None, text: str) -> Block:
    return section(text, button("Open", Action.OPEN, str(case)) if case else None)
