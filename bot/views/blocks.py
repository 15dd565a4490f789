"""Block Kit in small words: every view is made of these, and none of them can break a limit.

Foreign text goes into `quote`, `rich` or whatever is a plain text object; into mrkdwn only through
`inert.plain`. Action and block ids are the caller's.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.domain.ids import MemberId
from bot.views import inert, limits
from bot.views.limits import Block

_NOTHING = "–"  # Slack refuses an empty text
_MEMBER = re.compile(r"[UW][A-Z0-9]+")


def mrkdwn(text: str, limit: int = limits.TEXT) -> Block:
    """Our own words with formatting, links and mentions; Slack adds none of its own."""
    words = limits.cut_markup(text, limit).strip() or _NOTHING
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def plain(text: str, limit: int = limits.TEXT) -> Block:
    """Anybody's words, as they are."""
    return _plain(inert.clean(text, limit))


def user(member: MemberId) -> str:
    """A mention of a person; the desk, the clock and the customer are words."""
    return f"<@{member}>" if _MEMBER.fullmatch(member) else f"the {inert.plain(member)}"


def date(when: datetime, fallback: str = "") -> str:
    """A moment in the time zone of each reader's device."""
    words = inert.caption(fallback) if fallback else f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(when.timestamp())}^{{date_short_pretty}} at {{time}}|{words}>"


def section(text: str, accessory: Block | None = None) -> Block:
    return _with({"type": "section", "text": mrkdwn(text)}, accessory=accessory)


def quote(text: str, limit: int = limits.TEXT) -> Block:
    """A customer's or colleague's own words, set apart from ours."""
    words = inert.clean(text, limit).strip() or _NOTHING
    quoted = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [quoted]}


def rich(*parts: str | Block) -> Block:
    """One line of anybody's words (text) and of elements that are ours (blocks)."""
    elements = [_words(part) if isinstance(part, str) else part for part in parts if part]
    line = {"type": "rich_text_section", "elements": elements or [_words(_NOTHING)]}
    return {"type": "rich_text", "elements": [line]}


def bold(text: str) -> Block:
    """Anybody's words in bold, as a part of `rich`."""
    return _words(text) | {"style": {"bold": True}}


def context(*texts: str | Block) -> Block:
    """Small print: our mrkdwn, or `plain` texts of others."""
    elements = [mrkdwn(text) if isinstance(text, str) else text for text in texts]
    return {"type": "context", "elements": elements[: limits.CONTEXT]}


def alert(text: str, level: str = "info") -> Block:
    """What must be seen before anything else in a form; anybody's words, as they are."""
    return {"type": "alert", "text": plain(text, limits.ALERT), "level": level}


def divider() -> Block:
    return {"type": "divider"}


def actions(*buttons: Block, block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(buttons[: limits.ACTIONS])}
    return _with(block, block_id=block_id)


def button(
    label: str, action_id: str, value: str, style: str | None = None, confirm: Block | None = None
) -> Block:
    block: Block = {
        "type": "button",
        "text": _label(label, limits.BUTTON),
        "action_id": limits.identity(action_id),
        "value": limits.identity(value, limits.BUTTON_VALUE),
    }
    return _with(block, style=style, confirm=confirm)


