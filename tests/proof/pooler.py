"""A busy desk on a PostgreSQL behind PgBouncer in transaction mode: no post and no click fails.

    python -m tests.proof.pooler --posts 500 --clicks 200

The pooler has a handful of connections for two processes of the desk, and all of them are changed
again and again in the middle. Each post is sent once and each button pressed once: whatever is not
taken the first time is a fault.
"""

import json
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from standardwebhooks import Webhook

from slack_sandbox import Interaction, Message, Sandbox
from tests.pooler import Pooler, running_pooler
from tests.proof.company import SECRET, Worker
from tests.proof.faults import come_to_rest, faults_of
from tests.proof.import_with_kills import CHANNEL, query
from tests.proof.processes import environment, until
from tests.server import running_server

PORT = 18480
PROCESSES = 2
SENDERS, HANDS = 6, 4
CHANGED_EVERY = 0.7  # seconds


@click.command()
@click.option("--posts", default=500, show_default=True)
@click.option("--clicks", default=200, show_default=True)
@click.option("--size", default=4, show_default=True, help="Connections of the pooler.")
@click.option("--port", default=PORT, show_default=True)
def main(posts: int, clicks: int, size: int, port: int) -> None:
    """Exit 0 only if each post is taken and each click done the first time, and all is right."""
    with (
        Sandbox.start() as slack,
        tempfile.TemporaryDirectory() as name,
        running_server(durable=True) as server,
        running_pooler(server.folder, size=size) as pooler,
    ):
        kept, begun = server.url("postgres"), time.monotonic()
        desks = opened(slack, Path(name), pooler.url("postgres"), port)
        with changing(pooler) as changes, watching(port) as unready:
            refused = send_all(port, posts)
            until(lambda: len(cards(slack)) >= clicks, "there is a card for each click")
            pressed = press_all(slack, clicks)
            come_to_rest(kept)
        changed = len(changes)
        faults = [
            *refused,
            *unready,
            *(f"not acknowledged: {one.error}" for one in pressed if not one.acked),
            *faults_of_claims(kept, slack, clicks),
            *faults_of(kept, slack, [f"x:p{number}" for number in range(posts)]),
            *(line for desk in desks for line in complaints(desk, Path(name))),
        ]
        for desk in desks:
            assert desk.process.stop() == 0, "a stop is clean"
        took = time.monotonic() - begun
        click.echo(
            f"{posts} posts, {clicks} clicks, {size} connections changed {changed} times,"
            f" slowest click {max(one.seconds for one in pressed):.2f} s, {took:.0f} s:"
            f" {len(faults)} faults"
        )
        for fault in faults[:20]:
            click.echo(fault)
        raise SystemExit(1 if faults else 0)


def opened(slack: Sandbox, folder: Path, url: str, port: int) -> list[Worker]:
    slack.channel(CHANNEL, members=[slack.person(name) for name in ("ann", "ben")], private=True)
    env = environment(slack, folder, 0, DATABASE_URL=url, INTAKE_SECRET=SECRET)
    desks = [Worker(env, folder, port + one) for one in range(PROCESSES)]
    for desk in desks:
        desk.start()
    until(lambda: all(desk.is_ready() for desk in desks), "the desk is ready")
    return desks


def send_all(port: int, posts: int) -> list[str]:
    """By several senders at once, to every process in turn; what is not taken."""
    with ThreadPoolExecutor(SENDERS) as senders:
        taken = senders.map(lambda n: send(port + n % PROCESSES, n), range(posts))
        return [f"post {n}: {said}" for n, said in enumerate(taken) if said != "202"]


def send(port: int, number: int) -> str:
    """The post of that number, signed; the status, or what is wrong."""
    now, delivery = datetime.now(UTC), f"d{number}"
    body = json.dumps(
        {"id": f"p{number}", "source": "x", "text": f"Question {number}: when do you open?",
         "author": {"handle": f"@c{number}"}, "account": "@northwind"}
    )  # fmt: skip
    headers = {
        "Content-Type": "application/json",
        "webhook-id": delivery,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(delivery, now, body),
    }
    url = f"http://127.0.0.1:{port}/intake/webhook"
    request = urllib.request.Request(url, body.encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.status)
    except (urllib.error.URLError, OSError) as error:
        return str(error)


def cards(slack: Sandbox) -> list[Message]:
    return [one for one in slack.messages(CHANNEL) if one.blocks]


def press_all(slack: Sandbox, clicks: int) -> list[Interaction]:
    people = [slack.person(name) for name in ("ann", "ben")]
    with ThreadPoolExecutor(HANDS) as hands:
        pressing = [
            hands.submit(people[n % 2].press, card, "claim")
            for n, card in enumerate(cards(slack)[:clicks])
        ]
        return [one.result() for one in pressing]


def faults_of_claims(kept: str, slack: Sandbox, clicks: int) -> Iterator[str]:
    [(claimed,)] = query(kept, "select count(*) from cases where assignee is not null")
    if claimed != clicks:
        yield f"{claimed} cases are claimed, by {clicks} clicks"
    for person in ("ann", "ben"):
        yield from (f"told: {one.text}" for one in slack.ephemerals(slack.person(person)))


def complaints(desk: Worker, folder: Path) -> Iterator[str]:
    """What its log has beside the ordinary: each warning is about the database here."""
    for line in (folder / f"run{desk.port}.log").read_text().splitlines():
        if '"level": "ERROR"' in line or '"level": "WARNING"' in line:
            yield line[:300]


@contextmanager
def changing(pooler: Pooler) -> Iterator[list[float]]:
    """All connections to the server are replaced, as each is given back; when that was."""
    ended, changes = threading.Event(), list[float]()

    def change() -> None:
        while not ended.wait(CHANGED_EVERY):
            pooler.tell("reconnect")
            changes.append(time.monotonic())

    with _beside(change, ended):
        yield changes


@contextmanager
def watching(port: int) -> Iterator[list[str]]:
    """What `/readyz` has said meanwhile, beside that all is well."""
    ended, said = threading.Event(), list[str]()

    def look() -> None:
        while not ended.wait(0.5):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10):
                    continue
            except urllib.error.HTTPError as unready:
                said.append(f"/readyz: {unready.read().decode()[:300]}")

    with _beside(look, ended):
        yield said


@contextmanager
def _beside(act: Callable[[], None], ended: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=act)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


if __name__ == "__main__":
    main()
