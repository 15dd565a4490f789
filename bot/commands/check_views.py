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
from bot.commands.open_questions import QUESTIONS
from bot.commands.output import say
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


def judge(settings: Settings, begin: str) -> tuple[list[str], list[str]]:
    """The faults, and what else there is to say; `begin` is where an earlier run was stopped."""
    waiting = {name: view for name, view in views().items() if name >= begin}
    if not waiting:
        raise click.BadParameter(f"there is no view {begin}, nor one after it", param_hint="--from")
    url = settings.slack_api_url
    pause = 0 if settings.slack_is_here else PAUSE
    say(_WHAT.format(count=len(waiting), url=url), err=True)
    validator, judged = SlackValidator(url), 0
    faults: list[str] = []
    answers: list[str] = []
    try:
        for name, found in _judged(validator, waiting, pause):
            faults += [f"view {name}: {why}" for why in _some(found)]
            judged += 1
        answers += _answered(validator, pause)
    except SlackFailed as failed:
        faults.append(_stopped(failed, url, *_left(list(waiting), judged)))
    told = f"Slack's validator has judged {judged} of {len(waiting)} views. {_NOT_KNOWN}"
    return faults, [told, *answers]


def _answered(validator: SlackValidator, pause: float) -> Iterator[str]:
    """What no document settles; that Slack answers otherwise than is assumed here is no fault."""
    for question in QUESTIONS:
        time.sleep(pause)
        is_taken = not validator.faults(question.drawing)
        answer = "taken" if is_taken else "not taken"
        assumed = "as assumed" if is_taken is question.is_taken else "here the opposite is assumed"
        yield f"An open question, {question.about}: {answer}, {assumed}"


def _judged(
    validator: SlackValidator, waiting: Mapping[str, Drawing], pause: float
) -> Iterator[tuple[str, list[str]]]:
    for number, (name, view) in enumerate(waiting.items()):
        if number:
            time.sleep(pause)
        if number % 20 == 0:
            say(f"{number} of {len(waiting)}: {name}", err=True)
        size = len(json.dumps(view))
        too_long = [f"{size:,} characters, and Slack takes {LONGEST:,}"] if size > LONGEST else []
        yield name, too_long or validator.faults(view)


def _some(found: list[str]) -> list[str]:
    more = len(found) - SHOWN
    return found[:SHOWN] + ([f"… and {more} more faults"] if more > 0 else [])


def _left(names: list[str], judged: int) -> tuple[str, str]:
    """What is not done, in words, and where to go on."""
    left = names[judged:]
    if not left:
        return "all views are judged, but the open questions are not answered", names[-1]
    return f"{len(left)} views are not judged, {left[0]} to {left[-1]}", left[0]


def _stopped(failed: SlackFailed, url: str, left: str, first: str) -> str:
    go_on = f"go on with: python -m bot check --views --from {first}"
    answer = failed.answer
    if isinstance(answer, NotExecuted) and answer.limited:
        wait = f"{answer.wait.total_seconds():.0f} seconds"
        return f"Slack asks to wait {wait}: {left}. After that {go_on}"
    if failed.code == "unknown_method":
        slack = "Slack itself is at https://slack.com/api/"
        return f"SLACK_API_URL: there is no blocks.validate at {url}. {slack}"
    why = f"Slack gave no verdict ({failed.code})"
    return f"{why}: {left}. Look at the way to {url}, then {go_on}"
