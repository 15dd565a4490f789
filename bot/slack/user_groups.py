"""A user group of Slack made equal to some people, where the plan and the workspace allow it."""

from slack_sdk import WebClient

from bot.domain.ids import MemberId
from bot.slack.gateway import SlackFailed, call

_NO_PLAN = "this Slack plan has no user groups"
_WHY = {
    "plan_upgrade_required": _NO_PLAN,
    "paid_teams_only": _NO_PLAN,
    "permission_denied": "this workspace lets only some people change user groups",
    "missing_scope": "the app may not change user groups: install it again from its manifest",
    "no_such_subteam": "there is no such user group any more",
    "subteam_not_found": "there is no such user group any more",
    "invalid_users": "somebody on duty cannot be in a user group",
    "failed_for_some_users": "somebody on duty is not in the workspace of the user group",
    "subteam_max_users_exceeded": "more people are on duty than a user group may have",
}


class SlackUserGroups:
    """Implements `UserGroups`."""

    def __init__(self, client: WebClient):
        self._client = client

    def keep(self, group: str, members: tuple[MemberId, ...]) -> str | None:
        try:
            found = self._find(group.removeprefix("@"))
            if found is None:
                return f"there is no user group {group}"
            call(self._client.usergroups_users_update, usergroup=found, users=list(members))
        except SlackFailed as failed:
            return _WHY.get(failed.code, f"Slack says {failed.code}")
        return None

    def _find(self, group: str) -> str | None:
        """By its id or its handle."""
        groups = call(self._client.usergroups_list)["usergroups"]
        return next((str(one["id"]) for one in groups if group in (one["id"], one["handle"])), None)
