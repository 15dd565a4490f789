"""views.*: forms and home tabs, opened by people and drawn by the app."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Sandbox
from tests.slack_sandbox.kit import form, home, section, typed


class Watch:
    """A clock that stands still until somebody moves it."""

    def __init__(self):
        self.now = 1_763_750_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def timed(watch):
    with Sandbox.start(clock=watch) as slack:
        yield slack


def trigger(slack, person):
    return slack.workspace.triggers.issue(person.id)


def refused(call, **arguments):
    with pytest.raises(SlackApiError) as refusal:
        call(**arguments)
    return refusal.value.response["error"]


def test_a_form_opens_before_the_person_who_acted(slack, client, ann):
    answer = client.views_open(trigger_id=trigger(slack, ann), view=form("reply", typed("text")))

    assert ann.view.callback_id == "reply"
    assert (ann.view.title, ann.view.submit) == ("Reply", "Go on")
    assert answer["view"]["state"]["values"] == {
        "text": {"value": {"type": "plain_text_input", "value": None}}
    }


def test_a_trigger_is_good_once_and_for_three_seconds(timed, watch):
    ann = timed.person("ann")
    client = WebClient(timed.bot_token, timed.api_url)
    used, late = trigger(timed, ann), trigger(timed, ann)

    client.views_open(trigger_id=used, view=form("f"))
    again = refused(client.views_open, trigger_id=used, view=form("f"))
    watch.now += 3.1
    too_late = refused(client.views_open, trigger_id=late, view=form("f"))
    forged = refused(client.views_open, trigger_id="1.2.abc", view=form("f"))

    assert again == "exchanged_trigger_id"
    assert too_late == "expired_trigger_id"
    assert forged == "invalid_trigger_id"


def test_an_update_with_an_old_hash_is_a_conflict(slack, client, ann):
    view = client.views_open(trigger_id=trigger(slack, ann), view=form("loading"))["view"]

    client.views_update(view_id=view["id"], hash=view["hash"], view=form("loaded"))

    assert ann.view.callback_id == "loaded"
    error = refused(client.views_update, view_id=view["id"], hash=view["hash"], view=form("x"))
    assert error == "hash_conflict"
    assert refused(client.views_update, view_id="V404", view=form("x")) == "not_found"


def test_what_was_typed_survives_an_update_of_the_same_blocks(slack, client, ann):
    client.views_open(trigger_id=trigger(slack, ann), view=form("f", typed("text")))
    ann.fill_in({"text": "dear Jane"})

    client.views_update(view_id=ann.view.id, view=form("f", section("new"), typed("text")))

    assert ann.view.state["text"]["value"]["value"] == "dear Jane"


def test_three_forms_may_lie_upon_each_other(slack, client, ann):
    client.views_open(trigger_id=trigger(slack, ann), view=form("first"))
    client.views_push(trigger_id=trigger(slack, ann), view=form("second"))
    client.views_push(trigger_id=trigger(slack, ann), view=form("third"))

    error = refused(client.views_push, trigger_id=trigger(slack, ann), view=form("fourth"))

    assert error == "push_limit_reached"
    assert ann.view.callback_id == "third"
    ann.close_view()
    assert ann.view.callback_id == "second"
    ann.close_view(everything=True)
    assert ann.view is None
    assert refused(client.views_push, trigger_id=trigger(slack, ann), view=form("x")) == "not_found"


def test_an_external_id_stands_for_one_form_only(slack, client, ann):
    ben = slack.person("ben")
    client.views_open(trigger_id=trigger(slack, ann), view=form("f", external_id="case-1"))

    client.views_update(external_id="case-1", view=form("g", external_id="case-1"))

    assert ann.view.callback_id == "g"
    again = form("f", external_id="case-1")
    error = refused(client.views_open, trigger_id=trigger(slack, ben), view=again)
    assert error == "duplicate_external_id"


def test_a_home_tab_is_published_for_each_person(slack, client, ann):
    published = client.views_publish(user_id=ann.id, view=home(section("Good morning")))["view"]

    client.views_publish(user_id=ann.id, hash=published["hash"], view=home(section("Good evening")))

    assert "evening" in slack.home(ann).words
    assert refused(client.views_publish, user_id=ann.id, hash="old", view=home()) == "hash_conflict"
    assert refused(client.views_publish, user_id="U404", view=home()) == "user_not_found"


def test_a_form_that_breaks_a_rule_is_refused_with_a_pointer(slack, client, ann):
    with pytest.raises(SlackApiError) as refusal:
        client.views_open(trigger_id=trigger(slack, ann), view=form("f", title="t" * 25))

    answer = refusal.value.response
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title/text]" in answer["response_metadata"]["messages"][0]


def test_a_form_larger_than_a_quarter_megabyte_is_too_large(slack, client, ann):
    huge = form("f", *[section("é" * 2900) for _ in range(90)])

    assert refused(client.views_open, trigger_id=trigger(slack, ann), view=huge) == "view_too_large"


def test_a_home_tab_that_is_switched_off_cannot_be_published():
    with Sandbox.start(manifest={"features": {}}) as slack:
        ann = slack.person("ann")
        client = WebClient(slack.bot_token, slack.api_url)

        assert refused(client.views_publish, user_id=ann.id, view=home()) == "not_enabled"
