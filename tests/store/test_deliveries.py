"""What came by which message, since before the desk kept more than its id."""

from pathlib import Path

from bot.store.schema import MIGRATIONS
from bot.store.seen import Seen
from bot.store.sqlite import SqliteDatabase

BEFORE = [name for name, _ in MIGRATIONS].index("m022_bodies")


def test_messages_from_before_are_known_at_their_own_door(tmp_path: Path) -> None:
    db = SqliteDatabase(tmp_path / "desk.db")
    db.migrate(MIGRATIONS[:BEFORE])
    for post, door in (("shop:1", "shop"), ("webhook:2", None)):
        db.run(
            """insert into posts (key, source, id, author, handle, text, stored_at, visibility,
                   addressed, media, door)
               values (:post, 'x', '1', '@jane', '@jane', 'hi', 0, 'public', 1, '[]', :door)""",
            {"post": post, "door": door},
        )
        db.run(
            "insert into seen (key, at, post) values (:key, 0, :post)",
            {"key": f"delivery:msg_{post}", "post": post},
        )
    db.run("insert into seen (key, at) values ('slack:delivery:1', 0)")

    db.migrate(MIGRATIONS)
    seen = Seen(db)

    assert seen.delivered("delivery:shop msg_shop:1") == ("shop:1", None)
    assert seen.delivered("delivery:webhook msg_webhook:2") == ("webhook:2", None)
    assert seen.has("slack:delivery:1")
    db.close()
