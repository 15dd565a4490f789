"""The desk's own line to Slack: no click is lost on it, and when it closes nothing goes on."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from websocket import WebSocket, create_connection

from bot.domain.errors import SlackUnavailable
from handlers.backoff import Backoff
from handlers.doors import SocketDoor
from slack_sandbox import Interaction, Person, Sandbox


@dataclass
class Watch:
    """A steady clock that a story moves."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Desk:
    """What people typed, as it arrived; `slow` waits until it may go on."""

    app: App
    handled: Counter[str] = field(default_factory=Counter)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.app.command("/case")(self.hear)

    def hear(self, ack: Ack, command: dict[str, str]) -> None:
        self.handled[command["text"]] += 1
        if command["text"] == "slow":
            self.may_go_on.wait(30)
        ack("done")


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox.start() as slack:
        yield slack


@pytest.fixture
def ann(slack: Sandbox) -> Person:
    return slack.person("ann")


@pytest.fixture
def app(slack: Sandbox) -> App:
    return App(client=WebClient(slack.bot_token, slack.api_url), process_before_response=True)


@pytest.fixture
def desk(app: App) -> Desk:
    return Desk(app)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def door(slack: Sandbox, desk: Desk, watch: Watch) -> Iterator[SocketDoor]:
    door = SocketDoor(desk.app, slack.app_token, watch)
    door.connect()
    slack.wait(lambda: door.is_connected() and slack.connected, what="the connection")
    yield door
    desk.may_go_on.set()
    door.close()


@pytest.fixture
def strangers(slack: Sandbox) -> Iterator[Callable[[int], None]]:
    """Connections of the same app that somebody else holds."""
    held: list[WebSocket] = []
    client = WebClient(base_url=slack.api_url)

    def hold(count: int) -> None:
        for _ in range(count):
            ticket = client.apps_connections_open(app_token=slack.app_token)
            held.append(create_connection(ticket["url"], 10))
            held[-1].recv()

    yield hold
    for one in held:
        one.shutdown()


def running() -> set[threading.Thread]:
    return set(threading.enumerate())


def dialled(slack: Sandbox) -> int:
    return sum(call.method == "apps.connections.open" for call in slack.calls)


# Without a loss


@pytest.mark.parametrize("kind", ["refresh", "warning"])
def test_no_click_is_lost_or_handled_twice_while_connections_are_refreshed(
    slack: Sandbox, ann: Person, desk: Desk, door: SocketDoor, kind: str
) -> None:
    def clicks(hand: int) -> list[Interaction]:
        return [ann.command("/case", f"{hand}.{number}") for number in range(40)]

    with slack.pressing(4) as hands:
        clicking: list[Future[list[Interaction]]] = [hands.submit(clicks, one) for one in range(4)]
        for number in (20, 60, 100):
            slack.wait(lambda number=number: len(desk.handled) >= number, what="more clicks")
            slack.drop_connections(kind)
        done = [one for hand in clicking for one in hand.result()]
    assert Counter(one.error for one in done if not one.acked) == {}
    assert set(desk.handled.values()) == {1}
    assert len(desk.handled) == len(done)
    assert slack.violations == []


def test_the_next_connection_is_there_before_the_old_one_goes(
    slack: Sandbox, door: SocketDoor
) -> None:
    slack.drop_connections("refresh")
    slack.wait(lambda: door.connections() == 2, what="two connections")
    assert door.is_connected()


def test_an_answer_goes_back_on_the_connection_that_brought_the_question(
    slack: Sandbox, ann: Person, desk: Desk, door: SocketDoor
) -> None:
    with slack.pressing(1) as hands:
        slow = hands.submit(ann.command, "/case", "slow")
        slack.wait(lambda: desk.handled["slow"] == 1, what="the question")
        slack.drop_connections("refresh")
        slack.wait(lambda: door.connections() == 2, what="the next connection")
        desk.may_go_on.set()
        assert slow.result().text == "done"
    assert slack.violations == []


def test_what_was_replaced_goes_once_everything_on_it_is_answered(
    slack: Sandbox, ann: Person, desk: Desk, door: SocketDoor, watch: Watch
) -> None:
    with slack.pressing(1) as hands:
        slow = hands.submit(ann.command, "/case", "slow")
        slack.wait(lambda: desk.handled["slow"] == 1, what="the question")
        slack.drop_connections("refresh")
        slack.wait(lambda: door.connections() == 2, what="the next connection")
        watch.at += 16
        door.look()
        assert slack.connections == 2
        desk.may_go_on.set()
        assert slow.result().acked
    slack.wait(lambda: slack.connections == 1, what="one connection")
    assert ann.command("/case", "again").acked
    assert dialled(slack) == 2


def test_many_refreshes_leave_few_connections_and_room_for_others(
    slack: Sandbox, door: SocketDoor, strangers: Callable[[int], None]
) -> None:
    most = 0
    while dialled(slack) < 10:
        slack.drop_connections("refresh")
        most = max(most, slack.connections)
    assert most <= 5
    slack.wait(lambda: slack.connections <= 4, what="few connections")
    strangers(6)


@pytest.mark.parametrize("kind", ["reset", "close"])
def test_a_connection_that_ends_unannounced_is_made_anew_at_once(
    slack: Sandbox, ann: Person, door: SocketDoor, kind: str
) -> None:
    slack.drop_connections(kind)
    slack.wait(lambda: dialled(slack) == 2 and slack.connections == 1, what="the next connection")
    assert ann.command("/case", "mine").acked


# Silence


