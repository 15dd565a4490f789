"""The points at which a process may end: counted in peace, and lit at the chosen ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.room import SimCrash


@dataclass
class Fuse:
    """Counts every point at which a process may end, and ends it at the chosen ones."""

    ends_at: frozenset[int] = frozenset()
    passed: list[str] = field(default_factory=list)
    is_lit: bool = False

    def pass_point(self, name: str) -> None:
        if not self.is_lit:
            return
        self.passed.append(name)
        if len(self.passed) - 1 in self.ends_at:
            raise SimCrash(name)

    @contextmanager
    def call(self, name: str) -> Iterator[None]:
        """Around one call: ended before it, nothing has happened; after it, nobody heard."""
        self.pass_point(f"before {name}")
        yield
        self.pass_point(f"after {name}")

    @contextmanager
    def out(self) -> Iterator[None]:
        lit, self.is_lit = self.is_lit, False
        yield
        self.is_lit = lit