def confirm(title: str, text: str, ok: str, deny: str = "Cancel") -> Block:
    """The question asked before a press counts."""
    return {
        "title": _label(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": _label(ok, limits.CONFIRM_BUTTON),
        "deny": _label(deny, limits.CONFIRM_BUTTON),
    }


def options(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """Choices from pairs of what is read and what is meant."""
    return [
        {"text": _label(text, limits.OPTION), "value": limits.identity(value, limits.OPTION_VALUE)}
        for text, value in pairs
    ]


def select(kind: str, action_id: str, placeholder: str, **details: object) -> Block:
    block: Block = {
        "type": kind,
        "action_id": limits.identity(action_id),
        "placeholder": _label(placeholder, limits.PLACEHOLDER),
    }
    return _with(block, **details)


def static_select(
    action_id: str, choices: Sequence[Block], placeholder: str, initial: str | None = None
) -> Block:
    """A list to choose from; `initial` is a choice's value."""
    one = _one(choices, initial)
    return select("static_select", action_id, placeholder, **listed(choices), initial_option=one)


def listed(choices: Sequence[Block]) -> dict[str, object]:
    """All of them, however many: Slack takes a hundred in a list, and a hundred groups of those."""
    most = limits.SELECT_OPTIONS
    if len(choices) <= most:
        return {"options": list(choices)}
    pages = [list(choices[start : start + most]) for start in range(0, len(choices), most)]
    numbers = range(1, len(choices), most)
    return {
        "option_groups": [
            {"label": _label(f"{first} to {first + len(page) - 1}", limits.OPTION), "options": page}
            for first, page in zip(numbers, pages[:most], strict=False)
        ]
    }


def users_select(action_id: str, placeholder: str, initial: MemberId | None = None) -> Block:
    return select("users_select", action_id, placeholder, initial_user=initial)


def conversations_select(action_id: str, placeholder: str) -> Block:
    """A channel of this workspace, without those shared with others."""
    own = {"include": ["public", "private"], "exclude_external_shared_channels": True}
    return select("conversations_select", action_id, placeholder, filter=own)


def radio(action_id: str, choices: Sequence[Block], initial: str | None = None) -> Block:
    offered = list(choices[: limits.BOX_OPTIONS])
    block: Block = {
        "type": "radio_buttons",
        "action_id": limits.identity(action_id),
        "options": offered,
    }
    return _with(block, initial_option=_one(offered, initial))


def text_input(
    action_id: str,
    multiline: bool = False,
    initial: str = "",
    max_length: int = limits.TYPED,
    placeholder: str = "",
) -> Block:
    """A field to type in; what stands in it already is kept as its author wrote it."""
    block: Block = {
        "type": "plain_text_input",
        "action_id": limits.identity(action_id),
        "multiline": multiline,
        "max_length": max_length,
    }
    typed = initial.encode(errors="replace").decode()  # half a surrogate pair cannot be sent
    return _with(
        block,
        initial_value=limits.prefix(typed, max_length) or None,
        placeholder=_label(placeholder, limits.PLACEHOLDER) if placeholder else None,
    )


def input_block(
    block_id: str, label: str, element: Block, hint: str | None = None, optional: bool = False
) -> Block:
    block: Block = {
        "type": "input",
        "block_id": limits.identity(block_id),
        "label": _label(label, limits.INPUT_LABEL),
        "element": element,
        "optional": optional,
    }
    return _with(block, hint=plain(hint, limits.INPUT_LABEL) if hint else None)


def telling(field: Block) -> Block:
    """The same field, and Slack tells of every letter that is typed in it."""
    element = field["element"]
    assert isinstance(element, dict)
    every = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    return field | {"dispatch_action": True, "element": element | every}


def modal(  # noqa: PLR0913 - the six parts of a view
    title: str,
    blocks: Sequence[Block],
    submit: str | None,
    callback_id: str,
    private_metadata: str,
    close: str = "Cancel",
) -> Block:
    view: Block = {
        "type": "modal",
        "title": _label(title, limits.VIEW_TITLE),
        "blocks": list(blocks[: limits.VIEW_BLOCKS]),
        "close": _label(close, limits.VIEW_TITLE),
        "callback_id": limits.identity(callback_id),
        "private_metadata": limits.identity(private_metadata, limits.METADATA),
    }
    return _with(view, submit=_label(submit, limits.VIEW_TITLE) if submit else None)


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text.strip() or _NOTHING, "emoji": False}


def _label(text: str, limit: int) -> Block:
    return _plain(inert.one_line(text, limit))


def _words(text: str) -> Block:
    return {"type": "text", "text": inert.clean(text, limits.TEXT) or _NOTHING}


def _with(block: Block, **details: object) -> Block:
    return block | {name: detail for name, detail in details.items() if detail is not None}


def _one(offered: Sequence[Block], value: str | None) -> Block | None:
    return next((option for option in offered if option["value"] == value), None)
