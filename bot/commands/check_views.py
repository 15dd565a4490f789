"""`check --views`: every view that the desk draws, judged by Slack itself.

What is sent are the views as they were last reviewed (`bot/views/golden`), with made-up customers;
a test compares them with what is drawn now.
"""

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

import bot.views
from bot.domain.outbox import NotExecuted
from bot.slack.gateway import SlackFailed
from bot.slack.validator import LONGEST, Drawing, SlackValidator
from config.settings import Settings

PAUSE = 1.0  # seconds; how often the validator may be asked is not published
SHOWN = 3  # faults of one view

_WHAT = (
    "Sending {count} views with made-up customers to {url}blocks.validate: no token, nothing of"
    " this desk, about one a second."
)
_NOT_KNOWN = (
    "It does not say on which surface a block may stand, nor whether your workspace has it yet: a"
    " message that Slack refuses all the same is said in plain words, and the log names it."
)


def views() -> Mapping[str, Drawing]:
    folder = Path(bot.views.__file__).parent / "golden"
    return {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))
    }


def judge(settings: Settings, begin: str) -> tuple[list[str], str]:
    """The faults, and what else there is to say; `begin` is where an earlier run was stopped."""
    waiting = {name: view for name, view in views().items() if name >= begin}
    if not waiting:
        raise click.BadParameter(f"there is no view {begin}, nor one after it", param_hint="--from")
    url = settings.slack_api_url
    click.echo(_WHAT.format(count=len(waiting), url=url), err=True)
    validator, faults, judged = SlackValidator(url), [], 0
    try:
        for name, found in _judged(validator, waiting, 0 if settings.slack_is_here else PAUSE):
            faults += [f"view {name}: {why}" for why in _some(found)]
            judged += 1
    except SlackFailed as failed:
        left = list(waiting)[judged:]
        faults.append(_stopped(failed, left, url))
    return faults, f"Slack's validator has judged {judged} of {len(waiting)} views. {_NOT_KNOWN}"


def _judged(
    validator: SlackValidator, waiting: Mapping[str, Drawing], pause: float
) -> Iterator[tuple[str, list[str]]]:
    for number, (name, view) in enumerate(waiting.items()):
        if number:
            time.sleep(pause)
        if number % 20 == 0:
            click.echo(f"{number} of {len(waiting)}: {name}", err=True)
        size = len(json.dumps(view))
        too_long = [f"{size:,} characters, and Slack takes {LONGEST:,}"] if size > LONGEST else []
        yield name, too_long or validator.faults(view)


def _some(found: list[str]) -> list[str]:
    more = len(found) - SHOWN
    return found[:SHOWN] + ([f"… and {more} more faults"] if more > 0 else [])


def _stopped(failed: SlackFailed, left: list[str], url: str) -> str:
    go_on = f"go on with: python -m bot check --views --from {left[0]}"
    open_ones = f"{len(left)} views are not judged, {left[0]} to {left[-1]}"
    answer = failed.answer
    if isinstance(answer, NotExecuted) and answer.limited:
        wait = f"{answer.wait.total_seconds():.0f} seconds"
        return f"Slack asks to wait {wait}: {open_ones}. After that {go_on}"
    if failed.code == "unknown_method":
        slack = "Slack itself is at https://slack.com/api/"
        return f"SLACK_API_URL: there is no blocks.validate at {url}. {slack}"
    why = f"Slack gave no verdict ({failed.code})"
    return f"{why}: {open_ones}. Look at the way to {url}, then {go_on}"
