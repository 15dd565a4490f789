"""A machine's clock that is set wrong under a desk that runs: libfaketime, steered by a file.

It lies about the clock on the wall alone (`FAKETIME_DONT_FAKE_MONOTONIC`): a steady clock of the
system is not affected by setting that one either.
"""

from collections.abc import Mapping
from pathlib import Path

LIBRARIES = (
    "/usr/lib/*/faketime/libfaketimeMT.so.1",  # Debian and Ubuntu: the package faketime
    "/usr/lib*/faketime/libfaketimeMT.so.1",
    "/usr/local/lib/faketime/libfaketimeMT.so.1",
)


class WrongClock:
    """Right at first; `env` puts a process under it."""

    def __init__(self, folder: Path, library: Path):
        self._file = folder / "how-wrong"
        self._library = library
        self.be("+0")

    def be(self, wrong: str) -> None:
        """`-30s`, `-3h`, `+3h`; `+0`: right again. In one piece: it is read at every look."""
        beside = self._file.with_suffix(".new")
        beside.write_text(wrong.replace("s", ""))
        beside.replace(self._file)

    @property
    def env(self) -> Mapping[str, str]:
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


def faketime() -> Path | None:
    """The library, where this machine has it."""
    return next((found for one in LIBRARIES for found in Path("/").glob(one[1:])), None)
