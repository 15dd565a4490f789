"""The only door to Slack's Web API: one try for each call, and what its end means for us."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import (
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.domain.outbox import NotExecuted, Unknown
from bot.slack.errors import ERRORS, Failure

Answer = Mapping[str, Any]
Method = Callable[..., SlackResponse]

_log = logging.getLogger(__name__)

_CODE = re.compile(r"[a-z][a-z0-9_]{0,79}")
_SECONDS = re.compile(r"\d{1,5}")
_USUAL_WAIT = timedelta(seconds=1)


class SlackFailed(Exception):
    """A call that did not succeed; `answer` says what is known of it."""

    def __init__(self, answer: Failure):
        super().__init__(answer.why)
        self.answer = answer

    @property
    def code(self) -> str:
        """Slack's own word for it, or ours where Slack had none."""
        return self.answer.why


def make_client(token: str, base_url: str, *, timeout: int = 10) -> WebClient:
    """A client that neither retries, redirects nor logs what passes through it."""
    # At its debug level the SDK logs the texts of messages, at its error level parts of answers.
    silent = logging.getLogger("bot.slack.sdk")
    silent.setLevel(logging.CRITICAL + 1)
    client = _Client(token, base_url, timeout, logger=silent, retry_handlers=[])
    client.proxy = None  # the SDK has taken one from the environment, NO_PROXY or not
    return client


def call(method: Method, **args: object) -> SlackResponse:
    """One try of a client's method; raises `SlackFailed` for all but a yes."""
    try:
        return method(**args)
    except SlackApiError as error:
        raise SlackFailed(_meaning(error.response)) from None
    except NotSent as error:
        raise SlackFailed(NotExecuted(str(error))) from None
    except (OSError, HTTPException) as error:
        raise SlackFailed(Unknown(type(error).__name__)) from None


def next_cursor(page: SlackResponse | Answer) -> str | None:
    """Where the next page begins, or None on the last."""
    return (page.get("response_metadata") or {}).get("next_cursor") or None


def _meaning(response: SlackResponse) -> Failure:
    # The status goes first: behind a 5xx stands no word of Slack's that could be relied on.
    status = response.status_code
    code = _code_of(response)
    meaning = ERRORS.get(code)
    if status == 429 or meaning is NotExecuted:
        return NotExecuted(code, wait=_retry_after(response), limited=True)
    if status >= 500 or meaning is None:
        _log.warning("slack left the outcome unknown", extra={"status": status, "code": code})
        return Unknown(code)
    return meaning(code)


def _code_of(response: SlackResponse) -> str:
    # The SDK puts the beginning of a garbled answer, customer text and all, where the code stands.
    code = str(response.get("error"))
    return code if _CODE.fullmatch(code) else f"http_{response.status_code}"


def _retry_after(response: SlackResponse) -> timedelta:
    seconds = str(response.headers.get("retry-after", ""))
    return timedelta(seconds=int(seconds)) if _SECONDS.fullmatch(seconds) else _USUAL_WAIT


class _Client(WebClient):
    """Slack's client over connections that tell what was never sent from what may have been."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        with opener(url).open(req, timeout=self.timeout) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            body = answer.read().decode(errors="replace").strip()
        # Slack says JSON objects only; the SDK stumbles over any other.
        is_slack = body.startswith("{")
        return {"status": answer.status, "headers": headers, "body": body if is_slack else "{}"}


def opener(url: str) -> OpenerDirector:
    """The environment's proxies and NO_PROXY hold, but never on the way to this machine."""
    proxies = ProxyHandler({}) if _is_loopback(url) else ProxyHandler()
    return build_opener(proxies, _Http, _Https, _EveryStatusIsAnAnswer)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _EveryStatusIsAnAnswer(HTTPErrorProcessor):
    """Follows no redirection either: our token is for Slack alone."""

    def http_response(  # the names are urllib's
        self,
        request: Request,  # noqa: ARG002
        response: HTTPResponse,
    ) -> HTTPResponse:
        return response

    https_response = http_response


class NotSent(Exception):
    """The connection never stood, so nothing can have happened."""


@contextmanager
def _before_sending() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotSent(type(error).__name__) from error


class _HttpConnection(HTTPConnection):
    @_before_sending()
    def connect(self) -> None:
        super().connect()


class _HttpsConnection(HTTPSConnection):
    @_before_sending()
    def connect(self) -> None:
        super().connect()


class _Http(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_HttpConnection, req)


class _Https(HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_HttpsConnection, req)


def app_token_fault(token: str, base_url: str) -> str | None:
    """Slack's code for why no socket can be opened with it; None where one can."""
    try:
        call(make_client(token, base_url).apps_connections_open, app_token=token)
    except SlackFailed as failed:
        return failed.code
    return None
