"""What the desk counts about itself, for Prometheus; numbers only, never words."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.store.counts import Counts
from bot.store.store import Store


class Metrics:
    """`text` is the page of `/metrics`; the rest is told while working."""

    def __init__(self, store: Store):
        self._registry = CollectorRegistry()
        self._registry.register(_FromStore(store))
        self._received = Counter(
            "samepage_posts_received", "Posts taken in, by what became of them", ["outcome"],
            registry=self._registry,
        )  # fmt: skip
        self._lateness = Histogram(
            "samepage_sweep_lateness_seconds", "How late the oldest due timer was swept",
            buckets=(0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 600), registry=self._registry,
        )  # fmt: skip
        self._connections = Gauge(
            "samepage_slack_connected", "1 while Slack can reach the desk", registry=self._registry
        )
        self._holds = Gauge(
            "samepage_holds", "1 while this process has the task that only one may do", ["task"],
            registry=self._registry,
        )  # fmt: skip
        self._skew = Gauge(
            "samepage_clock_skew_seconds", "How far a clock is ahead of the desk's time",
            ["clock"], registry=self._registry,
        )  # fmt: skip
        self._leaps = Counter(
            "samepage_clock_steps", "Times that a clock was set or jumped", ["clock"],
            registry=self._registry,
        )  # fmt: skip
        self._limited = Counter(
            "samepage_slack_refusals", "Calls to which Slack said: slower", registry=self._registry
        )

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def received(self, *, duplicate: bool) -> None:
        self._received.labels("duplicate" if duplicate else "accepted").inc()

    def swept(self, seconds_late: float) -> None:
        self._lateness.observe(max(seconds_late, 0))

    def limited(self) -> None:
        self._limited.inc()

    def skewed(self, clock: str, seconds_ahead: float) -> None:
        self._skew.labels(clock).set(seconds_ahead)

    def leapt(self, clock: str) -> None:
        self._leaps.labels(clock).inc()

    def connected(self, *, is_connected: bool) -> None:
        self._connections.set(int(is_connected))

    def holds(self, task: str, *, is_held: bool) -> None:
        self._holds.labels(task).set(int(is_held))


class _FromStore(Collector):
    """Gauges that are counted when they are asked for."""

    def __init__(self, store: Store):
        self._store = store

    def collect(self) -> Iterable[Metric]:
        with self._store.reading() as tx:
            counts = tx.counts.now()
        yield from _gauges(counts)


def _gauges(counts: Counts) -> Iterable[Metric]:
    yield GaugeMetricFamily("samepage_open_cases", "Cases not closed", counts.open_cases)
    yield GaugeMetricFamily("samepage_unclaimed_cases", "Open and nobody's", counts.unclaimed)
    yield GaugeMetricFamily("samepage_breached_promises", "Running and late", counts.breached)
    yield GaugeMetricFamily("samepage_timers", "Timers set", counts.timers)
    outbox = GaugeMetricFamily("samepage_outbox", "Slack messages by state", labels=["state"])
    for state, number in counts.outbox.items():
        outbox.add_metric([state], number)
    yield outbox
    queue = GaugeMetricFamily(
        "samepage_queue", "Slack messages that wait, by lane", labels=["lane"]
    )
    for lane, number in counts.lanes.items():
        queue.add_metric([lane], number)
    yield queue
    yield GaugeMetricFamily("samepage_storms", "Channels in a storm", counts.storms)
    yield GaugeMetricFamily(
        "samepage_set_aside", "Failed when due, tried again later", counts.set_aside
    )
    replies = GaugeMetricFamily("samepage_replies", "Public replies by state", labels=["state"])
    for state, number in counts.replies.items():
        replies.add_metric([state], number)
    yield replies
