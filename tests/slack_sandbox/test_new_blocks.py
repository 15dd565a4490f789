"""Data tables, charts, containers and alerts, images that cannot be fetched, and files in forms."""

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.blocks import message_faults, view_faults
from tests.slack_sandbox.kit import actions, button, field, form, plain, section, typed


def raw(text):
    return {"type": "raw_text", "text": text}


def table(rows, **more):
    return {"type": "data_table", "caption": "Cases", "rows": rows, **more}


def cells(rows, columns, text="x"):
    return table([[raw(text)] * columns] * rows)


def chart(kind="line", series=("a",), categories=("mon", "tue"), **more):
    data = [{"label": one, "value": 1} for one in categories]
    return {
        "type": "data_visualization",
        "title": "Cases a day",
        "chart": {
            "type": kind,
            "series": [{"name": name, "data": data} for name in series],
            "axis_config": {"categories": list(categories)},
        },
        **more,
    }


def pie(*values):
    segments = [{"label": f"s{n}", "value": value} for n, value in enumerate(values)]
    return {
        "type": "data_visualization",
        "title": "Networks",
        "chart": {"type": "pie", "segments": segments},
    }


def container(*children, **more):
    return {"type": "container", "title": plain("Today"), "child_blocks": list(children), **more}


def image(url):
    return {"type": "image", "image_url": url, "alt_text": "a picture"}


def names(count):
    return [f"n{number}" for number in range(count)]


RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}


@pytest.mark.parametrize(
    "block",
    [
        cells(2, 20),
        cells(101, 1),
        cells(100, 1, "x" * 100),
        table([[raw("day"), raw("n")], [RICH, {"type": "raw_number", "value": 3, "text": "3"}]]),
        chart(series=names(6), categories=names(20)),
        *(chart(kind) for kind in ("bar", "area", "line")),
        pie(1, 2.5),
        container(section("x"), is_collapsible=True, default_collapsed=True, width="full"),
        container(section("x"), title=None, rich_text_title=RICH),
    ],
)
def test_what_the_documents_show_is_taken(block):
    assert message_faults([block], "/blocks") == []


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (cells(1, 1), "no fewer than 2 items"),
        (cells(102, 1), "no more than 101 items"),
        (cells(2, 21), "no more than 20 items"),
        (cells(101, 1, "x" * 100), "no more than 10000 characters in all cells"),
        ({**cells(2, 1), "caption": None}, "missing required field: caption"),
        ({**cells(2, 1), "page_size": 101}, "must be between 1 and 100"),
        (table([[raw("a"), raw("b")], [raw("c")]]), "the same number of cells"),
        (table([[RICH], [raw("c")]]), "not allowed in the header row"),
        (table([[raw("a")], [{"type": "raw_number", "value": "3"}]]), "must provide a number"),
        (chart(series=names(7)), "no more than 6 items"),
        (chart(series=("a", "a")), "series names must be unique"),
        (chart(categories=names(21)), "no more than 20 items"),
        (chart(title="x" * 51), "must be less than 51 characters"),
        (chart(series=("x" * 21,)), "must be less than 21 characters"),
        (chart("radar"), "unsupported type: radar"),
        (pie(*range(1, 8)), "no more than 6 items"),
        (pie(1, 0), "a segment must be greater than 0"),
        (container(*[section("x")] * 11), "no more than 10 items"),
        (container(section("x"), title=None), "title or rich_text_title"),
        (container(section("x"), default_collapsed=True), "default_collapsed needs"),
        (container(container(section("x"))), "unsupported type: container"),
        (container(section("x" * 3001)), "must be less than 3001 characters"),
        (container(actions(button("a", "A"), button("a", "A"))), "already exists"),
    ],
)
def test_what_the_documents_exclude_is_refused(block, says):
    faults = [str(fault) for fault in message_faults([block], "/blocks")]

    assert any(says in fault for fault in faults), faults


def test_labels_of_a_chart_are_its_categories():
    block = chart()
    block["chart"]["axis_config"]["categories"] = ["tue", "mon"]

    assert "labels must match the categories" in str(message_faults([block], "/blocks")[0])


def test_a_message_has_two_charts_and_ten_thousand_characters_of_cells():
    assert message_faults([pie(1)] * 2, "") == []
    assert "/2" in str(message_faults([pie(1)] * 3, "")[0])
    assert message_faults([cells(51, 1, "x" * 100), cells(50, 1, "x" * 100)], "") != []


@pytest.mark.parametrize("block", [cells(2, 1), pie(1), container(section("x"))])
def test_they_stand_in_messages_only_and_an_alert_in_forms_only(block):
    alert = {"type": "alert", "text": plain("Somebody else has it"), "level": "warning"}

    assert view_faults(form("f", block), "/view") != []
    assert view_faults(form("f", alert), "/view") == []
    assert view_faults(form("f", {**alert, "level": "loud"}), "/view") != []
    assert message_faults([alert], "/blocks") != []


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/a.png",
        "https://127.0.0.1/a.png",
        "https://10.0.0.7/a.png",
        "https://pictures/a.png",
        "https://intranet.local/a.png",
        "https://nowhere.invalid/a.png",
        "http://example.com/a.png",
    ],
)
def test_an_image_that_slack_cannot_fetch_costs_the_whole_message(slack, client, care, ann, url):
    for blocks in ([section("hello"), image(url)], [section("hello", accessory=image(url))]):
        with pytest.raises(SlackApiError) as refusal:
            client.chat_postMessage(channel=care.id, text="x", blocks=blocks)

        assert refusal.value.response["error"] == "invalid_blocks"
        assert "downloading image failed" in refusal.value.response["errors"][0]
    assert slack.messages("care") == []
    with pytest.raises(SlackApiError, match="downloading image failed"):
        client.views_publish(user_id=ann.id, view={"type": "home", "blocks": [image(url)]})


def test_a_host_can_be_lost(slack, client, care):
    blocks = [section("hello"), image("https://cdn.example.com/a.png")]
    client.chat_postMessage(channel=care.id, text="x", blocks=blocks)

    slack.lose_images("cdn.example.com")

    with pytest.raises(SlackApiError, match="invalid_blocks"):
        client.chat_postMessage(channel=care.id, text="x", blocks=blocks)


FILES = field("files", {"type": "file_input", "filetypes": ["png"], "max_files": 2})


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ([("a.png", 10 * 1024 * 1024 + 1)], "at most 10 MB"),
        ([("a.exe", 10)], "of these types: png"),
        ([("a.png", 1)] * 3, "at most 2 files"),
        ([("a.png", 10 * 1024 * 1024)] * 2, None),
    ],
)
@pytest.mark.parametrize("optional", [False, True])
def test_a_form_takes_files_of_ten_megabytes(slack, client, ann, chosen, says, optional):
    trigger = slack.workspace.triggers.issue(ann.id)
    client.views_open(trigger_id=trigger, view=form("f", {**FILES, "optional": optional}))

    done = ann.submit({"files": [slack.file(name, size) for name, size in chosen]})

    if says is None:
        assert done.error == "dispatch_failed"  # it was sent, and nobody is connected
    else:
        assert done.error == "missing_input"
        assert says in ann.view.errors["files"]


def test_an_optional_text_that_is_too_long_is_not_sent(slack, client, ann):
    trigger = slack.workspace.triggers.issue(ann.id)
    client.views_open(
        trigger_id=trigger, view=form("f", typed("t", max_length=3) | {"optional": True})
    )

    assert ann.submit({"t": "long"}).error == "missing_input"
    assert ann.submit({"t": ""}).error == "dispatch_failed"
