"""The heads of what waits: of each place the first due in each lane, what hangs below left out."""

from datetime import timedelta

from bot.domain.effects import Effect, Kind, Lane, card, note, tell
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import Delivered, Silence
from bot.store.engines import open_database
from bot.store.schema import MIGRATIONS
from bot.store.store import Store, Transaction
from tests.company import MONDAY, SALES, SERVICE

LATER = MONDAY + timedelta(minutes=1)
CASE = CaseId(1001)
HERE = ChannelId("C1")


def heads(tx: Transaction) -> list[str]:
    return sorted(head.key for head in tx.queue.heads(LATER))


def stands(tx: Transaction, key: str, ts: str) -> None:
    message = tx.outbox.get(key)
    assert message is not None
    tx.outbox.start([message], attempt="a", at=MONDAY)
    tx.outbox.shown(message, Delivered(ts, HERE))


def test_each_place_and_lane_has_one_head_and_changes_have_their_own(store: Store):
    with store.transaction() as tx:
        for number in (1001, 1002, 1003):
            tx.outbox.add(card(CaseId(number), SERVICE), at=MONDAY)
        tx.outbox.add(card(CaseId(1004), SERVICE, lane=Lane.URGENT), at=LATER)
        tx.outbox.add(card(CaseId(1005), SALES), at=MONDAY)
        stands(tx, "card:1001:service", "1.1")
        tx.outbox.add(card(CASE, SERVICE), at=LATER)
        assert heads(tx) == [
            "card:1001:service", "card:1002:service", "card:1004:service", "card:1005:sales",
        ]  # fmt: skip
        [second] = [one for one in tx.queue.heads(LATER) if one.key == "card:1002:service"]
        tx.outbox.start([second], attempt="a", at=LATER)
        following = tx.queue.next_to(second, LATER)
        assert following is not None
        assert following.key == "card:1003:service"


def test_what_is_not_due_yet_is_no_head(store: Store):
    with store.transaction() as tx:
        later = Effect("note:x", Kind.NOTE, "person:U1", Lane.NOTE, not_before=LATER)
        tx.outbox.add(later, at=MONDAY)
        assert tx.queue.heads(MONDAY) == []
        assert heads(tx) == ["note:x"]


def test_what_hangs_below_waits_until_that_stands_and_again_when_it_is_gone(store: Store):
    with store.transaction() as tx:
        tx.outbox.add(note("a", CASE, SERVICE, {"say": "deleted"}), at=MONDAY)
        tx.outbox.add(card(CASE, SERVICE), at=MONDAY)
        tx.outbox.add(note("b", CASE, SERVICE, {"say": "deleted"}), at=LATER)
        assert heads(tx) == ["card:1001:service"]
        stands(tx, "card:1001:service", "1.1")
        assert heads(tx) == ["note:a"]
        message = tx.outbox.get("card:1001:service")
        assert message is not None
        tx.outbox.forget_place(message, at=MONDAY)
        assert heads(tx) == ["card:1001:service"]


def test_a_queue_of_an_older_desk_is_taken_over(empty_url: str):
    db = open_database(empty_url, durable=False)
    db.migrate([one for one in MIGRATIONS if one[0] < "m004"])
    row = """insert into outbox (key, kind, place, thread, lane, args, wanted, shown, state, due_at,
        tries, created_at, ts) values (:key, 'note', 'p', :thread, 4, '{}', 1, 0, 'queued', 1, 0, 1,
        :ts)"""
    for key, thread, ts in (
        ("stands", None, "1.1"), ("below", "stands", None), ("alone", None, None),
        ("hangs", "alone", None), ("lost", "nothing", None), ("changes", "alone", "1.2"),
    ):  # fmt: skip
        db.run(row, {"key": key, "thread": thread, "ts": ts})
    store = Store(db)
    store.migrate()
    waiting = db.rows("select key from outbox where waits = 1 order by key")
    assert [row["key"] for row in waiting] == ["hangs", "lost"]
    db.close()


def test_a_change_finds_the_message_by_where_it_stands(store: Store):
    with store.transaction() as tx:
        tx.outbox.add(card(CASE, SERVICE), card(CaseId(1002), SERVICE), at=MONDAY)
        stands(tx, "card:1001:service", "1.1")
        stands(tx, "card:1002:service", "1.2")
        spots = {(HERE, "1.1"), (HERE, "9.9"), (ChannelId("C2"), "1.2")}
        assert tx.queue.changes_at(spots, LATER) == []
        tx.outbox.add(card(CASE, SERVICE), card(CaseId(1002), SERVICE), at=MONDAY)
        assert [one.key for one in tx.queue.changes_at(spots, LATER)] == ["card:1001:service"]
        assert tx.queue.changes_at((), LATER) == []


def test_the_lane_of_a_change_is_that_of_its_urgency(store: Store):
    with store.transaction() as tx:
        tx.outbox.add(card(CASE, SERVICE), tell("x", "person:U1", {}), at=MONDAY)
        stands(tx, "card:1001:service", "1.1")
        for lane, expected in (
            (Lane.CARD, Lane.UPDATE), (Lane.URGENT, Lane.URGENT), (Lane.UPDATE, Lane.URGENT),
        ):  # fmt: skip
            tx.outbox.add(card(CASE, SERVICE, lane=lane), at=MONDAY)
            changed = tx.outbox.get("card:1001:service")
            assert changed is not None
            assert changed.lane is expected


def test_silences_are_kept_until_they_are_over(store: Store):
    posts, changes = Silence(False, HERE, LATER), Silence(True, HERE, LATER + timedelta(hours=1))
    with store.transaction() as tx:
        tx.silences.keep(posts, MONDAY)
        tx.silences.keep(changes, MONDAY)
        assert tx.silences.after(MONDAY) == [posts, changes]
        assert tx.silences.after(LATER) == [changes]
        longer = Silence(True, HERE, LATER + timedelta(hours=2))
        tx.silences.keep(longer, LATER)
        assert tx.silences.after(MONDAY) == [longer]
