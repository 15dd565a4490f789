"""The timeline in words: one line for each thing that happened to a case."""

from collections.abc import Callable, Mapping

from bot.domain.ids import CLOCK, CUSTOMER, DESK, MemberId
from bot.domain.timeline import Event, What
from bot.views.blocks import user
from bot.views.phrases import dated, dotted, in_words, name, note, people, said


def told(event: Event) -> str:
    """When, what, who."""
    return f"{dated(event.at)} · {_WORDS.get(event.what, _plainly)(event)}"


def _plainly(event: Event) -> str:
    return f"{event.what} by {user(event.by)}"


def _alone(event: Event) -> str:
    return str(event.what)


def _opened(event: Event) -> str:
    return f"opened in *{_name(event, 'department')}*: {_note(event, 'why')}"


def _moved(event: Event) -> str:
    ask = _text(event, "ask")
    way = f"{event.what} from *{_name(event, 'was')}* to *{_name(event, 'to')}* by {user(event.by)}"
    return dotted(way, f"for {_member(event, 'person')}" if _member(event, "person") else "",
                  said(ask) if ask else "", _note(event, "why"))  # fmt: skip


def _back(event: Event) -> str:
    return dotted(f"{event.what}, back to *{_name(event, 'to')}*", _note(event, "why"))


def _assigned(event: Event) -> str:
    return f"given to {_member(event, 'to')} by {user(event.by)}"


def _escalated(event: Event) -> str:
    reason = _text(event, "reason")
    return dotted(_plainly(event), said(reason) if reason else "")


def _promise(event: Event) -> str:
    promise = _name(event, "promise").replace("_", " ")
    return dotted(str(event.what), promise, _name(event, "target"))


def _pinged(event: Event) -> str:
    called = event.data.get("people")
    who = people(MemberId(str(one)) for one in called) if isinstance(called, list) else ""
    return dotted(f"pinged {who or 'the channel, nobody is on duty'}", _step(event))


def _not_called(event: Event) -> str:
    return dotted("nobody called for a step that was due", _note(event, "why"))


def _step(event: Event) -> str:
    step = event.data.get("step")
    return f"step {in_words(step + 1)}" if isinstance(step, int) else ""


def _priority(event: Event) -> str:
    to, why = f"priority {_name(event, 'was')} → {_name(event, 'to')}", _text(event, "why")
    by = "the customer's words" if event.by == CUSTOMER else user(event.by)
    return dotted(f"{to} by {by}", said(why) if why else "")


def _closed(event: Event) -> str:
    into = event.data.get("into")
    return dotted(f"{_name(event, 'outcome')}, {user(event.by)}", f"into #{into}" if into else "")


def _merged(event: Event) -> str:
    return f"#{_name(event, 'merged')} merged into this by {user(event.by)}"


_ANSWER = {
    "undo": "answer approved",
    "sending": "answer on its way",
    "held": "answer on hold",
    "rejected": "answer refused by the network",
    "unknown": "nobody knows whether the answer is public",
}


def _reply(event: Event) -> str:
    state = _text(event, "state")
    became = _ANSWER.get(state, f"answer {name(state)}")
    by = f" by {user(event.by)}" if event.by not in (CLOCK, DESK) else ""
    return dotted(f"{became}{by}", _note(event, "why"))


def _outside(event: Event) -> str:
    if event.data.get("undone"):
        return f"not {What.OUTSIDE}, {user(event.by)}"
    return f"{What.OUTSIDE}, {user(event.by)}" if event.by != DESK else str(What.OUTSIDE)


def _followed(event: Event) -> str:
    ask = _text(event, "ask")
    by = user(event.by)
    return dotted(f"*{_name(event, 'department')}* asked along by {by}", said(ask) if ask else "")


def _ask_taken_back(event: Event) -> str:
    return f"*{_name(event, 'department')}* is asked no longer, {user(event.by)}"


def _ask_done(event: Event) -> str:
    return f"*{_name(event, 'department')}* has done its part, {user(event.by)}"


def _split(event: Event) -> str:
    return f"#{_name(event, 'split')} split from this again by {user(event.by)}"


def _linked(event: Event) -> str:
    return f"part of the incident {said(_text(event, 'title'))}, {user(event.by)}"


def _case_linked(event: Event) -> str:
    return f"linked to #{_name(event, 'other')} by {user(event.by)}"


def _case_unlinked(event: Event) -> str:
    return f"no longer linked to #{_name(event, 'other')}, {user(event.by)}"


def _noted(event: Event) -> str:
    if parted := event.data.get("parted"):
        return f"posts of other people are shown apart since the upgrade: {parted}"
    muted = _text(event, "muted")
    if event.data.get("unmuted"):
        return f"the author's mute was undone by {user(event.by)}"
    return f"author muted by {user(event.by)}: {said(muted)}" if muted else _plainly(event)


_WORDS: Mapping[What, Callable[[Event], str]] = {
    What.OPENED: _opened,
    What.POSTED: _alone,
    What.EDITED: _alone,
    What.DELETED: _alone,
    What.HANGING: _alone,
    What.WOKE: _alone,
    What.ROUTED: _moved,
    What.HANDED_OFF: _moved,
    What.RETURNED: _back,
    What.BOUNCED: _back,
    What.ASSIGNED: _assigned,
    What.ESCALATED: _escalated,
    What.WARNED: _promise,
    What.BREACHED: _promise,
    What.PROMISE: _promise,
    What.PINGED: _pinged,
    What.NOT_CALLED: _not_called,
    What.PRIORITY: _priority,
    What.CLOSED: _closed,
    What.MERGED: _merged,
    What.REPLY: _reply,
    What.OUTSIDE: _outside,
    What.ASK_DONE: _ask_done,
    What.SPLIT: _split,
    What.FOLLOWED: _followed,
    What.ASK_TAKEN_BACK: _ask_taken_back,
    What.LINKED: _linked,
    What.CASE_LINKED: _case_linked,
    What.CASE_UNLINKED: _case_unlinked,
    What.NOTE: _noted,
}


def _text(event: Event, key: str) -> str:
    value = event.data.get(key)
    return "" if value is None else str(value)


def _name(event: Event, key: str) -> str:
    return name(_text(event, key))


def _note(event: Event, key: str) -> str:
    return note(_text(event, key))


def _member(event: Event, key: str) -> str:
    written = _text(event, key)
    return user(MemberId(written)) if written else ""
