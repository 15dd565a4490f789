"""Addresses of the web: what may stand as a link, and what never leaves this machine."""

import re
from ipaddress import ip_address
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


def is_on_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
