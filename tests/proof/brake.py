"""The brake in a storm: how soon an answer is refused, and how soon everybody reads who pulled it.

python -m tests.proof.brake [--posts 1000]

Ten virtual minutes of an ash cloud before a Slack that takes one message a second and channel (see
`benchmarks.deluge`). The brake is pulled and released again and again in the thick of it, each time
with a reason. Refusing is measured in real time, reading in virtual time: the desk, its arbiter and
its budget are those of `run`.
"""

import argparse
import re
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus

from benchmarks.ash_cloud import DEPARTMENTS, arrivals
from benchmarks.deluge import POST, SEED, START, posts_come, slack_with_limits
from benchmarks.desks import folder
from benchmarks.storm_desk import StormDesk
from benchmarks.virtual import VirtualTime
from bot.domain.errors import OutgoingIsOff
from bot.domain.ids import RAPID_RESPONSE, ChannelId, DepartmentKey, MemberId
from bot.domain.reply import Outgoing
from bot.store.within import Within
from slack_sandbox import Sandbox

REFUSED_WITHIN = 1.0  # seconds
READ_WITHIN = 2.0
PULLED_AT = range(20, 320, 30)  # virtual seconds: most posts come in the first three minutes
RELEASED_AFTER = 15.0
PLACES = (*(f"department:{key}" for key in DEPARTMENTS), RAPID_RESPONSE)
_BRAKE = re.compile(r"note:brake:(?P<at>\d+):\w+:(?P<place>[\w:-]+)")


@dataclass
class Findings:
    refused: list[float] = field(default_factory=list)  # seconds from the press
    pressed: dict[float, str] = field(default_factory=dict)  # when, and to what
    read: dict[float, dict[str, float]] = field(default_factory=dict)  # channel to delay

    @property
    def slowest(self) -> float:
        return max(delay for delays in self.read.values() for delay in delays.values())

    @property
    def is_good(self) -> bool:
        everywhere = all(delays.keys() == set(PLACES) for delays in self.read.values())
        return everywhere and max(self.refused) < REFUSED_WITHIN and self.slowest <= READ_WITHIN


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--posts", type=int, default=1_000)
    found = measure(arguments.parse_args().posts)
    for pressed, switch in found.pressed.items():
        delays = found.read[pressed]
        worst = max(delays.values(), default=float("inf"))
        told = f"in {len(delays)} of {len(PLACES)} channels within {worst:.1f} s"
        sys.stdout.write(f"{pressed:6.0f} s  {switch:4}  {told}\n")
    refused = max(found.refused) * 1000
    sys.stdout.write(
        f"refused within {refused:.0f} ms, in every channel within {found.slowest:.1f} s\n"
    )
    return 0 if found.is_good else 1


def measure(posts: int) -> Findings:
    clock, found = VirtualTime(START), Findings()
    with folder() as place, slack_with_limits() as slack:
        slack.clock = clock.epoch
        boss = slack.person("eve", admin=True)
        desk = StormDesk(place, clock, slack)
        slack.rate_limits = True
        desk.start()
        clock.begin(lambda: posts_come(clock, desk, arrivals(posts, SEED)))
        clock.begin(lambda: _pull(clock, desk, MemberId(boss.id), found))
        clock.run()
        _read(slack, found)
    return found


def _pull(clock: VirtualTime, desk: StormDesk, boss: MemberId, found: Findings) -> None:
    for moment in PULLED_AT:
        clock.sleep(moment - clock.seconds)
        found.refused.append(_refuse(clock, desk, found))
        clock.sleep(RELEASED_AFTER)
        found.pressed[clock.seconds] = "on"
        desk.services.administration.set_outgoing(Outgoing.ON, by=boss)
    clock.sleep(RELEASED_AFTER)
    desk.stop()


def _refuse(clock: VirtualTime, desk: StormDesk, found: Findings) -> float:
    """Real seconds from the press to the first answer that is refused."""
    services = desk.services
    with services.kernel.look() as work:
        channel = work.tx.people.channel_at("department:service")
        assert channel is not None
        by = work.tx.people.members(channel.channel or ChannelId(""))[0]
        here = Within([DepartmentKey("service")], open_only=True)
        [case, *_] = work.tx.cases.page(below=None, within=here)
    begun = time.perf_counter()
    found.pressed[clock.seconds] = "off"
    services.administration.set_outgoing(Outgoing.OFF, by=by, why="wrong prices")
    try:
        services.replies.submit(case.id, "We are on it.", by=by, once=str(clock.seconds))
    except OutgoingIsOff:
        return time.perf_counter() - begun
    raise AssertionError("an answer was taken while the brake was on")


def _read(slack: Sandbox, found: Findings) -> None:
    """When each channel could read it: as Slack took the calls."""
    moments = {round(at, 3): at for at in found.pressed}
    found.read = {at: {} for at in found.pressed}
    for call in slack.calls:
        said = (
            _BRAKE.search(str(call.args.get("metadata"))) if call.status == HTTPStatus.OK else None
        )
        if said and call.method == POST:
            pressed = round(int(said["at"]) / 1000 - START.timestamp(), 3)
            delay = call.at - START.timestamp() - pressed
            found.read[moments[pressed]][said["place"]] = delay


if __name__ == "__main__":
    sys.exit(main())
