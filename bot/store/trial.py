"""A database tried out, as `check` does: what is done here leaves nothing behind."""

from bot.store.database import Database, refuse_newer
from bot.store.schema import MIGRATIONS


class _Enough(Exception):
    """Nothing of this transaction shall be kept."""


def reach(db: Database) -> None:
    """Raises StoreUnavailable where the engine is away, lets nobody in, or it or we are too old."""
    with db.reading():
        refuse_newer(db.applied(), MIGRATIONS)


def write(db: Database) -> None:
    """What a start does to bring the tables up to date; raises StoreUnavailable."""
    try:
        with db.writing():
            db.run("create table samepage_trial (id integer)")
            raise _Enough
    except _Enough:
        pass
