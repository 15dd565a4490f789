"""What a move copies is read from the migrations: every table of the desk, and no index."""

from bot.store.moving import LEFT_BEHIND
from bot.store.schema import MIGRATIONS
from bot.store.tables import tables_of


def test_every_table_that_moves_has_a_key_to_go_on_from():
    moved = [table for table in tables_of(MIGRATIONS) if table.name not in LEFT_BEHIND]
    assert {"cases", "posts", "outbox", "counters"} <= {table.name for table in moved}
    assert [table.name for table in moved if not table.key] == []


def test_an_older_desk_has_fewer_tables():
    assert "incidents" not in {table.name for table in tables_of(MIGRATIONS[:2])}


def test_the_index_of_words_is_no_table():
    assert not [table.name for table in tables_of(MIGRATIONS) if "words" in table.name]
