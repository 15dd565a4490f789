"""What most bots do: one worker, first in first out, asleep while Slack says 429."""

import heapq
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from benchmarks.ash_cloud import Arrival
from benchmarks.sight import Delays
from benchmarks.storm_people import moments_of_work
from bot.domain.outbox import NotExecuted
from bot.slack.gateway import SlackFailed, call, make_client
from slack_sandbox import Sandbox


@dataclass(order=True)
class Wish:
    """One call to make: a new card, or the change of one that stands."""

    since: float
    serial: int
    arrival: Arrival
    ts: str | None = None


class NaivePoster:
    """Says everything in the order in which it was wanted, each until Slack has taken it."""

    def __init__(self, slack: Sandbox, start: float, latency: float, dice: random.Random):
        self._client = make_client(slack.bot_token, slack.api_url)
        self._channels = slack.workspace.channel_ids
        self._latency = latency
        self._dice = dice
        self._serials = count()
        self._line: list[Wish] = []
        self.now = 0.0
        self.cards: Delays = defaultdict(list)
        self.updates: Delays = defaultdict(list)
        slack.clock = lambda: start + self.now

    def work(self, arrivals: Iterable[Arrival], within: float) -> None:
        """Until nothing is left to say; a change made meanwhile stands at the end of the line."""
        for arrival in arrivals:
            self._want(arrival.at, arrival)
        while self._line:
            wish = heapq.heappop(self._line)
            self.now = max(self.now, wish.since)
            ts = self._say(wish)
            severity, late = wish.arrival.severity, self.now - wish.since
            (self.updates if wish.ts else self.cards)[severity].append(late)
            if wish.ts is None:
                for wait in moments_of_work(self._dice, severity, within):
                    self._want(self.now + wait, wish.arrival, ts)

    def _want(self, at: float, arrival: Arrival, ts: str | None = None) -> None:
        heapq.heappush(self._line, Wish(at, next(self._serials), arrival, ts))

    def _say(self, wish: Wish) -> str:
        while True:
            self.now += self._latency
            try:
                return self._try(wish)
            except SlackFailed as failed:
                if not isinstance(failed.answer, NotExecuted):
                    raise
                self.now += failed.answer.wait.total_seconds()

    def _try(self, wish: Wish) -> str:
        post = wish.arrival.post
        words = f"{post.author.handle}: {post.text}"
        channel = self._channels[f"care-{wish.arrival.department}"]
        if wish.ts is None:
            answer = call(self._client.chat_postMessage, channel=channel, text=words)
        else:
            answer = call(self._client.chat_update, channel=channel, ts=wish.ts, text=f"✓ {words}")
        return str(answer["ts"])
