"""Socket Mode with both of the SDK's threaded clients: greeting, envelopes, ends and returns."""

import json

import pytest
import websocket
from slack_bolt.adapter.socket_mode import SocketModeHandler as BuiltinHandler
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler as LibraryHandler
from slack_sdk import WebClient

from slack_sandbox import Sandbox


@pytest.fixture
def dial(slack):
    """Opens bare connections, for answers that no SDK would give."""
    sockets = []
    client = WebClient(base_url=slack.api_url)

    def dial():
        ticket = client.apps_connections_open(app_token=slack.app_token)
        sockets.append(websocket.create_connection(ticket["url"], timeout=10))
        return sockets[-1]

    yield dial
    for socket in sockets:
        socket.shutdown()


@pytest.fixture
def socket(dial):
    return dial()


def received(socket):
    return json.loads(socket.recv())


def taken(socket):
    """The text of the next event, acknowledged."""
    envelope = received(socket)
    socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    return envelope["payload"]["event"]["text"]


@pytest.mark.parametrize("handler_class", [BuiltinHandler, LibraryHandler])
def test_both_clients_connect_and_answer(slack, app, ann, apart, handler_class):
    @app.command("/case")
    def case(ack):
        ack("here")

    handler = handler_class(app, slack.app_token)
    apart(handler)
    handler.connect()
    slack.wait(lambda: slack.connected, what="the greeting")

    assert ann.command("/case").text == "here"


@pytest.mark.parametrize("accept_cross_connection_acks", [True])  # as the SDK's clients do
@pytest.mark.parametrize("kind", ["refresh", "reset", "warning"])
def test_a_client_comes_back_after_its_connection_ended(slack, app, ann, connect, kind):
    @app.command("/case")
    def case(ack):
        ack("here")

    connect(ping_interval=0.1)
    opened = len([call for call in slack.calls if call.method == "apps.connections.open"])
    slack.drop_connections(kind)

    def connected_anew():
        calls = [call for call in slack.calls if call.method == "apps.connections.open"]
        return len(calls) > opened and slack.connected and ann.command("/case").acked

    slack.wait(connected_anew, what="the return")


def test_an_unknown_way_to_end_a_connection_is_named(slack):
    with pytest.raises(ValueError, match="there are: close, link_disabled, refresh"):
        slack.drop_connections("politely")


def test_the_greeting_counts_connections(slack, socket):
    hello = received(socket)

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert slack.connected


def test_a_ticket_is_good_once(slack, socket):
    url = f"ws{slack.url[4:]}/link/?ticket=0000000000000001"

    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(url)


def test_an_eleventh_connection_is_one_too_many(slack, dial):
    greetings = [received(dial())["num_connections"] for _ in range(10)]

    assert greetings == list(range(1, 11))
    assert received(dial())["reason"] == "too_many_websockets"


def test_events_may_come_twice_in_disorder_or_not_at_all(slack, care, ann, socket):
    def say(*texts):
        for text in texts:
            ann.say("care", text)

    received(socket)
    slack.faults.events(duplicate=True)
    say("first")
    assert [taken(socket), taken(socket)] == ["first", "first"]
    slack.faults.events(reorder=True)
    say("second", "third")
    assert [taken(socket), taken(socket)] == ["third", "second"]
    slack.faults.events(drop=True)
    say("lost")
    slack.faults.clear()
    say("last")
    assert taken(socket) == "last"


def test_an_envelope_is_acknowledged_once(slack, care, ann, socket):
    received(socket)
    ann.say("care", "hello")
    envelope = received(socket)
    socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    socket.send(json.dumps({"envelope_id": "never sent"}))

    slack.wait(lambda: len(slack.violations) == 2)

    assert (envelope["type"], envelope["retry_attempt"]) == ("events_api", 0)
    assert [one.kind for one in slack.violations] == ["double_ack", "late_or_unknown_ack"]


def answered(slack, person, socket, size):
    """What the person hears whose command is answered by a frame of so many bytes."""
    received(socket)
    with slack.pressing(1) as pool:
        done = pool.submit(person.command, "/case")
        frame = {"envelope_id": received(socket)["envelope_id"], "payload": {"text": "δ"}}
        rest = size - len(json.dumps(frame, ensure_ascii=False).encode())
        frame["payload"]["text"] += "!" * rest
        socket.send(json.dumps(frame, ensure_ascii=False))
        return done.result()


def test_a_frame_may_have_so_many_bytes(slack, ann, socket):
    assert answered(slack, ann, socket, 20_480).acked
    assert slack.violations == []


def test_a_larger_frame_ends_the_connection(slack, ann, socket):
    assert not answered(slack, ann, socket, 20_481).acked

    opcode, reason = socket.recv_data(control_frame=True)
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    assert int.from_bytes(reason[:2]) == 1009
    assert [one.kind for one in slack.violations] == ["frame_too_large"]
    slack.wait(lambda: not slack.connected, what="the end")


@pytest.mark.parametrize("ack_seconds", [0.3])
def test_an_acknowledgement_counts_on_the_connection_that_brought_the_envelope(slack, ann, dial):
    first, second = dial(), dial()
    assert [received(one)["type"] for one in (first, second)] == ["hello", "hello"]
    with slack.pressing(1) as hands:
        typed = hands.submit(ann.command, "/case")  # they take turns
        envelope = received(second)
        first.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        assert typed.result().error == "operation_timeout"
    assert [one.kind for one in slack.violations] == ["ack_on_another_connection"]


def test_a_silent_connection_loses_what_it_gets_until_it_is_gone(slack, ann, dial):
    first = dial()
    received(first)
    slack.drop_connections("silent")
    first.ping()
    first.settimeout(0.1)
    with pytest.raises(websocket.WebSocketTimeoutException):
        first.recv_data(control_frame=True)
    assert slack.connections == 1


@pytest.mark.parametrize("ack_seconds", [0.3])
def test_a_late_acknowledgement_counts_as_none(slack, app, ann, connect):
    @app.command("/case")
    def case(ack):
        ack("here")

    connect()
    slack.faults.late_acks(1)

    assert ann.command("/case").error == "operation_timeout"
    assert ann.command("/case").acked


def test_a_ping_is_answered_with_its_own_words(slack, socket):
    received(socket)
    socket.ping(b"sdk-ping-pong:1763750000")

    opcode, payload = socket.recv_data(control_frame=True)

    assert (opcode, payload) == (websocket.ABNF.OPCODE_PONG, b"sdk-ping-pong:1763750000")


def test_a_taken_port_is_an_error_at_start(slack):
    port = int(slack.url.rpartition(":")[2])

    with pytest.raises(OSError, match=r"(?i)address already in use"):
        Sandbox.start(port=port)
