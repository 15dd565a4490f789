"""Which images Slack would get: it fetches each one before it takes the blocks that show it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from slack_sandbox.checks import Fault

# Names that lead nowhere from Slack's side.
NOWHERE = ("localhost", "invalid", "test", "example", "local", "internal", "lan", "home.arpa")


def image_faults(node: object, at: str, lost: Collection[str]) -> Iterator[Fault]:
    """A fault for each image below a node that cannot be fetched; `lost` hosts are away."""
    if isinstance(node, dict):
        url = node.get("image_url")
        if isinstance(url, str) and not _is_fetched(url, lost):
            rule = {"type": "download", "expected": "a public image"}
            yield Fault("downloading image failed", f"{at}/image_url", rule)
        for name, child in node.items():
            yield from image_faults(child, f"{at}/{name}", lost)
    elif isinstance(node, list):
        for position, child in enumerate(node):
            yield from image_faults(child, f"{at}/{position}", lost)


def _is_fetched(url: str, lost: Collection[str]) -> bool:
    """Nothing is fetched here: what no resolver outside would find is told by its name."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme != "https" or host in lost:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        ending = any(host == one or host.endswith(f".{one}") for one in NOWHERE)
        return "." in host and not ending
