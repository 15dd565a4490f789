"""What somebody with rights on the server does to a desk's sessions."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


def end_sessions(url: str) -> int:
    """All sessions of the desk are ended, as in a restart of the server; how many."""
    with psycopg.connect(url, autocommit=True) as admin:
        ended = admin.execute(
            """select pg_terminate_backend(pid) from pg_stat_activity
               where datname = current_database() and application_name = 'samepage'"""
        )
        return ended.rowcount


@contextmanager
def holding_the_lock(url: str) -> Iterator[None]:
    """Another process is in the middle of writing, and does not come to an end."""
    with psycopg.connect(url) as other:
        other.execute("select pg_advisory_xact_lock(1396792688)")
        yield
        other.rollback()
