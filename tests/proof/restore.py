"""A desk under load goes back to older states of itself: nothing is public twice.

    python -m tests.proof.restore --times 20

Backups are taken at random moments while it works. It works on, is killed, and finds the backup in
the place of its file. A Slack and a network in this process remember all that was ever said.
"""

import json
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from slack_sandbox import Person, Sandbox
from tests.backups import copy_file, put_back
from tests.proof.company import Company
from tests.proof.faults import everything, faults_of_messages, faults_of_unknown
from tests.proof.import_with_kills import CHANNEL, key_of, query
from tests.proof.processes import until
from tests.proof.public import Public

PORT = 18476


@click.command()
@click.option("--times", default=20, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--port", default=PORT, show_default=True)
def main(times: int, seed: int, port: int) -> None:
    """Exit 0 only if no reply is public twice, and each message of the desk stands once."""
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.monotonic()
        url = f"sqlite:///{folder}/desk.db"
        company = Company(slack, folder, url, seed, DESK_ADMINS="eve@example.com")
        eve = slack.person("eve")
        slack.channel(CHANNEL, members=[eve])
        company.open(port, 1)
        for number in range(1, times + 1):
            back_in_time(company, folder)
            let_go(eve, port)
            click.echo(f"{number} restores", err=True)
        company.close()
        took = time.monotonic() - begun
        faults = list(faults_of(folder, slack, company.public))
        click.echo(f"{company.told()}; {forgotten(folder, slack, company.public)}")
        click.echo(f"{times} restores, {took:.0f} s: {len(faults)} faults")
        for fault in faults[:20]:
            click.echo(fault)
        raise SystemExit(1 if faults else 0)


def back_in_time(company: Company, folder: Path) -> None:
    """Up to four seconds are lost to the desk; its replies wait when it is back."""
    [desk], dice = company.desks, company.dice
    file, copy = folder / "desk.db", folder / "backup.db"
    time.sleep(dice.uniform(0.5, 4.0))
    copy_file(file, copy)
    until(lambda: lost_since(copy, file) > 0, "something has happened that is lost")
    time.sleep(dice.uniform(0.0, 4.0))
    desk.process.kill()
    put_back(copy, file)
    desk.start()
    company.be_ready()
    assert "restored from a backup" in waiting(desk.port), "nobody has seen that it is an older one"


def lost_since(copy: Path, file: Path) -> int:
    """Transactions that stand in no backup, by what stands beside the file."""
    sql = "select value from counters where name = 'pulse'"
    return int(Path(f"{file}.pulse").read_text()) - int(query(copy, sql)[0][0])


def let_go(eve: Person, port: int) -> None:
    """An admin has looked; the command is typed again where nobody heard it."""
    until(lambda: bool(eve.command("/desk", "outgoing on", CHANNEL)) and not waiting(port), "on")


def waiting(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
        return str(json.load(answer).get("waiting", {}).get("public replies", ""))


def faults_of(folder: Path, slack: Sandbox, public: Public) -> Iterator[str]:
    yield from (f"public {n} times: {key}" for key, n in public.times().items() if n > 1)
    texts = Counter(text for _, text in public.published)
    yield from (f"public {n} times: {text}" for text, n in texts.items() if n > 1)
    # What the desk has forgotten stays in Slack, and is counted beside.
    said = faults_of_messages(folder, slack)
    yield from (fault for fault in said if not fault.startswith("a stray message"))
    yield from faults_of_unknown(folder)
    times, told = public.times(), "select key, text, state from replies where state = 'sent'"
    yield from (f"sent and not public: {text}" for key, text, _ in query(folder, told)
                if not times[key])  # fmt: skip


def forgotten(folder: Path, slack: Sandbox, public: Public) -> str:
    """What is outside and not in the desk: it happened between a backup and its restore."""
    keys = {key for (key,) in query(folder, "select key from outbox")}
    strays = sum(key_of(one.metadata) not in keys for one in everything(slack))
    known = {key for (key,) in query(folder, "select key from replies")}
    lost = sum(key not in known for key, _ in public.published)
    epoch = query(folder, "select max(number) from epochs")[0][0]
    return f"epoch {epoch}; forgotten: {strays} messages, {lost} answers"


if __name__ == "__main__":
    main()
