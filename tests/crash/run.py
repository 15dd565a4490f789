"""Each story once in peace, then again for every point at which its process may end."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.crash.fuse import Fuse
from tests.crash.invariants import Picture, faults_of, picture
from tests.crash.stories import Story
from tests.crash.world import World
from tests.desk import TestDesk

NEXT = 40  # points after an end within which the second one falls


@dataclass(frozen=True)
class Told:
    """A story as it went; `points` are all the moments at which it could have ended."""

    points: list[str]
    picture: Picture
    faults: list[str]
    ends: int


class Theatre:
    """Plays stories on copies of one founded desk, since founding takes longer than playing."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._founded = folder / "founded.db"
        desk = TestDesk(self._founded)
        desk.db.rows("pragma wal_checkpoint(truncate)")

    def play(self, story: Story, ends_at: Iterable[int] = (), quiet: Picture | None = None) -> Told:
        with TemporaryDirectory(dir=self._folder) as name:
            path = Path(name) / "desk.db"
            shutil.copy(self._founded, path)
            shutil.copy(f"{self._founded}.pulse", f"{path}.pulse")  # no copy: the desk, moved here
            fuse = Fuse(frozenset(ends_at))
            world = World(path, fuse)
            story.before(world)
            fuse.is_lit = True
            story.tell(world)
            fuse.is_lit = False
            faults = faults_of(world, quiet or {})
            return Told(fuse.passed, picture(world), faults, world.ends)

    def every_end(self, story: Story) -> Iterator[tuple[str, Told]]:
        """The story in peace, and ended once at each of its points."""
        quiet = self.play(story)
        yield "in peace", quiet
        for number, point in enumerate(quiet.points):
            yield f"{number}, {point}", self.play(story, [number], quiet.picture)

    def two_ends(self, story: Story, most: int, seed: int) -> Iterator[tuple[str, Told]]:
        """Ended at a point and again in what follows, which is mostly how it is mended."""
        quiet = self.play(story)
        pairs = [(a, b) for a in range(len(quiet.points)) for b in range(a + 1, a + NEXT)]
        for a, b in sorted(Random(f"{seed} {story.name}").sample(pairs, min(most, len(pairs)))):
            yield f"{a} and {b}", self.play(story, [a, b], quiet.picture)
