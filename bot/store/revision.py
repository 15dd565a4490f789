"""A number that grows with every change of set-up or roster: until then, what was read is true."""

from bot.store.database import Database


class Revision:
    def __init__(self, db: Database):
        self._db = db

    def now(self) -> int:
        """Of this transaction's snapshot."""
        rows = self._db.rows("select value from counters where name = 'revision'")
        return int(rows[0]["value"])


def grow(db: Database) -> None:
    """In the same transaction as the change that it tells of."""
    db.run("update counters set value = value + 1 where name = 'revision'")
