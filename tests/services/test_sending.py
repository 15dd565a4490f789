"""A public reply is visible at most once, whatever breaks, and a person hears how it went."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import BotError
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Delivered, NetworkAnswer, NotExecuted, Refused, Unknown
from bot.domain.post import Post, PostKind
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services.sending import BATCH, Sending
from tests.company import ANN, BEN, EVE, TECHNICAL, TOM, Megaphone
from tests.desk import TestDesk
from tests.room import SimCrash


def the_reply(desk: TestDesk, key: str) -> Reply:
    with desk.reading() as tx:
        return tx.replies.get(key)


def latest(desk: TestDesk, case: CaseId) -> Reply:
    with desk.reading() as tx:
        found = tx.replies.latest(case)
    assert found is not None
    return found


def written(desk: TestDesk, case: CaseId, text: str = "On it", by: MemberId = ANN) -> Reply:
    """Submitted, and its *Undo* has run out."""
    reply = desk.replies.submit(case, text, by=by, once=f"{case}:{text}")
    desk.pass_time("10s")
    return reply


def restarted(desk: TestDesk) -> Sending:
    sending = Sending(desk.kernel, {"": desk.network})
    sending.recover()
    return sending


# Where it goes


def test_a_reply_goes_by_the_door_that_its_post_came_by(desk: TestDesk):
    shop, networks = Megaphone(), {"": desk.network}
    by_the_shop = desk.post(door="shop", source="shop")
    by_webhook = desk.post(door="webhook", source="shop", by="@ben")
    desk.sending = Sending(desk.kernel, {**networks, "/shop": shop})
    desk.answer(by_the_shop, text="to the shop")
    desk.answer(by_webhook, text="to the webhook")
    assert (shop.texts, desk.network.texts) == (["to the shop"], ["to the webhook"])


def test_a_door_that_is_gone_tells_nobody_else_the_answer(desk: TestDesk):
    reply = desk.answer(desk.post(door="shop"))
    assert reply.state is ReplyState.REJECTED
    assert reply.reason == "the door “shop” it came by is not in networks.toml any more"
    assert desk.network.texts == []


# What came of it: state, card, thread, clocks


def test_delivered_stops_the_response_and_pauses_the_solution(desk: TestDesk):
    case = desk.post()
    desk.pass_time("5m")
    desk.network.answers.append(Delivered("77", url="https://x.example/77"))
    reply = desk.answer(case)
    assert (reply.state, reply.remote_id, reply.url) == (
        ReplyState.SENT, "77", "https://x.example/77",
    )  # fmt: skip
    assert desk.running(case) == {Promise.RESOLUTION}
    assert desk.clocks(case)[Promise.RESOLUTION].due_at is None
    assert desk.case(case).waiting_since == desk.now
    assert desk.notes(case) == ["reply_delivered"]
    assert "hanging" not in desk.timers(case)


def test_refused_is_told_with_its_reason_and_the_clocks_go_on(desk: TestDesk):
    case = desk.post()
    desk.network.answers.append(Refused("account is suspended"))
    reply = desk.answer(case)
    assert (reply.state, reply.reason) == (ReplyState.REJECTED, "account is suspended")
    assert desk.in_thread(case) == ["reply_failed"]
    assert desk.running(case) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}


def test_unknown_is_told_at_once_and_the_clocks_go_on(desk: TestDesk):
    case = desk.post()
    desk.network.answers.append(Unknown("read timeout"))
    assert desk.answer(case).state is ReplyState.UNKNOWN
    assert desk.in_thread(case) == ["reply_unknown"]
    assert desk.running(case) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}
    assert desk.case(case).waiting_since is None


def test_every_step_is_on_the_card_and_in_the_timeline(desk: TestDesk):
    case = desk.post()
    before = desk.outbox(f"card:{case}:service")
    desk.answer(case)
    after = desk.outbox(f"card:{case}:service")
    assert before
    assert after
    assert after.wanted > before.wanted
    steps = [e.data["state"] for e in desk.timeline(case) if e.what is What.REPLY]
    assert steps == ["undo", "sending", "sent"]


def test_a_word_that_came_while_it_left_is_not_answered_by_it(desk: TestDesk):
    case = desk.post("my bag", conversation="t")
    written(desk, case)

    class Meanwhile:
        def send(self, _reply: Reply, _post: Post, *_: object) -> NetworkAnswer:
            desk.pass_time("2s")
            desk.post("and my hat!", conversation="t")
            return Delivered("1")

    Sending(desk.kernel, {"": Meanwhile()}).send_due()
    assert latest(desk, case).state is ReplyState.SENT
    assert Promise.FIRST_RESPONSE in desk.running(case)
    assert desk.case(case).waiting_since is None


def test_it_goes_where_the_post_came_from(desk: TestDesk):
    other = type(desk.network)()
    sending = Sending(desk.kernel, {"": desk.network, "bluesky": other})
    written(desk, desk.post(source="bluesky", id="b1"), "over there")
    sending.send_due()
    assert (other.texts, desk.network.texts) == (["over there"], [])


# Tried again, or not


def test_what_did_not_happen_is_tried_again_ever_more_slowly(desk: TestDesk):
    case = desk.post()
    desk.network.answers += [NotExecuted("no route")] * 3
    written(desk, case)
    tried = []
    for second in range(60):
        if desk.sending.send_due():
            tried.append(second)
        desk.pass_time("1s")
    assert tried == [0, 10, 30]


def test_a_limit_is_waited_for_as_long_as_it_says(desk: TestDesk):
    case = desk.post()
    desk.network.answers.append(NotExecuted("429", timedelta(minutes=7), limited=True))
    reply = desk.answer(case)
    assert reply.send_at == desk.now + timedelta(minutes=7)
    desk.pass_time("7m")
    desk.sending.send_due()
    assert latest(desk, case).state is ReplyState.SENT


@pytest.mark.parametrize("wait", ["5s", "10h"])
def test_after_four_hours_of_failing_a_person_looks_first(desk: TestDesk, wait: str):
    case = desk.post()
    length = timedelta(hours=10) if wait == "10h" else timedelta(seconds=5)
    desk.network.answers += [NotExecuted("no route", length)] * 1000
    written(desk, case)
    for _ in range(5 * 60):
        desk.sending.send_due()
        desk.pass_time("1m")
    reply = latest(desk, case)
    assert reply.state is ReplyState.HELD
    assert "no route" in reply.reason
    assert "reply_held" in desk.notes(case)


def test_after_a_long_standstill_a_person_looks_first(desk: TestDesk):
    case = desk.post()
    written(desk, case)
    desk.pass_time("10h")
    sending = restarted(desk)
    sending.send_due()
    assert desk.network.texts == []
    assert latest(desk, case).state is ReplyState.HELD


# Looked at again before it leaves


def test_a_newer_word_holds_it(desk: TestDesk):
    case = desk.post("my bag", conversation="t")
    desk.replies.submit(case, "On it", by=ANN, once="1")
    desk.pass_time("5s")
    desk.post("never mind", conversation="t")
    desk.pass_time("5s")
    desk.sending.send_due()
    assert latest(desk, case).reason == "the customer wrote again"
    assert desk.network.texts == []


@pytest.mark.parametrize("kind", [PostKind.EDIT, PostKind.DELETE])
def test_changed_or_deleted_words_hold_it(desk: TestDesk, kind: PostKind):
    post = desk.a_post("my bag")
    case = desk.receive(post).case
    assert case
    desk.replies.submit(case, "On it", by=ANN, once="1")
    desk.pass_time("5s")
    desk.receive(desk.a_post("my hat", id=post.id, kind=kind))
    desk.pass_time("5s")
    desk.sending.send_due()
    reply = latest(desk, case)
    assert reply.state is ReplyState.HELD
    desk.replies.send_held(reply.key, by=ANN)
    desk.sending.send_due()
    assert desk.network.texts == ["On it"]


def test_held_twice_it_is_told_twice(desk: TestDesk):
    case = desk.post("my bag", conversation="t")
    desk.replies.submit(case, "On it", by=ANN, once="1")
    for word in ("wait", "no, wait"):
        desk.pass_time("10s")
        desk.post(word, conversation="t")
        reply = latest(desk, case)
        if reply.state is ReplyState.HELD:
            desk.pass_time("1s")
            desk.replies.send_held(reply.key, by=ANN)
            desk.pass_time("1s")
            desk.post("really, wait", conversation="t")
        desk.sending.send_due()
    assert desk.in_thread(case).count("reply_held") == 2


def test_a_right_that_is_gone_holds_it(desk: TestDesk):
    case = desk.post()
    written(desk, case)
    desk.left("service", ANN)
    desk.sending.send_due()
    assert latest(desk, case).state is ReplyState.HELD
    assert desk.network.texts == []


def test_a_case_that_was_handed_to_others_holds_it(desk: TestDesk):
    case = desk.post()
    written(desk, case)
    desk.hand_offs.to_department(case, TECHNICAL, "yours", by=ANN)
    desk.sending.send_due()
    assert desk.network.texts == []
    desk.hand_offs.accept(case, by=TOM)
    desk.replies.drop(latest(desk, case).key, by=TOM)


def test_the_brake_stops_within_a_round_what_has_not_left(desk: TestDesk):
    cases = [desk.post() for _ in range(BATCH)]
    for case in cases:
        desk.replies.submit(case, f"answer {case}", by=ANN, once=str(case))
    desk.pass_time("10s")

    class Braked:
        said: int = 0

        def send(self, _reply: Reply, _post: Post, *_: object) -> NetworkAnswer:
            self.said += 1
            desk.administration.set_outgoing(Outgoing.OFF, by=BEN)
            return Delivered("1")

    network = Braked()
    Sending(desk.kernel, {"": network}).send_due()
    assert network.said == 1
    assert [latest(desk, case).state for case in cases].count(ReplyState.HELD) == BATCH - 1


def test_the_switch_undone_by_another_holds_too(desk: TestDesk):
    number = desk.administration.set_outgoing(Outgoing.HOLD, by=EVE)
    reply = written(desk, desk.post())
    desk.administration.undo(number, by=EVE)
    desk.sending.send_due()
    assert the_reply(desk, reply.key).state is ReplyState.HELD


# Crashes


def test_a_crash_while_it_leaves_is_of_unknown_outcome_and_never_repeated(desk: TestDesk):
    case = desk.post()
    written(desk, case)
    desk.network.answers.append(SimCrash())
    with pytest.raises(SimCrash):
        desk.sending.send_due()
    sending = restarted(desk)
    for _ in range(10):
        desk.pass_time("1h")
        sending.send_due()
    assert len(desk.network.said) == 1
    assert latest(desk, case).state is ReplyState.UNKNOWN
    assert desk.in_thread(case) == ["reply_unknown"]


def test_a_crash_before_it_is_recorded_sends_it_later_once(desk: TestDesk):
    case = desk.post()
    written(desk, case)
    sending = restarted(desk)
    sending.send_due()
    sending.send_due()
    assert desk.network.texts == ["On it"]
    assert latest(desk, case).state is ReplyState.SENT


def test_a_network_that_breaks_leaves_an_unknown_outcome_and_the_others_go_on(desk: TestDesk):
    first, second = desk.post(), desk.post()
    desk.network.answers.append(RuntimeError("a bug in a connector"))
    for case in (first, second):
        desk.replies.submit(case, f"answer {case}", by=ANN, once=str(case))
    desk.pass_time("10s")
    desk.sending.send_due()
    assert latest(desk, first).state is ReplyState.UNKNOWN
    assert latest(desk, second).state is ReplyState.SENT


def test_what_the_network_said_outlives_a_store_that_is_away_for_a_moment(desk: TestDesk):
    case = desk.post()
    written(desk, case)
    locking = desk.other_writer()

    class Locking:
        said: int = 0

        def send(self, _reply: Reply, _post: Post, *_: object) -> NetworkAnswer:
            self.said += 1
            locking.__enter__()
            return Delivered("77")

    network = Locking()
    sending = Sending(desk.kernel, {"": network})
    with pytest.raises(BotError):
        sending.send_due()
    locking.__exit__(None, None, None)
    sending.send_due()
    assert network.said == 1
    assert latest(desk, case).remote_id == "77"


# In order


def test_a_round_that_finds_nothing_writes_nothing(desk: TestDesk):
    case = desk.post()
    desk.replies.submit(case, "later", by=ANN, once="1")
    with desk.other_writer():  # a round that wrote would fail here
        assert desk.sending.send_due() == 0


ANSWERS = st.sampled_from(
    [Delivered("1"), NotExecuted("no route"), Refused("no"), Unknown("timeout"), SimCrash()]
)
DECISIONS = st.sampled_from(["send_again", "drop", "found", "undo", "send_held", "nothing"])


@settings(max_examples=40)
@given(moves=st.lists(st.tuples(ANSWERS, DECISIONS), max_size=8))
def test_whatever_happens_nothing_is_sent_twice_but_by_a_person(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[NetworkAnswer, str]]
):
    desk = TestDesk(tmp_path_factory.mktemp("desk") / "desk.db")
    case, sending, again = desk.post(), desk.sending, 0
    written(desk, case)
    for answer, decision in moves:
        desk.network.answers = [answer]
        try:
            sending.send_due()
        except SimCrash:
            sending = restarted(desk)
        again += _decided(desk, decision)
        desk.pass_time("6m")
    unsure = [r for r, _ in desk.network.said]
    surely_not = sum(isinstance(answer, NotExecuted) for answer, _ in moves)
    assert len(unsure) <= 1 + again + surely_not
    assert sum(1 for one in desk.notes(case) if one == "reply_delivered") <= 1 + again


def _decided(desk: TestDesk, decision: str) -> int:
    """What its owner does about it; 1 where that may make a second copy."""
    with desk.reading() as tx:
        reply = tx.replies.latest(CaseId(1001))
    if reply is None or decision == "nothing":
        return 0
    try:
        if decision == "found":
            desk.replies.found(reply.key, "", by=ANN)
        else:
            getattr(desk.replies, decision)(reply.key, by=ANN)
    except BotError:
        return 0
    return int(decision == "send_again")
