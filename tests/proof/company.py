"""One desk of real processes, and who keeps it busy: posts, presses, replies, breaches."""

import base64
import random
import signal
import time
from pathlib import Path

from slack_sandbox import Sandbox
from tests.proof.faults import come_to_rest, faults_of, faults_of_replies, told
from tests.proof.import_with_kills import CHANNEL
from tests.proof.load import Agent, Load, OnCall, Sender
from tests.proof.processes import Process, environment, is_ready, until
from tests.proof.public import Public
from tests.proof.rules import configured

RAPID = "rapid-response"
SECRET = "whsec_" + base64.b64encode(b"a key that opens nothing at all!").decode()
STEPS = (("0s", "on-call"), ("3s", "channel"))
PAUSES = ((0.2, 3.0), (3.0, 9.0), (9.0, 15.0), (32.0, 40.0))  # seconds, from and to


class Worker:
    """A process with all parts, at a port of its own."""

    def __init__(self, env: dict[str, str], folder: Path, port: int):
        self.port = port
        self.process = Process({**env, "PORT": str(port)}, folder / f"run{port}.log", "run")

    def start(self) -> None:
        self.process.start()

    def is_ready(self) -> bool:
        return is_ready(self.port)

    @property
    def is_running(self) -> bool:
        return self.process.is_running

    def pause(self, dice: random.Random) -> None:
        length = dice.uniform(*dice.choice(PAUSES))
        self.process.signal(signal.SIGSTOP)
        time.sleep(length)
        self.process.signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.start()

    def restart(self) -> None:
        until(self.is_ready, "the desk is ready")
        assert self.process.stop() == 0, "a stop is clean"
        self.process.start()


class Company:
    """Desks that share one database, and everybody outside who keeps them busy."""

    def __init__(self, slack: Sandbox, folder: Path, url: str, seed: int, **settings: str):
        self.slack, self.dice = slack, random.Random(seed)
        self.kept = url if url.startswith("postgresql") else folder
        self.public, self.load = Public(random.Random(seed)), Load()
        self.agents, self.on_call = staffed(slack, self.dice)
        self.desks: list[Worker] = []
        self.senders: list[Sender] = []
        self._folder, self._seed = folder, seed
        config = configured(folder, "4s", STEPS, ["cem"])
        self._env = environment(
            slack, folder, 0, CONFIG_DIR=str(config), INTAKE_SECRET=SECRET,
            WEBHOOK_REPLY_URL=self.public.url, PUBLIC_REPLIES="on", REPLY_UNDO_SECONDS="1",
            DATABASE_URL=url, **settings,
        )  # fmt: skip

    def open(self, port: int, workers: int) -> None:
        self.desks = [Worker(self._env, self._folder, port + one) for one in range(workers)]
        for desk in self.desks:
            desk.start()
        self.be_ready()
        # The same posts come in by every door: all of them more than once, and often at once.
        self.senders = [
            Sender(desk.port, SECRET, random.Random(self._seed), self.load) for desk in self.desks
        ]
        for sender in self.senders * (2 if workers == 1 else 1):
            self.load.begin(sender.post, every=0.1)
        self.load.begin(self.on_call.work, every=0.4)
        for agent in self.agents:
            self.load.begin(agent.work, every=0.1)

    def close(self) -> None:
        self.load.stop()
        self.be_ready()
        come_to_rest(self.kept)
        for desk in self.desks:
            assert desk.process.stop() == 0, "a stop is clean"
        self.public.close()

    def be_ready(self) -> None:
        until(lambda: all(desk.is_ready() for desk in self.desks), "the desk is ready")

    def posts(self) -> set[str]:
        """Those whose sender was told that they are kept."""
        return {key for sender in self.senders for key in sender.kept}

    def faults(self) -> list[str]:
        of_replies = faults_of_replies(self.kept, self.public, self.agents)
        return [*faults_of(self.kept, self.slack, self.posts()), *of_replies]

    def told(self) -> str:
        return told(self.kept, self.slack, self.public, self.posts())


def staffed(slack: Sandbox, dice: random.Random) -> tuple[list[Agent], OnCall]:
    ann, ben, dan, cem = (slack.person(name) for name in ("ann", "ben", "dan", "cem"))
    slack.channel(CHANNEL, members=[ann, ben, dan], private=True)
    slack.channel(RAPID, members=[cem], private=True)
    agents = [Agent(slack, one, CHANNEL, random.Random(dice.random())) for one in (ann, ben, dan)]
    return agents, OnCall(slack, cem, RAPID, random.Random(dice.random()))
