"""A desk cannot be moved from one database to another, or is not whole where it is."""

from collections.abc import Collection

from bot.domain.errors.tree import Unavailable


class NoDeskThere(Unavailable):
    """The database to move from holds none."""


class NotReached(Unavailable):
    """The database to move from, or to, cannot be used; `name` says which of the two."""

    def __init__(self, name: str, why: str):
        super().__init__(why)
        self.name = name
        self.why = why


class MoveStopped(Unavailable):
    """One of the two went away, or is full, in the middle of it."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class SameDatabase(Unavailable):
    """From and to are one and the same."""


class SourceInUse(Unavailable):
    """A desk runs on the database to move from."""


class TargetNotEmpty(Unavailable):
    """The database to move to holds something else; `tables` says what."""

    def __init__(self, tables: Collection[str]):
        super().__init__(", ".join(sorted(tables)))
        self.tables = sorted(tables)


class HalfMoved(Unavailable):
    """Not everything has come yet from `source`."""

    def __init__(self, source: str):
        super().__init__(source)
        self.source = source


class MovedByAnother(Unavailable):
    """Somebody else copies into the same database."""


class CopyDiffers(Unavailable):
    """What was copied is not what stands in the source now."""

    def __init__(self, tables: Collection[str]):
        super().__init__(", ".join(tables))
        self.tables = tables


class MovedAway(Unavailable):
    """This desk lives in another database now; `mark` is the file that says so."""

    def __init__(self, place: str, mark: str):
        super().__init__(place)
        self.place = place
        self.mark = mark
