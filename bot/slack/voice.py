"""The speaker with its budget: asked before every word, told when Slack says *slower*."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.ids import ChannelId
from bot.domain.outbox import NotExecuted, Silence, SlackAnswer
from bot.domain.ports import Letter, Now
from bot.slack.budget import POST, UPDATE, Budget
from bot.slack.hooks import SlackHooks
from bot.slack.speaker import SlackSpeaker

LEFT_TO_CLICKS = timedelta(seconds=2)  # what a click has changed, by the way that came with it
LOOKED_AT_AGAIN = timedelta(milliseconds=200)


class Voice:
    def __init__(
        self,
        speaker: SlackSpeaker,
        budget: Budget,
        now: Now,
        hooks: SlackHooks | None = None,
        limited: Callable[[], object] = lambda: None,
    ):
        """`limited` hears of each *slower*."""
        self._speaker = speaker
        self._budget = budget
        self._now = now
        self._hooks = hooks
        self._limited = limited

    def wait(self, letter: Letter, now: datetime) -> timedelta | None:
        is_fresh = now - letter.message.due_at < LEFT_TO_CLICKS
        if is_fresh and self._hooks and self._hooks.has(letter):
            return LOOKED_AT_AGAIN
        return self._budget.may(letter.message.lane, _method(letter), letter.channel, now)

    def takes(self, channel: ChannelId, here: int, everywhere: int) -> timedelta:
        return self._budget.takes(channel, here, everywhere, self._now())

    def keep_silent(self, silence: Silence) -> None:
        now = self._now()
        method = UPDATE if silence.is_update else POST
        self._budget.limited(method, silence.channel, silence.until - now, now)

    def post(self, letter: Letter) -> SlackAnswer:
        return self._heeded(letter, self._speaker.post(letter))

    def update(self, letter: Letter) -> SlackAnswer:
        return self._heeded(letter, self._speaker.update(letter))

    def find(self, letter: Letter) -> SlackAnswer | None:
        return self._speaker.find(letter)

    def _heeded(self, letter: Letter, answer: SlackAnswer) -> SlackAnswer:
        if isinstance(answer, NotExecuted) and answer.limited:
            self._limited()
            self._budget.limited(_method(letter), letter.channel, answer.wait, self._now())
        return answer


def _method(letter: Letter) -> str:
    return UPDATE if letter.message.ts else POST
