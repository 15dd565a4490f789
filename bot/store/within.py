"""Which cases a search may find at all."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.ids import DepartmentKey
from bot.store.database import listed, numbered

PAGE = 500  # cases a search looks at together


@dataclass(frozen=True)
class Within:
    """In these departments, and perhaps only what is open."""

    departments: Collection[DepartmentKey]
    open_only: bool

    def written(self) -> tuple[str, dict[str, object]]:
        marks = numbered("d", self.departments)
        is_open = " and closed_at is null" if self.open_only else ""
        return f"department in ({listed(marks)}){is_open}", marks
