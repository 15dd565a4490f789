"""Logging in one line of JSON: an event and its fields; no customer's words, no secrets."""

import json
import logging
import re
import sys

_SECRETS = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[.\w-]+|whsec_[\w+/=]+|Bearer \S+")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "waitress", "werkzeug", "httpx")
# A line for each dial, one for each request that waits: what matters the desk says once.
_MUTE = (
    "websocket", "waitress.queue", "apscheduler.executors", "apscheduler.scheduler", "psycopg.pool",
)  # fmt: skip


class JsonFormatter(logging.Formatter):
    """Fields given as `extra` stand beside the event; secrets are blotted out wherever they are."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **fields,
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return _SECRETS.sub("[secret]", json.dumps(line, ensure_ascii=False, default=str))


def configure_logging(level: str) -> None:
    """To stderr. The libraries say warnings only: at DEBUG they print whole payloads."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _MUTE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
