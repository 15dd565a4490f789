"""Logging in one line of JSON: an event and its fields; no customer's words, no secrets."""

import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

log = logging.getLogger(__name__)

_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[.\w-]+|whsec_[\w+/=]+|Bearer \S+"
    r"|(?<=://)[^\s/@:\"]*:[^\s/@\"]*(?=@)"  # who may enter, in an address
    r"|(?<=[?&]token=)[^\s&\"]+|(?<=[?&]password=)[^\s&\"]+"
)
_ACTS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # on a terminal
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "waitress", "werkzeug", "httpx")
# A line for each dial, one for each request that waits: what matters the desk says once.
_MUTE = (
    "websocket", "waitress.queue", "apscheduler.executors", "apscheduler.scheduler", "psycopg",
)  # fmt: skip
_REPEATED = (  # as often as it is tried
    "languages are not told apart",
    "job has to wait", "loop has to wait", "slack not reached", "slack left the outcome unknown",
)  # fmt: skip


class JsonFormatter(logging.Formatter):
    """Fields given as `extra` stand beside the event; secrets are blotted out wherever they are."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **_fields(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        said = json.dumps(line, ensure_ascii=False, default=str)
        said = _ACTS.sub(lambda found: json.dumps(found[0])[1:-1], said)
        return _SECRETS.sub("[secret]", said)


class UpsAndDowns:
    """Says what of something does not work, and when it works (again); only changes are news."""

    def __init__(self, name: str):
        self._name = name
        self._fault: str | None = None
        self._was_heard = False
        self._has_worked = False

    def hear(self, fault: str | None) -> None:
        is_news = fault != self._fault if self._was_heard else fault is None
        self._fault, self._was_heard = fault, True  # at the start a fault has its time to end
        if not is_news:
            return
        if fault:
            log.warning(self._name, extra={"why": fault})
        elif self._has_worked:
            log.warning("%s works again", self._name)
        else:
            log.info("%s works", self._name)
        self._has_worked = self._has_worked or fault is None


class OnceInAWhile(logging.Filter):
    """What waits for something is told at once, and again only when it has waited for long."""

    WHILE = timedelta(minutes=10)

    def __init__(self, steady: Callable[[], float] = monotonic):
        super().__init__()
        self._steady = steady
        self._told: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg not in _REPEATED:
            return True
        now, event = self._steady(), f"{record.msg} {_fields(record)}"
        self._told = {
            one: at for one, at in self._told.items() if now - at < self.WHILE.total_seconds()
        }
        is_news = event not in self._told
        self._told.setdefault(event, now)
        return is_news


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """What was given as `extra`."""
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}


def configure_logging(level: str) -> None:
    """To stderr. The libraries say warnings only: at DEBUG they print whole payloads."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(OnceInAWhile())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _MUTE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
