"""Which cases a search may find at all."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.ids import DepartmentKey
from bot.store.database import numbered

PAGE = 500  # cases a search looks at together


@dataclass(frozen=True)
class Within:
    """In these departments, and perhaps only what is open."""

    departments: Collection[DepartmentKey]
    open_only: bool

    def written(self) -> tuple[str, dict[str, object]]:
        marks = numbered("d", self.departments)
        names = ", ".join(f":{mark}" for mark in marks) or "null"
        is_open = " and closed_at is null" if self.open_only else ""
        return f"department in ({names}){is_open}", marks
