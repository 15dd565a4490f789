"""The whole desk in virtual time: its own parts, driven by one clock, against a Slack with limits.

Store, services, delivery, budget, Slack's own client and the Bolt app are those of `run`. Only its
threads are not: its loops are actors here, and each message is on its way for a fifth of a second.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.ash_cloud import rules
from benchmarks.desks import handling, settings_in
from benchmarks.sight import Sight
from benchmarks.virtual import Bell, Crew, VirtualTime
from bot.domain.outbox import Delivered, NetworkAnswer, SlackAnswer
from bot.domain.ports import LastLook, Letter
from bot.domain.post import Post
from bot.domain.reply import Outgoing, Reply
from bot.first_start import take_over_files
from bot.jobs import Loop
from bot.parts.delivering import DELIVERERS
from bot.services.click_updates import ClickUpdates
from bot.services.delivery import Delivery
from bot.services.roster import Roster
from bot.services.sending import Sending
from bot.services.timekeeping import GivenTime
from bot.slack.budget import Budget
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from bot.slack.hooks import SlackHooks
from bot.slack.speaker import SlackSpeaker
from bot.slack.voice import Voice
from bot.store.engines import open_database
from bot.store.store import Store
from bot.views.draw import draw
from bot.wiring import build_services
from config.values import Secret
from handlers.app import build_app
from handlers.doors import HttpDoor, http_door
from slack_sandbox import Sandbox

LATENCY = 0.2  # seconds from a call to its answer
PACE = 1.0  # messages a second and channel, as against the real Slack
# Nobody waits so long for an answer that a clock would ring within the run.
PROMISES = [{"department": "*", "priority": "*", "first_response": "8h", "resolution": "3d"}]


class DistantVoice(Voice):
    """A call takes its time, and stands when its answer is here."""

    def __init__(self, time: VirtualTime, sight: Sight, *parts: Any):
        super().__init__(*parts)
        self._time = time
        self._sight = sight

    def post(self, letter: Letter) -> SlackAnswer:
        self._time.sleep(LATENCY)
        return self._seen(letter, super().post(letter))

    def update(self, letter: Letter) -> SlackAnswer:
        self._time.sleep(LATENCY)
        return self._seen(letter, super().update(letter))

    def find(self, letter: Letter) -> SlackAnswer | None:
        self._time.sleep(LATENCY)
        return super().find(letter)

    def _seen(self, letter: Letter, answer: SlackAnswer) -> SlackAnswer:
        if isinstance(answer, Delivered):
            self._sight.said(letter.message)
        return answer


class DistantHooks(SlackHooks):
    """So does a change by the address that came with a click."""

    def __init__(self, time: VirtualTime, sight: Sight, *parts: Any):
        super().__init__(*parts)
        self._time = time
        self._sight = sight
        self.taken = 0

    def update(self, letter: Letter) -> SlackAnswer:
        self._time.sleep(LATENCY)
        answer = super().update(letter)
        if isinstance(answer, Delivered):
            self.taken += 1
            self._sight.said(letter.message)
        return answer


class Public:
    """Implements `Network`: takes every reply."""

    def __init__(self, time: VirtualTime):
        self._time = time

    def send(self, reply: Reply, post: Post, _last_look: LastLook) -> NetworkAnswer:
        self._time.sleep(LATENCY)
        return Delivered(f"{post.id}-{reply.key}")


class StormDesk:
    def __init__(self, place: Path, time: VirtualTime, slack: Sandbox):
        settings = settings_in(
            place, slack_api_url=slack.api_url, slack_bot_token=Secret(slack.bot_token),
            public_replies=Outgoing.ON, slack_pace=PACE,
        )  # fmt: skip
        self._time = time
        self._stopped = False
        # Computing takes no virtual time, so nothing is gained by a row that outlives a power cut.
        store = Store(open_database(settings.database_url, durable=False))
        store.migrate()
        self.services = build_services(settings, store, GivenTime(time.now))
        take_over_files(self.services.kernel, settings.config_dir)
        self._put_rules()
        kernel = self.services.kernel
        client = make_client(slack.bot_token, slack.api_url)
        self._roster = Roster(kernel, SlackDirectory(client, time.sleep))
        identity = self._roster.sweep()
        self.sight = Sight(kernel, time)
        self.hooks = DistantHooks(time, self.sight, slack.api_url, draw, time.now)
        speaker = SlackSpeaker(client, draw)
        voice = DistantVoice(time, self.sight, speaker, Budget(PACE), time.now, self.hooks)
        crew = Crew(time, DELIVERERS)
        self._delivery = Delivery(kernel, voice, crew)
        self._clicks = ClickUpdates(kernel, self.hooks)
        self._sending = Sending(kernel, {"": Public(time)})
        desk = handling(client, self.services, self._roster, identity, self.hooks.keep)
        app = build_app(client, desk, identity, 1)
        self.door: HttpDoor = http_door(app)

    def start(self) -> None:
        """Each loop of `run` becomes an actor."""
        self._loop(self._delivery.deliver_due)
        self._loop(self._clicks.send_due)
        self._loop(self._sending.send_due)
        self._time.begin(lambda: self._every(1.0, self._delivery.look_for_unknown))
        self._time.begin(lambda: self._every(1.0, self.services.watch.sweep))

    def stop(self) -> None:
        self._stopped = True

    def _loop(self, step: Callable[[], int]) -> None:
        """As `Loop` does it: at once while there is something, else after a nudge or a while."""
        nudged = Bell(self._time)
        self.services.nudges.add(nudged.ring)

        def run() -> None:
            while not self._stopped:
                if not step():
                    nudged.wait(Loop.IDLE.total_seconds())
                    self._time.sleep(Loop.GATHER.total_seconds())

        self._time.begin(run)

    def _every(self, seconds: float, step: Callable[[], object]) -> None:
        while not self._stopped:
            step()
            self._time.sleep(seconds)

    def _put_rules(self) -> None:
        with self.services.kernel.store.transaction() as tx:
            tx.setup.put("routing", {"default": "service", "rule": rules()})
            tx.setup.put("sla", {"target": PROMISES})
