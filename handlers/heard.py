"""The reader of what happens in the workspace, as Slack tells it; as little is trusted."""

from dataclasses import dataclass

from bot.domain.ids import ChannelId, MemberId
from handlers.memo import matched
from handlers.reading import CHANNEL, MEMBER, Body, text_at


@dataclass(frozen=True)
class Heard:
    """Something that happened in the workspace."""

    body: Body

    @property
    def member(self) -> MemberId:
        found = self._text("user", "id") or self._text("user")
        return MemberId(matched(MEMBER, found)[0])

    @property
    def channel(self) -> ChannelId:
        found = self._text("channel", "id") or self._text("channel")
        return ChannelId(matched(CHANNEL, found)[0])

    @property
    def old_channel(self) -> ChannelId:
        return ChannelId(matched(CHANNEL, self._text("old_channel_id"))[0])

    @property
    def new_channel(self) -> ChannelId:
        return ChannelId(matched(CHANNEL, self._text("new_channel_id"))[0])

    @property
    def channel_name(self) -> str:
        """As it is called from now on; "" where nobody renamed it."""
        return self._text("channel", "name")

    @property
    def tab(self) -> str:
        return self._text("tab")

    @property
    def text(self) -> str:
        return self._text("text")

    @property
    def message(self) -> str:
        return self._text("ts")

    @property
    def thread(self) -> str:
        return self._text("thread_ts")

    @property
    def reaction(self) -> str:
        return self._text("reaction").partition("::")[0]  # without a tone of skin

    @property
    def marked(self) -> str:
        """The message that has the reaction; "" where it is on a file."""
        return self._text("item", "ts")

    @property
    def marked_in(self) -> ChannelId:
        return ChannelId(matched(CHANNEL, self._text("item", "channel"))[0])

    @property
    def is_by_a_person(self) -> bool:
        """Said by somebody, not by a bot or a workflow.

        What they may do, their rights say: `team` and `user_team` name where somebody is at home,
        which in an organisation of several workspaces need not be here.
        """
        is_bot = self._text("bot_id") or self._text("subtype") == "bot_message"
        return not is_bot and bool(MEMBER.fullmatch(self._text("user")))

    def _text(self, *path: str) -> str:
        return text_at(self.body, "event", *path)
