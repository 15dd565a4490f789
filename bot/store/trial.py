"""A database tried out, as `check` does: what is done here leaves nothing behind."""

from bot.store.database import Database, refuse_newer
from bot.store.mending import mends, must_have
from bot.store.schema import MIGRATIONS
from bot.store.tables import tables_of


class _Enough(Exception):
    """Nothing of this transaction shall be kept."""


def reach(db: Database) -> None:
    """Raises StoreUnavailable where the engine is away, lets nobody in, or it or we are too old."""
    with db.reading():
        applied = db.applied()
        refuse_newer(applied, MIGRATIONS)
        if applied and not mends(db):  # a start would mend it
            made = [one for one in MIGRATIONS if one[0] in applied]
            must_have(db.columns(), tables_of(made))


def write(db: Database) -> None:
    """What a start does to bring the tables up to date; raises StoreUnavailable."""
    try:
        with db.writing():
            db.run("create table samepage_trial (id integer)")
            raise _Enough
    except _Enough:
        pass