def test_a_line_that_answers_no_more_is_replaced_and_cut_off(
    slack: Sandbox, ann: Person, door: SocketDoor, watch: Watch
) -> None:
    slack.drop_connections("silent")
    watch.at += 6
    door.look()  # asks whether Slack is there
    watch.at += 11
    assert door.fault() == "Socket Mode is not connected: Slack does not answer"
    slack.wait(lambda: dialled(slack) == 2 and door.is_connected(), what="the next connection")
    door.look()
    slack.wait(lambda: slack.connections == 1, what="a Slack without the silent one")
    assert all(ann.command("/case", str(number)).acked for number in range(3))


def test_beside_a_line_that_nobody_greets_another_is_dialled_before_the_old_one_goes(
    slack: Sandbox, ann: Person, door: SocketDoor, watch: Watch
) -> None:
    slack.faults.ungreeted()
    slack.drop_connections("refresh")
    slack.wait(lambda: len(door._lines) == 2, what="a connection that nobody greets")
    watch.at += 4  # Slack closes the old one after ten
    door.look()
    slack.wait(lambda: door.connections() == 2, what="one that is greeted")
    assert ann.command("/case", "mine").acked


def test_a_line_on_which_nothing_happens_is_kept(
    slack: Sandbox, door: SocketDoor, watch: Watch
) -> None:
    for _ in range(8):
        watch.at += 6
        door.look()
        slack.wait(lambda: not _waits_for_an_answer(door), what="an answer to the ping")
    assert dialled(slack) == 1


def _waits_for_an_answer(door: SocketDoor) -> bool:
    return any(line._asked_at is not None for line in door._lines)


# Refusals


def test_a_storm_of_too_many_connections_is_met_by_few_attempts(
    slack: Sandbox, desk: Desk, watch: Watch, strangers: Callable[[int], None]
) -> None:
    strangers(10)
    door = SocketDoor(desk.app, slack.app_token, watch)
    before = dialled(slack)
    for _ in range(120):
        door.look()
        slack.wait(lambda: not _reads(), what="a refusal")
        watch.at += 0.5
    assert 4 <= dialled(slack) - before <= 8
    assert "as many connections as Slack allows" in str(door.fault())
    door.close()


def _reads() -> bool:
    return any(one.name == "socket" for one in running())


def test_an_outage_is_met_by_few_attempts_though_the_dead_line_lasted_for_hours(
    slack: Sandbox, door: SocketDoor, watch: Watch
) -> None:
    watch.at += 7200
    door.look()
    slack.wait(lambda: not _waits_for_an_answer(door), what="an answer to the ping")
    slack.drop_connections("silent")
    slack.faults.add("500", method="apps.connections.open", times=1000)
    for _ in range(180):
        watch.at += 0.5
        door.look()
    assert 4 <= len(slack.faults.met) <= 8
    assert not door.is_connected()


def test_connections_that_do_not_last_are_made_ever_more_rarely() -> None:
    pace = Backoff()
    dialled = []
    for second in range(600):
        if pace.may_dial(second / 10):
            pace.dialled(second / 10)
            dialled.append(second / 10)
    assert dialled[:20] == [number / 10 for number in range(20)]
    assert len(dialled) <= 27


def test_a_socket_mode_that_was_switched_off_is_named(slack: Sandbox, door: SocketDoor) -> None:
    slack.faults.add("ok-false", method="apps.connections.open", error="link_disabled", times=99)
    slack.drop_connections("link_disabled")
    slack.wait(lambda: "switched off" in str(door.fault()), what="the reason")


def test_a_slack_that_asks_to_wait_is_not_dialled_meanwhile(
    slack: Sandbox, app: App, watch: Watch
) -> None:
    slack.faults.add("429", method="apps.connections.open", retry_after=30)
    door = SocketDoor(app, slack.app_token, watch)
    for _ in range(5):
        with pytest.raises(SlackUnavailable, match="ratelimited"):
            door.connect()
    assert slack.faults.met == ["apps.connections.open"]
    watch.at += 31
    door.connect()
    slack.wait(lambda: door.is_connected() and slack.connected, what="the connection")
    door.close()


# Its end


def test_a_door_that_is_closed_leaves_nothing_running(slack: Sandbox, app: App) -> None:
    before = running()
    door = SocketDoor(app, slack.app_token)
    door.connect()
    slack.wait(lambda: slack.connected, what="the connection")
    door.close()
    assert running() - before == set()
    slack.wait(lambda: not slack.connected, what="a Slack that knows of it")


def test_a_door_that_could_not_be_opened_leaves_nothing_running(slack: Sandbox, app: App) -> None:
    before = running()
    for _ in range(3):
        door = SocketDoor(app, "xapp-of-nobody")
        with pytest.raises(SlackUnavailable, match="invalid_auth"):
            door.connect()
    assert running() - before == set()


def test_a_door_closed_while_it_is_dialling_leaves_no_line_behind(slack: Sandbox, app: App) -> None:
    before = running()
    door = SocketDoor(app, slack.app_token)
    door.connect()
    door.close()
    for one in running() - before:
        one.join(30)
    assert running() - before == set()
    slack.wait(lambda: not slack.connected, what="a Slack without any line")


@pytest.mark.parametrize("digits", [8, 400])
def test_no_answer_keeps_the_desk_from_slack_for_longer_than_an_hour(digits: int) -> None:
    pace = Backoff()
    pace.refused(0.0, float("9" * digits))
    assert not pace.may_dial(3599.0)
    assert pace.may_dial(3600.0)
