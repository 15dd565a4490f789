"""The user group that on_call.toml names, kept equal to who is on duty; how it fares is kept."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.ids import MemberId
from bot.domain.ports import UserGroups
from bot.services.kernel import Kernel
from bot.services.rota_week import GROUP

AGAIN = timedelta(hours=1)  # somebody may have changed the group by hand, or the plan

_EMPTY = "nobody is on duty, and Slack keeps no empty group"


class UserGroup:
    def __init__(self, kernel: Kernel, groups: UserGroups):
        self._kernel = kernel
        self._groups = groups

    def keep(self) -> None:
        """Asks Slack only when somebody else is on duty, or after a while."""
        with self._kernel.look() as work:
            group, members = work.setup.rota.user_group, work.on_duty()
            state, now = work.tx.setup.get(GROUP) or {}, work.at
        if group is None or _is_fresh(state, group, members, now):
            return
        fault = self._groups.keep(group, members) if members else _EMPTY
        state = {
            "group": group,
            "members": list(members),
            "fault": fault or "",
            "at": int(now.timestamp()),
        }
        with self._kernel.work() as work:
            work.tx.setup.put(GROUP, state)


def _is_fresh(
    state: dict[str, Any], group: str, members: tuple[MemberId, ...], now: datetime
) -> bool:
    is_same = (state.get("group"), state.get("members")) == (group, list(members))
    return is_same and now.timestamp() - state["at"] < AGAIN.total_seconds()
