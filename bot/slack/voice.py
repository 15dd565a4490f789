"""The speaker with its budget: asked before every word, told when Slack says *slower*."""

from datetime import datetime, timedelta

from bot.domain.outbox import NotExecuted, SlackAnswer
from bot.domain.ports import Letter, Now
from bot.slack.budget import POST, UPDATE, Budget
from bot.slack.speaker import SlackSpeaker


class Voice:
    def __init__(self, speaker: SlackSpeaker, budget: Budget, now: Now):
        self._speaker = speaker
        self._budget = budget
        self._now = now

    def wait(self, letter: Letter, now: datetime) -> timedelta | None:
        return self._budget.may(letter.message.lane, _method(letter), letter.channel, now)

    def post(self, letter: Letter) -> SlackAnswer:
        return self._heeded(letter, self._speaker.post(letter))

    def update(self, letter: Letter) -> SlackAnswer:
        return self._heeded(letter, self._speaker.update(letter))

    def find(self, letter: Letter) -> SlackAnswer | None:
        return self._speaker.find(letter)

    def _heeded(self, letter: Letter, answer: SlackAnswer) -> SlackAnswer:
        if isinstance(answer, NotExecuted) and answer.limited:
            self._budget.limited(_method(letter), letter.channel, answer.wait, self._now())
        return answer


def _method(letter: Letter) -> str:
    return UPDATE if letter.message.ts else POST
