"""The block validator: every limit, and Slack's shapes of refusal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from slack_sandbox.blocks import message_faults, view_faults
from tests.slack_sandbox.kit import (
    actions,
    button,
    field,
    form,
    home,
    options,
    plain,
    section,
    typed,
)


def select(**more):
    return {"type": "static_select", "action_id": "s", **more}


def confirm(**more):
    asked = {"title": plain("t"), "text": plain("x"), **more}
    return actions({**button("a", "A"), "confirm": asked})


def complaints(block):
    return [str(fault) for fault in message_faults([block], "/blocks")]


LIMITS = [
    (lambda n: section("x" * n), 3000, "/blocks/0/text/text"),
    (lambda n: {"type": "section", "fields": [plain("f")] * n}, 10, "/blocks/0/fields"),
    (lambda n: {"type": "section", "fields": [plain("f" * n)]}, 2000, "/blocks/0/fields/0/text"),
    (lambda n: {"type": "header", "text": plain("x" * n)}, 150, "/blocks/0/text/text"),
    (lambda n: {"type": "context", "elements": [plain("x")] * n}, 10, "/blocks/0/elements"),
    (lambda n: actions(*(button(f"a{i}", "A") for i in range(n))), 25, "/blocks/0/elements"),
    (lambda n: actions(button("a", "x" * n)), 75, "/blocks/0/elements/0/text/text"),
    (lambda n: actions(button("a", "A", "v" * n)), 2000, "/blocks/0/elements/0/value"),
    (lambda n: actions(button("a" * n, "A")), 255, "/blocks/0/elements/0/action_id"),
    (lambda n: {"type": "divider", "block_id": "b" * n}, 255, "/blocks/0/block_id"),
    (
        lambda n: actions(select(options=options(*(f"o{i}" for i in range(n))))),
        100,
        "/blocks/0/elements/0/options",
    ),
    (
        lambda n: actions(select(options=options("v" * n))),
        75,
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        lambda n: actions(select(options=[{"text": plain("o"), "value": "v" * n}])),
        150,
        "/blocks/0/elements/0/options/0/value",
    ),
    (
        lambda n: actions(
            {"type": "overflow", "action_id": "o", "options": options(*"abcdefgh"[:n])}
        ),
        5,
        "/blocks/0/elements/0/options",
    ),
    (
        lambda n: field("b", {"type": "checkboxes", "options": options(*"abcdefghijkl"[:n])}),
        10,
        "/blocks/0/element/options",
    ),
    (lambda n: typed("b", placeholder=plain("p" * n)), 150, "/blocks/0/element/placeholder/text"),
    (lambda n: typed("b", max_length=n), 3000, "/blocks/0/element/max_length"),
    (lambda n: {**typed("b"), "label": plain("l" * n)}, 2000, "/blocks/0/label/text"),
    (lambda n: confirm(title=plain("t" * n)), 100, "/blocks/0/elements/0/confirm/title/text"),
    (lambda n: confirm(text=plain("t" * n)), 300, "/blocks/0/elements/0/confirm/text/text"),
    (lambda n: confirm(deny=plain("t" * n)), 30, "/blocks/0/elements/0/confirm/deny/text"),
    (
        lambda n: {"type": "image", "image_url": "https://example.com/i", "alt_text": "a" * n},
        2000,
        "/blocks/0/alt_text",
    ),
    (
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "c"}]] * n},
        100,
        "/blocks/0/rows",
    ),
    (
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "c"}] * n]},
        20,
        "/blocks/0/rows/0",
    ),
]


@pytest.mark.parametrize(("block", "most", "pointer"), LIMITS, ids=[one[2] for one in LIMITS])
def test_a_limit_holds_to_the_last_character(block, most, pointer):
    assert complaints(block(most)) == []
    assert [one for one in complaints(block(most + 1)) if f"[json-pointer:{pointer}]" in one]


@pytest.mark.parametrize(
    "block",
    [
        section(""),
        {"type": "section"},
        {"type": "header", "text": {"type": "mrkdwn", "text": "no"}},
        {"type": "alert", "text": plain("only in forms")},
        {"type": "hologram"},
        {**section("x"), "colour": "red"},
        actions(button("same", "A"), button("same", "B")),
        actions(select(options=options("a"), initial_option=options("b")[0])),
        actions(select()),
        actions({"type": "plain_text_input", "action_id": "t"}),
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_quote", "elements": [{"type": "x"}]}],
        },
        "not a block",
    ],
)
def test_what_is_not_block_kit_is_refused(block):
    assert complaints(block)


def test_two_blocks_of_one_id_and_two_tables_are_refused():
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "c"}]]}

    assert message_faults([section("a", block_id="b"), section("c", block_id="b")], "")
    assert message_faults([table, table], "")
    assert message_faults([section("x")] * 51, "")


def test_a_form_with_inputs_needs_a_submit_button():
    whole = form("f", typed("text"))
    without = {name: value for name, value in whole.items() if name != "submit"}

    assert view_faults(whole, "/view") == []
    assert [fault.pointer for fault in view_faults(without, "/view")] == ["/view"]


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (form("f", title="t" * 25), "/view/title/text"),
        (form("c" * 256), "/view/callback_id"),
        (form("f", private_metadata="m" * 3001), "/view/private_metadata"),
        (form("f", *[section("x")] * 101), "/view/blocks"),
        (form("f", {"type": "markdown", "text": "x"}), "/view/blocks/0/type"),
        (home({"type": "alert", "text": plain("x")}), "/view/blocks/0/type"),
    ],
)
def test_a_view_has_limits_of_its_own(view, pointer):
    assert pointer in [fault.pointer for fault in view_faults(view, "/view")]


def test_a_message_method_names_every_fault_with_a_pointer(client, care):
    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(
            channel=care.id, text="x", blocks=[actions(*(button(f"a{i}", "A") for i in range(26)))]
        )

    answer = refusal.value.response
    said = "no more than 25 items allowed [json-pointer:/blocks/0/elements]"
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [said]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {said}"]


def test_twelve_thousand_characters_are_the_budget_of_a_message(client, care):
    client.chat_postMessage(channel=care.id, text="x", blocks=[section("x" * 3000)] * 4)

    with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
        client.chat_postMessage(
            channel=care.id, text="x", blocks=[*[section("x" * 3000)] * 4, section("y")]
        )


def test_the_public_validator_needs_no_token(slack, client):
    client.token = None
    fault = {"type": "section", "text": {"type": "invalid", "text": "x"}}

    assert client.api_call("blocks.validate", json={"blocks": [section("fine")]})["ok"]
    assert client.api_call("blocks.validate", json={"view": form("f", typed("t"))})["ok"]
    with pytest.raises(SlackApiError) as refusal:
        client.api_call("blocks.validate", json={"blocks": [fault]})

    assert refusal.value.response["errors"] == [
        {
            "code": "failed_constraint",
            "message": "unsupported type: invalid",
            "pointer": "/0/text/type",
            "constraint": {"type": "enum", "expected": ["plain_text", "mrkdwn"]},
        }
    ]
    for asked, error in (
        ({}, "invalid_arguments"),
        ({"view": form("f", fault)}, "invalid_view"),
        ({"message": {"blocks": [fault]}}, "invalid_message"),
    ):
        with pytest.raises(SlackApiError, match=error):
            client.api_call("blocks.validate", json=asked)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "element", "options", "block_id"]),
            inner | st.sampled_from(["section", "actions", "button", "plain_text", "input"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(ANY_JSON)
def test_whatever_is_sent_the_validator_answers(block):
    for fault in message_faults([block], "/blocks"):
        assert fault.pointer.startswith("/blocks")
