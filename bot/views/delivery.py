"""How far the last reply of a case came, in one line, and what its author may do about it."""

from bot.domain.post import Post
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.views import ids, inert
from bot.views.blocks import actions, button, confirm, section, user
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import clock_time, dotted, name, note, opened, said

_EXCERPT = 120

_UNKNOWN = "⚠ *Outcome unknown: it may be public.* Look before anything is sent again"

_SEND_NOW = ("Send now", Action.SEND_HELD)
_REWRITE = ("Rewrite", Action.REWRITE_REPLY)
_DROP = ("Drop", Action.DROP_REPLY)
_CHOICES: dict[ReplyState, tuple[tuple[str, ids.Action], ...]] = {
    ReplyState.HELD: (_SEND_NOW, _REWRITE, _DROP),
    ReplyState.REJECTED: (_REWRITE, _DROP),
    ReplyState.UNKNOWN: (
        ("It is there…", Action.REPLY_FOUND),
        ("Send again…", Action.SEND_AGAIN),
        _DROP,
    ),
}


def delivery(reply: Reply, post: Post, outgoing: Outgoing) -> list[Block]:
    """The line, then the buttons of a reply that waits for a person."""
    undo = None
    if reply.state is ReplyState.UNDO:
        undo = button("Undo", Action.UNDO_REPLY, reply.key)
    buttons = [_button(label, action, reply) for label, action in _CHOICES.get(reply.state, ())]
    line = section(delivery_line(reply, post, outgoing), undo)
    return [line, *([actions(*buttons)] if buttons else [])]


def delivered(reply: Reply) -> str:
    """The receipt: when it went out, and where it can be read."""
    when = clock_time(reply.sent_at) if reply.sent_at else ""
    place = inert.domain_of(reply.url) if reply.url else ""
    link = opened(reply.url, f"see it on {place}") if place else ""
    return dotted(f"✓ {user(reply.author)}'s answer was sent {when}".rstrip(), link)


def delivery_line(reply: Reply, post: Post, outgoing: Outgoing = Outgoing.ON) -> str:
    author, words = user(reply.author), said(reply.text, _EXCERPT)
    match reply.state:
        case ReplyState.UNDO:
            return dotted(_until_then(author, reply, outgoing), _why(reply), words)
        case ReplyState.HELD:
            line = f"⏸ {author}'s answer is held{_because(reply)}. Nothing sends it by itself"
            return dotted(line, words)
        case ReplyState.SENDING:
            return dotted(f"{author}'s answer is being sent…", words)
        case ReplyState.SENT:
            return delivered(reply)
        case ReplyState.REJECTED:
            refused = f"✗ {name(post.source)} refused {author}'s answer{_because(reply)}"
            return dotted(f"{refused}. Nothing was published", words)
        case ReplyState.UNKNOWN:
            return dotted(
                f"{_UNKNOWN}, {author}",
                _why(reply),
                words,
            )
        case ReplyState.DROPPED:
            return (
                f"{author}'s answer was {'taken back' if reply.reason == 'undone' else 'dropped'}"
            )


def _until_then(author: str, reply: Reply, outgoing: Outgoing) -> str:
    """What becomes of it when *Undo* has run out, as the switch is now."""
    if outgoing is Outgoing.ON:
        return f"{author}'s answer goes out at {_second(reply)}"
    return (
        f"{author}'s answer is held from {_second(reply)}: public replies are {outgoing.in_words}"
    )


def _button(label: str, action: ids.Action, reply: Reply) -> Block:
    sure = confirm("Drop this answer?", "It will not be sent from here.", "Drop")
    return button(label, action, reply.key, confirm=sure if action is Action.DROP_REPLY else None)


def _second(reply: Reply) -> str:
    at = int(reply.send_at.timestamp())
    return f"<!date^{at}^{{time_secs}}|{reply.send_at:%H:%M:%S} UTC>"


def _why(reply: Reply) -> str:
    return note(reply.reason)


def _because(reply: Reply) -> str:
    return f": {note(reply.reason)}" if reply.reason else ""
