"""auth.test, api.test, team.info, and the tickets to Socket Mode."""

from __future__ import annotations

from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import APP_ID, BOT_ID, BOT_USER_ID, ENTERPRISE_ID, TEAM_ID
from slack_sandbox.web_api.registry import SPECIAL, TIER_3, TIER_4, Request, method
from slack_sandbox.workspace import Workspace


@method("api.test", TIER_4, args="error foo", token="none")
def api_test(_: Workspace, request: Request) -> Json:
    if request.has("error"):
        raise SlackError(request.text("error"), args=request.args)
    return {"args": request.args}


@method("auth.test", SPECIAL)
def auth_test(workspace: Workspace, request: Request) -> Json:
    return {
        "url": f"{request.public_url}/",
        "team": workspace.team,
        "user": workspace.members[BOT_USER_ID].name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
        **({"enterprise_id": ENTERPRISE_ID} if workspace.is_grid else {}),
    }


@method("apps.connections.open", TIER_3, token="app")
def open_connection(workspace: Workspace, request: Request) -> Json:
    ticket = f"{workspace.serial():016x}"
    workspace.tickets.add(ticket)
    base = request.public_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={ticket}&app_id={APP_ID}"}


@method("team.info", TIER_3, "team:read", args="team domain")
def team_info(workspace: Workspace, _: Request) -> Json:
    return {"team": workspace.team_as_json()}
