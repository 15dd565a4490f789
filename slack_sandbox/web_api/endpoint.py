"""The one door of the Web API: token, rate limit, scope and arguments, then the method itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.faults import Faults
from slack_sandbox.identity import APP_TOKEN, BOT_TOKEN
from slack_sandbox.rate_limits import RateLimits
from slack_sandbox.web_api.families import ANSWERED
from slack_sandbox.web_api.registry import Method, Request, missing_scope
from slack_sandbox.workspace import Call, Workspace


@dataclass(frozen=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)


class Endpoint:
    """Answers calls one at a time, and remembers each."""

    def __init__(self, workspace: Workspace, faults: Faults, limits: RateLimits) -> None:
        self._workspace = workspace
        self._faults = faults
        self._limits = limits
        self.public_url = ""

    def answer(self, name: str, token: str, args: Json) -> Answer:
        """Run a method as the holder of the token."""
        with self._workspace.change():
            answer = self._answer(name, token, args)
            error = None if answer.body.get("ok") else str(answer.body.get("error"))
            at = self._workspace.now()
            self._workspace.calls.append(Call(name, args, at, answer.status, error))
        return answer

    def _answer(self, name: str, token: str, args: Json) -> Answer:
        try:
            method = self._method(name)
            self._check_token(method, token)
            wait = self._limits.seconds_to_wait(method, args)
            if wait:
                return Answer(
                    429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)}
                )
            self._check_scope(method)
            self._check_arguments(method, args)
            body = method.run(self._workspace, Request(name, args, self.public_url))
        except SlackError as refusal:
            return Answer(200, {"ok": False, "error": refusal.code, **refusal.details})
        return Answer(200, {"ok": True, **body}, self._scope_headers(method))

    def _method(self, name: str) -> Method:
        method = ANSWERED.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        return method

    def _check_token(self, method: Method, token: str) -> None:
        if method.token == "none":
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (BOT_TOKEN, APP_TOKEN):
            raise SlackError("invalid_auth")
        if self._faults.is_token_revoked:
            raise SlackError("token_revoked")
        if (token == APP_TOKEN) != (method.token == "app"):
            raise SlackError("not_allowed_token_type")

    def _check_scope(self, method: Method) -> None:
        granted = self._workspace.manifest.scopes
        if method.scopes and not method.scopes & granted:
            raise missing_scope(method.scopes, granted)

    def _check_arguments(self, method: Method, args: Json) -> None:
        for name in args.keys() - method.known:
            self._workspace.blame("unknown_argument", name, method.name)
        for name in method.required:
            if args.get(name) in (None, "", []):
                messages = [f"[ERROR] missing required field: {name}"]
                details = {"messages": messages}
                raise SlackError("invalid_arguments", response_metadata=details)

    def _scope_headers(self, method: Method) -> dict[str, str]:
        return {
            "x-oauth-scopes": ",".join(sorted(self._workspace.manifest.scopes)),
            "x-accepted-oauth-scopes": ",".join(sorted(method.scopes)),
            "x-slack-req-id": f"{self._workspace.serial():016x}",
        }
