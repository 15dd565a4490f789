"""What a desk has lost, doubled or left behind, by what was seen from outside."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from slack_sandbox import Message, Sandbox
from tests.proof.import_with_kills import key_of, query
from tests.proof.load import Agent
from tests.proof.processes import until
from tests.proof.public import Public

# Who is dead acknowledges nothing, and who is paused does it late: that alone is no fault.
OF_THE_ABSENT = ("unacknowledged_event", "late_or_unknown_ack")
UNSETTLED = """
    select key, state, error from outbox where state <> 'bundled'
        and (state <> 'shown' or wanted <> shown)
    union all select key, state, reason from replies where state in ('undo', 'sending')
    union all select cast(case_id as text), name, cast(due_at as text) from timers
        where due_at < :soon
"""


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


def faults_of(kept: Path | str, slack: Sandbox, kept_posts: Iterable[str]) -> list[str]:
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
        *(f"lost: {key}" for key in sorted(set(kept_posts) - stored)),
        *(f"{cases[key]} cases of {key}" for key in sorted(stored) if cases[key] != 1),
        *(f"told twice of {case}: {data}" for case, data in twice),
        *faults_of_messages(kept, slack),
        *([] if integrity == "ok" else [f"integrity: {integrity}"]),
        *(f"slack frowned: {one}" for one in slack.violations if one.kind not in OF_THE_ABSENT),
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
        """select key from outbox as ping where state = 'bundled'
               and within is not null and not exists
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


def told(kept: Path | str, slack: Sandbox, public: Public, kept_posts: Iterable[str]) -> str:
    states = Counter(state for _, _, state in replies_of(kept))
    pings = query(kept, "select count(*) from outbox where kind = 'ping'")[0][0]
    count = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    return (
        f"{len(set(kept_posts))} posts, {len(list(everything(slack)))} messages, {pings} pings, "
        f"{len(public.published)} public answers ({count})"
    )
