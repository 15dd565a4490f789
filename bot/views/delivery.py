"""How far the last reply of a case came, in one line, and what its author may do about it."""

from bot.domain.post import Post
from bot.domain.reply import OPEN_STATES, Outgoing, Reply, ReplyState
from bot.views import ids, inert
from bot.views.audience import DELETED, for_whom, in_words
from bot.views.blocks import actions, button, confirm, context, section, user
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


def delivery(
    reply: Reply, post: Post, outgoing: Outgoing, is_post_deleted: bool = False
) -> list[Block]:
    """The line, then the buttons of a reply that waits for a person."""
    undo = None
    if reply.state is ReplyState.UNDO:
        undo = button("Undo", Action.UNDO_REPLY, reply.key)
    choices = _CHOICES.get(reply.state, ())
    buttons = [_button(label, action, reply, post) for label, action in choices]
    line = section(delivery_line(reply, post, outgoing), undo)
    gone = is_post_deleted and reply.state in OPEN_STATES
    deleted = [context(f"⚠ {DELETED}")] if gone else []
    return [line, *deleted, *([actions(*buttons)] if buttons else [])]


def delivered(reply: Reply, post: Post) -> str:
    """The receipt: when it went out, and where it can be read."""
    when = clock_time(reply.sent_at) if reply.sent_at else ""
    place = inert.domain_of(reply.url) if reply.url else ""
    link = opened(reply.url, f"see it on {place}") if place else ""
    told = f"✓ {user(reply.author)}'s answer was sent {when}".rstrip()
    return dotted(told, for_whom(reply, post), link)


def delivery_line(reply: Reply, post: Post, outgoing: Outgoing = Outgoing.ON) -> str:
    author, words = user(reply.author), said(reply.text, _EXCERPT)
    answer, whom = f"{author}'s answer", for_whom(reply, post)
    match reply.state:
        case ReplyState.UNDO:
            return dotted(_until_then(answer, reply, outgoing), whom, _why(reply), words)
        case ReplyState.HELD:
            line = f"⏸ {answer} is on hold{_because(reply)}. It won't be sent automatically"
            return dotted(line, whom, words)
        case ReplyState.SENDING:
            return dotted(f"{answer} is being sent…", whom, words)
        case ReplyState.SENT:
            return delivered(reply, post)
        case ReplyState.REJECTED:
            refused = f"✗ {name(post.source)} refused {answer}{_because(reply)}"
            return dotted(f"{refused}. Nothing was published", whom, words)
        case ReplyState.UNKNOWN:
            return dotted(f"{_UNKNOWN}, {author}", whom, _why(reply), words)
        case ReplyState.DROPPED:
            return f"{author}'s answer was {'undone' if reply.reason == 'undone' else 'dropped'}"


def _until_then(answer: str, reply: Reply, outgoing: Outgoing) -> str:
    """What becomes of it when *Undo* has run out, as the switch is now."""
    if outgoing is Outgoing.ON:
        return f"⏸ {answer} goes out at {_second(reply)}"
    return f"⏸ {answer} goes on hold at {_second(reply)}: public replies are {outgoing.in_words}"


def _button(label: str, action: ids.Action, reply: Reply, post: Post) -> Block:
    sure = None
    if action is Action.DROP_REPLY:
        sure = confirm("Drop this answer?", "It will not be sent from here.", "Drop")
    elif action is Action.SEND_HELD:
        held = f"On hold: {note(reply.reason)}. " if reply.reason else ""
        sure = confirm("Send it now?", f"{held}{in_words(reply, post)}", "Send now")
    return button(label, action, reply.key, confirm=sure)


def _second(reply: Reply) -> str:
    at = int(reply.send_at.timestamp())
    return f"<!date^{at}^{{time_secs}}|{reply.send_at:%H:%M:%S} UTC>"


def _why(reply: Reply) -> str:
    return note(reply.reason)


def _because(reply: Reply) -> str:
    return f": {note(reply.reason)}" if reply.reason else ""
