"""An author whose posts ask nobody for an answer, for a while."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CaseId, MemberId


@dataclass(frozen=True)
class Mute:
    author: str  # the key of the author: network and identity
    handle: str  # as they were called last
    until: datetime
    by: MemberId
    reason: str
    case: CaseId | None = None  # the newest of theirs, by which a button names them

    @property
    def network(self) -> str:
        return self.author.partition(":")[0]

    def is_of(self, network: str, handle: str) -> bool:
        """Whether that is whom somebody means who types it."""
        wanted = handle.removeprefix("@").casefold()
        names = (self.handle, self.author.partition(":")[2])
        return self.network == network.casefold() and any(
            one.removeprefix("@").casefold() == wanted for one in names
        )
