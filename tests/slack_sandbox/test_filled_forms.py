"""Forms as a person fills them in, and what the app's answers do to them."""

import pytest

from tests.slack_sandbox.kit import field, form, options, typed


def test_a_form_is_filled_refused_corrected_and_closed(slack, ann, app, connect):
    @app.command("/case")
    def case(ack, command, client):
        client.views_open(trigger_id=command["trigger_id"], view=form("reply", typed("text")))
        ack()

    @app.view("reply")
    def reply(ack, view):
        said = view["state"]["values"]["text"]["value"]["value"]
        if "promise" in said:
            ack(response_action="errors", errors={"text": "Promise nothing."})
        else:
            ack()

    connect()
    ann.command("/case")
    ann.submit({"text": "I promise"})
    assert ann.wait_view("reply").errors == {"text": "Promise nothing."}

    ann.submit({"text": "I will see"})
    assert ann.view is None


def test_slack_itself_refuses_an_incomplete_form(slack, ann, app, connect):
    heard = []

    @app.shortcut("new")
    def new(ack, shortcut, client):
        blocks = [typed("text", min_length=3, max_length=5), typed("note", max_length=2)]
        blocks[1]["optional"] = True
        client.views_open(trigger_id=shortcut["trigger_id"], view=form("f", *blocks))
        ack()

    @app.view("f")
    def submitted(ack, view):
        heard.append(view)
        ack()

    connect()
    ann.shortcut("new")
    for text, complaint in [("", "required"), ("ab", "at least 3"), ("abcdef", "at most 5")]:
        assert ann.submit({"text": text}).error == "missing_input"
        assert complaint in ann.view.errors["text"]

    ann.submit({"text": "abc"})
    assert [one["state"]["values"]["note"]["value"]["value"] for one in heard] == [None]


def test_a_form_answers_with_its_next_step(slack, ann, app, connect):
    steps = {"reply": "update", "preview": "push", "extra": "clear"}
    following = {"reply": "preview", "preview": "extra", "extra": "none"}

    @app.shortcut("new")
    def new(ack, shortcut, client):
        client.views_open(trigger_id=shortcut["trigger_id"], view=form("reply"))
        ack()

    for name in steps:

        @app.view(name)
        def submitted(ack, view):
            kind = view["callback_id"]
            if steps[kind] == "clear":
                ack(response_action="clear")
            else:
                ack(response_action=steps[kind], view=form(following[kind]))

    connect()
    ann.shortcut("new")
    first = ann.view.id
    ann.submit()
    assert (ann.view.callback_id, ann.view.id) == ("preview", first)
    ann.submit()
    assert (ann.view.callback_id, ann.view.previous_id) == ("extra", first)
    ann.submit()
    assert ann.view is None


def test_an_answer_that_makes_no_sense_is_a_violation(slack, ann, app, connect):
    @app.shortcut("new")
    def new(ack, shortcut, client):
        client.views_open(trigger_id=shortcut["trigger_id"], view=form("reply", typed("text")))
        ack()

    @app.view("reply")
    def submitted(ack):
        ack(response_action="errors", errors={"nowhere": "?"})

    connect()
    ann.shortcut("new")

    assert ann.submit({"text": "x"}).error == "invalid_response_action"
    assert [one.kind for one in slack.violations] == ["invalid_response_action"]


def test_closing_is_told_only_when_the_form_asks_for_it(slack, ann, app, connect):
    closed = []

    @app.shortcut("new")
    def new(ack, shortcut, client):
        client.views_open(trigger_id=shortcut["trigger_id"], view=form("f", notify_on_close=True))
        ack()

    @app.view_closed("f")
    def on_close(ack, body):
        closed.append(body["is_cleared"])
        ack()

    connect()
    ann.shortcut("new")
    ann.close_view()

    assert closed == [False]
    with pytest.raises(LookupError, match="ann has no form open"):
        ann.close_view()


def test_what_was_typed_is_told_letter_by_letter_where_asked_for_and_never_at_the_close(
    slack, ann, app, connect
):
    heard, closed = [], []
    telling = field("text", {"type": "plain_text_input"}) | {"dispatch_action": True}
    telling["element"]["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}

    @app.shortcut("new")
    def new(ack, shortcut, client):
        view = form("f", telling, field("silent", {"type": "plain_text_input"}))
        client.views_open(trigger_id=shortcut["trigger_id"], view=view | {"notify_on_close": True})
        ack()

    @app.action("value")
    def typed(ack, body):
        heard.append((body["actions"][0]["value"], body["view"]["state"]["values"]["text"]))
        ack()

    @app.view_closed("f")
    def on_close(ack, view):
        closed.append(view["state"]["values"])
        ack()

    connect()
    ann.shortcut("new")
    ann.type_in("silent", "nobody hears it")
    ann.type_in("text", "H")
    ann.type_in("text", "Hi")
    ann.close_view()

    assert [value for value, _ in heard] == ["H", "Hi"]
    assert heard[-1][1]["value"]["value"] == "Hi"
    assert closed == [{}]


def test_a_page_that_is_loaded_anew_closes_forms_and_tells_nobody(slack, ann, app, connect):
    closed = []

    @app.shortcut("new")
    def new(ack, shortcut, client):
        client.views_open(trigger_id=shortcut["trigger_id"], view=form("f", notify_on_close=True))
        ack()

    @app.view_closed("f")
    def on_close(ack):
        closed.append("f")
        ack()

    connect()
    ann.shortcut("new")
    ann.reload()
    assert (ann.view, closed) == (None, [])


PICKED = [
    ({"type": "users_select"}, "U1", "selected_user", "U1"),
    ({"type": "multi_users_select"}, ["U1", "U2"], "selected_users", ["U1", "U2"]),
    ({"type": "conversations_select"}, "C1", "selected_conversation", "C1"),
    ({"type": "channels_select"}, "C1", "selected_channel", "C1"),
    ({"type": "datepicker"}, "2026-11-21", "selected_date", "2026-11-21"),
    ({"type": "timepicker"}, "18:30", "selected_time", "18:30"),
    ({"type": "datetimepicker"}, 1_763_750_000, "selected_date_time", 1_763_750_000),
    ({"type": "static_select", "options": options("a", "b")}, "b", "selected_option", "b"),
    ({"type": "static_select", "options": options("a", "b")}, "B", "selected_option", "b"),
    ({"type": "radio_buttons", "options": options("a", "b")}, "a", "selected_option", "a"),
    ({"type": "checkboxes", "options": options("a", "b")}, ["a", "b"], "selected_options", "ab"),
    ({"type": "plain_text_input"}, "hello", "value", "hello"),
]


@pytest.mark.parametrize(("element", "value", "shape", "expected"), PICKED)
def test_a_plain_value_gets_the_shape_of_its_element(
    slack, client, ann, element, value, shape, expected
):
    trigger = slack.workspace.triggers.issue(ann.id)
    client.views_open(trigger_id=trigger, view=form("f", field("b", element)))

    state = ann.fill_in({"b": value}).state["b"]["value"]

    if shape == "selected_option":
        assert state[shape]["value"] == expected
    elif shape == "selected_options":
        assert [one["value"] for one in state[shape]] == list(expected)
    else:
        assert state[shape] == expected
    assert state["type"] == element["type"]
