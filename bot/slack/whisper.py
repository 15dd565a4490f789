"""A word to one person in a channel, where no answer to a click can carry it; never kept."""

import logging

from slack_sdk import WebClient

from bot.domain.ids import ChannelId, MemberId
from bot.slack.gateway import SlackFailed, call
from bot.views.drawn import Drawn
from bot.views.sheets import not_answered

log = logging.getLogger(__name__)


class Whisper:
    def __init__(self, client: WebClient):
        self._client = client

    def say(self, channel: ChannelId, member: MemberId, told: Drawn, thread: str | None) -> None:
        try:
            call(
                self._client.chat_postEphemeral,
                channel=channel, user=member, text=told.text, blocks=told.blocks, thread_ts=thread,
            )  # fmt: skip
        except SlackFailed as failed:
            log.warning("answer not delivered", extra={"code": failed.code})
            self.tell(member, not_answered(told.text))

    def tell(self, member: MemberId, text: str) -> None:
        """In the conversation with the bot, where they look at no channel."""
        try:
            call(self._client.chat_postMessage, channel=member, text=text)
        except SlackFailed as failed:
            log.warning("answer not delivered", extra={"code": failed.code})
