"""The only door to Slack's Web API: one try for each call, and what its end means for us."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from types import MappingProxyType
from typing import Any
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

from bot.domain.errors import TermOver
from bot.domain.outbox import NotExecuted, Unknown
from bot.domain.ports import LastLook, no_last_look
from bot.domain.web_address import is_on_this_machine
from bot.slack.errors import ERRORS, LIMITED, Failure

Answer = Mapping[str, Any]
Method = Callable[..., SlackResponse]

_log = logging.getLogger(__name__)

_CODE = re.compile(r"[a-z][a-z0-9_]{0,79}")
_SECONDS = re.compile(r"\d{1,5}")
_USUAL_WAIT = timedelta(seconds=1)


class SlackFailed(Exception):
    """A call that did not succeed; `answer` says what is known of it, `body` what Slack said."""

    def __init__(self, answer: Failure, body: Answer = MappingProxyType({})):
        super().__init__(answer.why)
        self.answer = answer
        self.body = body

    @property
    def code(self) -> str:
        """Slack's own word for it, or ours where Slack had none."""
        return self.answer.why


def make_client(
    token: str, base_url: str, *, timeout: int = 10, last_look: LastLook = no_last_look
) -> WebClient:
    """A client that neither retries, redirects nor logs what passes through it."""
    # At its debug level the SDK logs the texts of messages, at its error level parts of answers.
    silent = logging.getLogger("bot.slack.sdk")
    silent.setLevel(logging.CRITICAL + 1)
    client = _Client(
        token, base_url, timeout, logger=silent, retry_handlers=[], last_look=last_look
    )
    client.proxy = None  # the SDK has taken one from the environment, NO_PROXY or not
    return client


def call(method: Method, **args: object) -> SlackResponse:
    """One try of a client's method; raises `SlackFailed` for all but a yes."""
    try:
        return method(**args)
    except SlackApiError as error:
        body = error.response.data
        said = body if isinstance(body, dict) else {}
        raise SlackFailed(_meaning(error.response), said) from None
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
    if status == 429 or code in LIMITED:
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

    def __init__(self, *args: Any, last_look: LastLook, **rest: Any):
        super().__init__(*args, **rest)
        self._last_look = last_look

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        with opener(url, self._last_look).open(req, timeout=self.timeout) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            body = answer.read().decode(errors="replace").strip()
        # Slack says JSON objects only; the SDK stumbles over any other.
        is_slack = body.startswith("{")
        return {"status": answer.status, "headers": headers, "body": body if is_slack else "{}"}


def opener(url: str, last_look: LastLook = no_last_look) -> OpenerDirector:
    """The environment's proxies and NO_PROXY hold, but never on the way to this machine."""
    proxies = ProxyHandler({}) if is_on_this_machine(url) else ProxyHandler()
    return build_opener(proxies, _Http(last_look), _Https(last_look), _EveryStatusIsAnAnswer)


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
    """No whole request has left, so nothing can have happened."""


@contextmanager
def _before_sending() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotSent(type(error).__name__) from error


class _LooksLast(HTTPConnection):
    """Looks once more before each piece; a request that is cut off is carried out by nobody."""

    def __init__(self, last_look: LastLook, host: str, **rest: Any):
        super().__init__(host, **rest)
        self._last_look = last_look

    @_before_sending()
    def connect(self) -> None:
        super().connect()

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        try:
            self._last_look()
        except TermOver as over:
            raise NotSent(type(over).__name__) from over
        super().send(data)


class _LooksLastInside(_LooksLast, HTTPSConnection):
    """The same within TLS."""


class _Http(HTTPHandler):
    def __init__(self, last_look: LastLook):
        super().__init__()
        self._last_look = last_look

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_LooksLast, self._last_look), req)


class _Https(HTTPSHandler):
    def __init__(self, last_look: LastLook):
        super().__init__()
        self._last_look = last_look

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_LooksLastInside, self._last_look), req)


def app_token_fault(token: str, base_url: str) -> str | None:
    """Slack's code for why no socket can be opened with it; None where one can."""
    try:
        call(make_client(token, base_url).apps_connections_open, app_token=token)
    except SlackFailed as failed:
        return failed.code
    return None
