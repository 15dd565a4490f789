"""Block Kit written down as tables: every block and element with its fields and their limits."""

from __future__ import annotations

import re
from collections.abc import Mapping

from slack_sandbox import limits, new_blocks
from slack_sandbox.checks import (
    Check,
    anything,
    by_type,
    choice,
    flag,
    many,
    matching,
    number,
    shape,
    string,
    whole,
)


def plain(most: int) -> Check:
    """A plain_text object."""
    return by_type({"plain_text": shape(type=(anything,), text=(string(most),), emoji=flag)})


def text(most: int) -> Check:
    """A text object of either kind."""
    mrkdwn = shape(type=(anything,), text=(string(most),), verbatim=flag)
    plain_text = shape(type=(anything,), text=(string(most),), emoji=flag)
    return by_type({"plain_text": plain_text, "mrkdwn": mrkdwn})


ID = string(255)
URL = matching(re.compile(rf"\S{{1,{limits.URL}}}").fullmatch, "a valid URL")
DATE = matching(re.compile(r"\d{4}-\d{2}-\d{2}").fullmatch, "a date like 2026-11-21")
TIME = matching(re.compile(r"\d{2}:\d{2}").fullmatch, "a time like 18:30")

CONFIRM = shape(
    title=(plain(limits.CONFIRM_TITLE),),
    text=(text(limits.CONFIRM_TEXT),),
    confirm=plain(limits.CONFIRM_BUTTON),
    deny=plain(limits.CONFIRM_BUTTON),
    style=choice("primary", "danger"),
)
OPTION = shape(
    text=(text(limits.OPTION_TEXT),),
    value=(string(limits.OPTION_VALUE),),
    description=text(limits.OPTION_TEXT),
    url=URL,
)
GROUP = shape(label=(plain(limits.OPTION_TEXT),), options=(many(OPTION, limits.OPTIONS),))


def element(**fields: Check | tuple[Check]) -> Check:
    """An element with its id and, where it has one, its question before acting."""
    return shape(type=(anything,), action_id=ID, confirm=CONFIRM, focus_on_load=flag, **fields)


def select(**fields: Check | tuple[Check]) -> Check:
    """A list to choose from, by one or by many."""
    return element(
        placeholder=plain(limits.PLACEHOLDER),
        max_selected_items=whole(1, limits.OPTIONS),
        response_url_enabled=flag,
        **fields,
    )


STATIC = {
    "options": many(OPTION, limits.OPTIONS),
    "option_groups": many(GROUP, limits.OPTIONS),
}
CHOICES = {"options": (many(OPTION, limits.CHOICES),)}
PLACEHOLDER = {"placeholder": plain(limits.PLACEHOLDER)}
DISPATCH = {"dispatch_action_config": anything}
CONVERSATIONS = {"default_to_current_conversation": flag, "filter": anything}

BUTTON = element(
    text=(plain(limits.BUTTON_TEXT),),
    value=string(limits.BUTTON_VALUE, least=0),
    url=URL,
    style=choice("primary", "danger"),
    accessibility_label=string(limits.ACCESSIBILITY_LABEL),
)
IMAGE_ELEMENT = shape(
    type=(anything,),
    image_url=URL,
    slack_file=anything,
    alt_text=(string(limits.IMAGE_TEXT),),
)
TEXT_INPUT = element(
    initial_value=string(limits.INPUT_TEXT, least=0),
    multiline=flag,
    min_length=whole(0, limits.INPUT_TEXT),
    max_length=whole(1, limits.INPUT_TEXT),
    **PLACEHOLDER,
    **DISPATCH,
)
ONE_LINE_INPUT = element(initial_value=string(limits.INPUT_TEXT), **PLACEHOLDER, **DISPATCH)
NUMBER_INPUT = element(
    is_decimal_allowed=(flag,),
    initial_value=anything,
    min_value=anything,
    max_value=anything,
    **PLACEHOLDER,
    **DISPATCH,
)

MENUS: dict[str, Check] = {
    "static_select": select(initial_option=OPTION, **STATIC),
    "multi_static_select": select(initial_options=many(OPTION, limits.OPTIONS), **STATIC),
    "external_select": select(initial_option=OPTION, min_query_length=whole(0, 1000)),
    "multi_external_select": select(
        initial_options=many(OPTION, limits.OPTIONS), min_query_length=whole(0, 1000)
    ),
    "users_select": select(initial_user=ID),
    "multi_users_select": select(initial_users=many(ID, limits.OPTIONS)),
    "conversations_select": select(initial_conversation=ID, **CONVERSATIONS),
    "multi_conversations_select": select(
        initial_conversations=many(ID, limits.OPTIONS), **CONVERSATIONS
    ),
    "channels_select": select(initial_channel=ID),
    "multi_channels_select": select(initial_channels=many(ID, limits.OPTIONS)),
}
CHOOSERS: dict[str, Check] = {
    **MENUS,
    "checkboxes": element(initial_options=many(OPTION, limits.CHOICES), **CHOICES),
    "radio_buttons": element(initial_option=OPTION, **CHOICES),
    "datepicker": element(initial_date=DATE, **PLACEHOLDER),
    "timepicker": element(initial_time=TIME, timezone=ID, **PLACEHOLDER),
    "datetimepicker": element(initial_date_time=whole(10**9, 10**10 - 1)),
}
BUTTONS: dict[str, Check] = {
    "button": BUTTON,
    "overflow": element(options=(many(OPTION, limits.OVERFLOW_OPTIONS),)),
    "workflow_button": anything,
}
INPUT_ELEMENTS: dict[str, Check] = {
    **CHOOSERS,
    "plain_text_input": TEXT_INPUT,
    "email_text_input": ONE_LINE_INPUT,
    "url_text_input": ONE_LINE_INPUT,
    "number_input": NUMBER_INPUT,
    "rich_text_input": element(initial_value=anything, **PLACEHOLDER, **DISPATCH),
    "file_input": element(
        filetypes=many(string(255), 100), max_files=whole(1, limits.FILES_PER_INPUT)
    ),
}
CONTEXT_ITEMS: Mapping[str, Check] = {
    "image": IMAGE_ELEMENT,
    "plain_text": shape(type=(anything,), text=(string(limits.TEXT_OBJECT),), emoji=flag),
    "mrkdwn": shape(type=(anything,), text=(string(limits.TEXT_OBJECT),), verbatim=flag),
}


