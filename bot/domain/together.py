"""What became of two cases that somebody put together."""

from dataclasses import dataclass

from bot.domain.ids import CaseId


@dataclass(frozen=True)
class Together:
    """`is_linked`: they are two customers', and stay two cases."""

    case: CaseId
    into: CaseId
    is_linked: bool = False
