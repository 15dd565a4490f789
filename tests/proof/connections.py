"""Hundreds of connections that ask for nothing, and what honest callers notice of them: nothing.

python -m tests.proof.connections [--number 400] [--seconds 4]

A desk in HTTP mode, so that posts, Slack's commands, page, health and figures come in by one port.
From eight addresses of this machine, so many connections are opened and held, one kind after the
other; whoever drips sends a byte each half second, and whoever is closed comes again at once.
Meanwhile each door is asked again and again, on new connections .
"""

import json
import select
import socket
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import click
import httpx
from standardwebhooks import Webhook

from slack_sandbox import Person, Sandbox
from tests.proof.processes import Process, environment, is_ready, until

PORT = 18479
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TOKEN = "open-sesame-and-more"
WITHIN = 1.0  # second
STOPS_WITHIN = 10.0
ADDRESSES = [f"127.0.0.{n}" for n in range(2, 10)]
POST = b"POST /intake/webhook HTTP/1.1\r\nHost: desk\r\n"
FORM = b"POST /slack/events HTTP/1.1\r\nHost: desk\r\n"
TLS = bytes.fromhex("16030100c8010000c40303") + bytes(range(65, 125))
PAGE = f"GET /desk?token={TOKEN} HTTP/1.1\r\nHost: desk\r\n\r\n".encode()

# What each says first, and what it says again and again.
KINDS: dict[str, tuple[bytes, bytes]] = {
    "nothing said": (b"", b""),
    "half a first line": (b"GET /hea", b""),
    "headers, drop by drop": (POST + b"X: ", b"x"),
    "a body, drop by drop": (POST + b"Content-Length: 9000\r\n\r\n{", b"x"),
    "a form of Slack, drop by drop": (FORM + b"Content-Length: 9000\r\n\r\np", b"x"),
    "empty lines": (b"\r\n", b"\r\n"),
    "answered, and stays": (b"GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\n", b""),
    "TLS to a plain port": (TLS, b""),
    "300 asked ahead": (b"GET /healthz HTTP/1.1\r\n\r\n" * 300, b""),
    "300 pages asked ahead": (PAGE * 300, b""),
    "answers never read": (PAGE, PAGE),
}

# A door whose own requests are so many may ask honest callers, too, to come again: none else.
CROWDED = {"300 pages asked ahead": "page", "answers never read": "page"}


@dataclass
class Found:
    """Of one door."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0

    def __str__(self) -> str:
        slowest = f"{max(self.seconds) * 1000:.0f} ms"
        return (
            f"{slowest} ({self.refused} of {len(self.seconds)} refused)"
            if self.refused
            else slowest
        )


@click.command()
@click.option("--number", default=400, show_default=True)
@click.option("--seconds", default=4.0, show_default=True, help="For each kind.")
def main(number: int, seconds: float) -> None:
    """Exit 0 only if nobody honest was refused or waited for longer than a second."""
    url = f"http://127.0.0.1:{PORT}"
    with (
        Sandbox.start(request_url=f"{url}/slack/events") as slack,
        tempfile.TemporaryDirectory() as name,
    ):
        desk = _started(slack, Path(name))
        honest = doors(url, slack.person("ann"))
        asked(honest, 0.1)  # the first post of all loads what tells languages apart
        worst, refused = 0.0, 0
        for kind, (first, again) in KINDS.items():
            with held(number, first, again):
                found = asked(honest, seconds)
            worst = max(worst, *(max(one.seconds) for one in found.values()))
            refused += sum(one.refused for door, one in found.items() if door != CROWDED.get(kind))
            click.echo(f"{number} × {kind}: " + ", ".join(f"{d} {one}" for d, one in found.items()))
        stopping = _stopped(desk, number)
        click.echo(
            f"the slowest answer took {worst:.2f} s, {refused} were refused; stopped within"
            f" {stopping:.1f} s"
        )
        sys.exit(0 if worst < WITHIN and not refused and stopping < STOPS_WITHIN else 1)


def _started(slack: Sandbox, folder: Path) -> Process:
    env = environment(
        slack, folder, PORT, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET=slack.signing_secret,
        INTAKE_SECRET=SECRET, DESK_TOKEN=TOKEN,
    )  # fmt: skip
    desk = Process(env, folder / "run.log", "run").start()
    until(lambda: is_ready(PORT), "the desk is ready")
    return desk


def _stopped(desk: Process, number: int) -> float:
    """Seconds until it has ended, with so many still connected."""
    with held(number, b"", b""):
        begun = time.monotonic()
        desk.stop()
        return time.monotonic() - begun


# Who holds connections


@contextmanager
def held(number: int, first: bytes, again: bytes) -> Iterator[None]:
    """So many at any time, until the end of the block."""
    ending = Event()
    crowd = [_come(n, first) for n in range(number)]
    thread = Thread(target=_hold, args=(crowd, first, again, ending), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()
        for one in crowd:
            one.close()


def _hold(crowd: list[socket.socket], first: bytes, again: bytes, ending: Event) -> None:
    while not ending.wait(0.5):
        for n, one in enumerate(crowd):
            if _is_closed(one, again):
                one.close()
                with suppress(OSError):
                    crowd[n] = _come(n, first)


def _come(n: int, first: bytes) -> socket.socket:
    near = (ADDRESSES[n % len(ADDRESSES)], 0)
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # little fits into the way
    one.settimeout(5)
    one.bind(near)
    one.connect(("127.0.0.1", PORT))
    one.setblocking(False)
    with suppress(OSError):
        one.send(first)
    return one


def _is_closed(one: socket.socket, again: bytes) -> bool:
    """Looks without reading, so that what was answered stays where it is."""
    try:
        readable, _, _ = select.select([one], [], [], 0)
        if readable and one.recv(1, socket.MSG_PEEK) == b"":
            return True
        one.send(again)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return False


# Who is honest


def doors(url: str, ann: Person) -> dict[str, Callable[[], bool]]:
    """Each says whether it was answered as it should be."""

    def read(path: str) -> Callable[[], bool]:
        return lambda: httpx.get(url + path, trust_env=False, timeout=30).is_success

    return {
        "health": read("/healthz"),
        "ready": read("/readyz"),
        "figures": read("/metrics"),
        "page": read(f"/desk?token={TOKEN}"),
        "post": lambda: _post(url).is_success,
        "command": lambda: ann.command("/case", "help").acked,
    }


def _post(url: str) -> httpx.Response:
    key, now = uuid.uuid4().hex, datetime.now(UTC)
    post = {"id": key, "text": "When do you open?", "author": {"handle": f"@{key[:8]}"}}
    body = json.dumps(post)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(key, now, body),
    }
    address = f"{url}/intake/webhook"
    return httpx.post(address, content=body, headers=headers, trust_env=False, timeout=30)


def asked(doors: dict[str, Callable[[], bool]], seconds: float) -> dict[str, Found]:
    found = {door: Found() for door in doors}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for door, ask in doors.items():
            begun = time.monotonic()
            found[door].refused += not ask()
            found[door].seconds.append(time.monotonic() - begun)
    return found


if __name__ == "__main__":
    main()
