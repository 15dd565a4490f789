"""A desk under load, killed again and again at random moments: nothing lost, nothing said twice.

    python -m tests.proof.kills --kills 500

Posts, presses, replies and breaches go on all the time, against a Slack and a network in this
process, which see everything that was ever said.
"""

import base64
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from slack_sandbox import Message, Sandbox
from tests.proof.import_with_kills import CHANNEL, key_of, query
from tests.proof.load import Agent, Load, OnCall, Sender
from tests.proof.processes import Process, environment, is_ready, until
from tests.proof.public import Public
from tests.proof.rules import configured

PORT = 18474
RAPID = "rapid-response"
UNHEARD = "unacknowledged_event"
SECRET = "whsec_" + base64.b64encode(b"a key that opens nothing at all!").decode()
STEPS = (("0s", "on-call"), ("3s", "channel"))
UNSETTLED = """
    select key, state, error from outbox where state <> 'bundled'
        and (state <> 'shown' or wanted <> shown)
    union all select key, state, reason from replies where state in ('undo', 'sending')
    union all select cast(case_id as text), name, cast(due_at as text) from timers
        where due_at < :soon
"""


@click.command()
@click.option("--kills", default=500, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--port", default=PORT, show_default=True)
def main(kills: int, seed: int, port: int) -> None:
    """Exit 0 only if no post is lost, no reply doubled, each card and each ping stands once."""
    dice = random.Random(seed)
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name:
        folder, public, load = Path(name), Public(random.Random(seed)), Load()
        sender = Sender(port, SECRET, random.Random(seed), load)
        agents, on_call = staffed(slack, dice)
        config = configured(folder, "4s", STEPS, ["cem"])
        env = environment(
            slack, folder, port, CONFIG_DIR=str(config), INTAKE_SECRET=SECRET,
            WEBHOOK_REPLY_URL=public.url, PUBLIC_REPLIES="on", REPLY_UNDO_SECONDS="1",
        )  # fmt: skip
        desk = Process(env, folder / "run.log", "run").start()
        until(lambda: is_ready(port), "the desk is ready")
        begun = time.monotonic()
        load.begin(sender.post, every=0.1)
        load.begin(sender.post, every=0.1)
        load.begin(on_call.work, every=0.4)
        for agent in agents:
            load.begin(agent.work, every=0.1)
        again_and_again(desk, kills, dice, port)
        load.stop()
        come_to_rest(folder)
        desk.stop()
        took = time.monotonic() - begun
        faults = [*faults_of(folder, slack, sender), *faults_of_replies(folder, public, agents)]
        click.echo(told(folder, slack, public, sender) + f"; {kills} kills, {took:.0f} s")
        click.echo(f"{len(faults)} faults")
        for fault in faults[:20]:
            click.echo(fault)
        public.close()
        raise SystemExit(1 if faults else 0)


def staffed(slack: Sandbox, dice: random.Random) -> tuple[list[Agent], OnCall]:
    ann, ben, dan, cem = (slack.person(name) for name in ("ann", "ben", "dan", "cem"))
    slack.channel(CHANNEL, members=[ann, ben, dan], private=True)
    slack.channel(RAPID, members=[cem], private=True)
    agents = [Agent(slack, one, CHANNEL, random.Random(dice.random())) for one in (ann, ben, dan)]
    return agents, OnCall(slack, cem, RAPID, random.Random(dice.random()))


def again_and_again(desk: Process, kills: int, dice: random.Random, port: int) -> None:
    """One in four dies while it starts, the others within a second of work; the last one lives."""
    for number in range(1, kills + 1):
        if dice.random() < 0.25:
            time.sleep(dice.uniform(0.1, 1.5))
        else:
            until(lambda: is_ready(port), "the desk is ready again")
            time.sleep(dice.uniform(0.0, 1.2))
        assert desk.is_running, "the desk ended by itself"
        desk.kill()
        desk.start()
        if number % 50 == 0:
            click.echo(f"{number} kills", err=True)
    until(lambda: is_ready(port), "the desk is ready again")


def come_to_rest(kept: Path | str) -> None:
    try:
        until(lambda: not unsettled(kept), "the desk has come to rest")
    except TimeoutError:
        for row in unsettled(kept)[:20]:
            click.echo(f"not settled: {row}")
        raise


def unsettled(kept: Path | str) -> list[tuple[object, ...]]:
    """What is to be said, to be sent, or due within the next half minute."""
    soon = int((time.time() + 30) * 1000)
    return query(kept, UNSETTLED.replace(":soon", str(soon)))


def faults_of(kept: Path | str, slack: Sandbox, sender: Sender) -> list[str]:
    stored = {key for (key,) in query(kept, "select key from posts")}
    cases = Counter(post for (post,) in query(kept, "select post from cases"))
    twice = query(
        kept,
        """select case_id, data from events where what in ('pinged', 'breached', 'opened')
           group by case_id, what, data having count(*) > 1""",
    )
    [(integrity,)] = query(
        kept, "pragma integrity_check" if isinstance(kept, Path) else "select 'ok'"
    )
    return [
        *(f"lost: {key}" for key in sorted(set(sender.kept) - stored)),
        *(f"{cases[key]} cases of {key}" for key in sorted(stored) if cases[key] != 1),
        *(f"told twice of {case}: {data}" for case, data in twice),
        *faults_of_messages(kept, slack),
        *([] if integrity == "ok" else [f"integrity: {integrity}"]),
        # Whoever is dead acknowledges nothing: that alone is no fault of the desk's.
        *(f"slack frowned: {one}" for one in slack.violations if one.kind != UNHEARD),
    ]


def faults_of_messages(kept: Path | str, slack: Sandbox) -> Iterator[str]:
    """Every message that the desk owns stands once; a bundled ping stands in its bundle."""
    rows = query(kept, "select key, kind, state from outbox")
    live = Counter(key_of(message.metadata) for message in everything(slack))
    for key, kind, state in rows:
        wanted = 0 if state == "bundled" else 1
        if live[key] != wanted:
            yield f"{live[key]} live messages of the {kind} {key}, which is {state}"
    known = {key for key, _, _ in rows}
    yield from (f"a stray message {key}" for key in live if key not in known)
    missing = query(
        kept,
        """select key from outbox as ping where state = 'bundled' and not exists
           (select 1 from outbox where key = ping.within and state = 'shown')""",
    )
    yield from (f"{key} is in no bundle that stands" for (key,) in missing)


def everything(slack: Sandbox) -> Iterator[Message]:
    """Channels, threads and direct messages, whatever the desk has said in them."""
    with slack.workspace.lock:
        places = list(slack.workspace.channels.values())
        said = [one for place in places for one in place.history]
    yield from (one for one in said if not one.deleted and one.metadata)


def faults_of_replies(kept: Path | str, public: Public, agents: list[Agent]) -> Iterator[str]:
    """Visible once where it is sent, at most once where nobody knows, never where it was not."""
    times = public.times()
    replies = {key: (text, state) for key, text, state in replies_of(kept)}
    for key, (text, state) in replies.items():
        allowed = {"sent": (1,), "unknown": (0, 1)}.get(state, (0,))
        if times[key] not in allowed:
            yield f"{key} is {state} and visible {times[key]} times: {text}"
    for key, text in public.published:
        if replies.get(key, ("",))[0] != text:
            yield f"published and not approved: {key}: {text}"
    texts = Counter(text for text, _ in replies.values())
    yield from (f"{count} replies say {text}" for text, count in texts.items() if count > 1)
    approved = [text for agent in agents for text in agent.approved]
    yield from (f"acknowledged and lost: {text}" for text in approved if text not in texts)
    yield from faults_of_unknown(kept)


def replies_of(kept: Path | str) -> list[tuple[str, str, str]]:
    return query(kept, "select key, text, state from replies")


def faults_of_unknown(kept: Path | str) -> Iterator[str]:
    """Each one is said to a person, in the thread of its case."""
    said = {
        json.loads(args).get("reply")
        for (args,) in query(kept, "select args from outbox where kind = 'note'")
    }
    for key, text, state in replies_of(kept):
        if state == "unknown" and key not in said:
            yield f"nobody was told that the outcome is unknown: {text}"


def told(kept: Path | str, slack: Sandbox, public: Public, sender: Sender) -> str:
    states = Counter(state for _, _, state in replies_of(kept))
    pings = query(kept, "select count(*) from outbox where kind = 'ping'")[0][0]
    count = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    return (
        f"{len(set(sender.kept))} posts, {len(list(everything(slack)))} messages, {pings} pings, "
        f"{len(public.published)} public answers ({count})"
    )


if __name__ == "__main__":
    main()
