"""What may stand as a link: an http or https address and nothing else."""

import re
from urllib.parse import urlsplit

MAX_LENGTH = 2_000

_SHAPE = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f]+", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """A whole address with a host, of bearable length, and nothing around it."""
    if len(text) > MAX_LENGTH or not _SHAPE.fullmatch(text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False