def rich(**fields: Check | tuple[Check]) -> Check:
    """A piece inside a rich text."""
    return shape(type=(anything,), style=anything, **fields)


RICH_PIECES: dict[str, Check] = {
    "text": rich(text=(string(limits.TEXT_OVER_ALL_BLOCKS),)),
    "link": rich(url=(URL,), text=string(limits.TEXT_OBJECT), unsafe=flag),
    "user": rich(user_id=(ID,)),
    "usergroup": rich(usergroup_id=(ID,)),
    "channel": rich(channel_id=(ID,)),
    "team": rich(team_id=(ID,)),
    "emoji": rich(name=(ID,), unicode=ID, skin_tone=anything, url=URL),
    "broadcast": rich(range=(choice("here", "channel", "everyone"),)),
    "color": rich(value=(ID,)),
    "date": rich(timestamp=(anything,), format=(ID,), url=URL, fallback=string(3000)),
}
PIECES = many(by_type(RICH_PIECES), 1000, least=0)
RICH_SECTION = shape(type=(anything,), elements=(PIECES,))
BORDERED = shape(type=(anything,), elements=(PIECES,), border=whole(0, 1), language=ID)
RICH_PARTS: dict[str, Check] = {
    "rich_text_section": RICH_SECTION,
    "rich_text_quote": BORDERED,
    "rich_text_preformatted": BORDERED,
    "rich_text_list": shape(
        type=(anything,),
        style=(choice("bullet", "ordered"),),
        elements=(many(by_type({"rich_text_section": RICH_SECTION}), 1000),),
        indent=whole(0, 8),
        offset=whole(0, 10_000),
        border=whole(0, 1),
    ),
}


def block(**fields: Check | tuple[Check]) -> Check:
    """A block with its optional id."""
    return shape(type=(anything,), block_id=ID, **fields)


RICH_TEXT = block(elements=(many(by_type(RICH_PARTS), 1000),))
CELLS = by_type(
    {
        "raw_text": shape(type=(anything,), text=(string(limits.TEXT_OBJECT),)),
        "raw_number": shape(type=(anything,), value=(number,), text=string(limits.TEXT_OBJECT)),
        "rich_text": RICH_TEXT,
    }
)
ROWS = many(many(CELLS, limits.TABLE_CELLS), limits.TABLE_ROWS)
EVERYWHERE: dict[str, Check] = {
    "section": block(
        text=text(limits.TEXT_OBJECT),
        fields=many(text(limits.SECTION_FIELD), limits.SECTION_FIELDS),
        accessory=by_type({**CHOOSERS, **BUTTONS, "image": IMAGE_ELEMENT}),
        expand=flag,
    ),
    "header": block(text=(plain(limits.HEADER),)),
    "divider": block(),
    "image": block(
        image_url=URL,
        slack_file=anything,
        alt_text=(string(limits.IMAGE_TEXT),),
        title=plain(limits.IMAGE_TEXT),
    ),
    "context": block(elements=(many(by_type(CONTEXT_ITEMS), limits.CONTEXT_ELEMENTS),)),
    "actions": block(elements=(many(by_type({**CHOOSERS, **BUTTONS}), limits.ACTIONS_ELEMENTS),)),
    "rich_text": RICH_TEXT,
    "video": anything,
    "input": block(
        label=(plain(limits.LABEL),),
        element=(by_type(INPUT_ELEMENTS),),
        hint=plain(limits.LABEL),
        optional=flag,
        dispatch_action=flag,
    ),
}
MESSAGE_BLOCKS: dict[str, Check] = {
    **EVERYWHERE,
    "context_actions": block(elements=(many(anything, limits.CONTEXT_ACTIONS_ELEMENTS),)),
    "markdown": block(text=(string(limits.MARKDOWN_OVER_ALL_BLOCKS),)),
    "table": block(rows=(ROWS,), column_settings=many(anything, limits.TABLE_CELLS)),
    "data_table": block(**new_blocks.data_table(CELLS)),
    "data_visualization": block(**new_blocks.DATA_VISUALIZATION),
    **dict.fromkeys(("file", "card", "carousel", "task_card", "plan"), anything),
}
MESSAGE_BLOCKS["container"] = block(
    **new_blocks.container(
        by_type({kind: row for kind, row in MESSAGE_BLOCKS.items() if kind != "container"}),
        plain(limits.CONTAINER_TEXT),
        text(limits.CONTAINER_TEXT),
        IMAGE_ELEMENT,
    )
)
MODAL_BLOCKS: dict[str, Check] = {
    **EVERYWHERE,
    "alert": block(
        text=(text(limits.ALERT_TEXT),),
        level=choice("default", "info", "warning", "error", "success"),
    ),
}
HOME_BLOCKS = EVERYWHERE
