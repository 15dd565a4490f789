"""The world outside, or the store, does not answer."""

from bot.domain.errors.tree import Unavailable


class StoreUnavailable(Unavailable):
    """The database is locked, full, read-only or away; nothing was kept."""


class StoreIsNewer(StoreUnavailable):
    """A newer version of this program has changed the tables; `changes` names how."""

    def __init__(self, changes: list[str]):
        super().__init__(f"a newer version of this program has changed it ({', '.join(changes)})")
        self.changes = changes


class NoStore(Unavailable):
    """At its start the desk finds no database that it can use."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class SlackUnavailable(Unavailable):
    """Slack did not answer, or refused the desk altogether."""


class RunningAlready(Unavailable):
    """Another process runs this desk; two would say everything twice."""

    def __init__(self, database: str):
        super().__init__(database)
        self.database = database


class AddressTaken(Unavailable):
    """Another program listens where the desk's web part should."""

    def __init__(self, address: str):
        super().__init__(address)
        self.address = address


class TermOver(Unavailable):
    """Another process does this task by now, or may."""

    def __init__(self, task: str):
        super().__init__(task)
        self.task = task
