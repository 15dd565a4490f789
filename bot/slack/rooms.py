"""Opens and furnishes the channels of incidents; the desk itself keeps what is done already."""

from collections.abc import Collection, Mapping, Sequence
from html import unescape
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.domain.errors import SlackUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.domain.ports import SeenChannel
from bot.slack.directory import SlackDirectory
from bot.slack.errors import PERSON_OUT_OF_REACH
from bot.slack.gateway import Method, SlackFailed, call

_AT_ONCE = 100
_TOPIC = 250
_IN_ALREADY = "already_in_channel"


class SlackRooms:
    """Implements `RoomMaker`."""

    def __init__(self, client: WebClient, directory: SlackDirectory):
        self._client = client
        self._directory = directory

    def create(self, name: str) -> SeenChannel | None:
        try:
            answer = _ask(self._client.conversations_create, name=name, is_private=True)
        except SlackUnavailable as declined:
            if declined.args[0] == "name_taken":
                return None
            raise
        channel = answer["channel"]
        return SeenChannel(
            ChannelId(channel["id"]), channel["name"], True, False, True, is_ours=True
        )

    def find(self, name: str) -> SeenChannel | None:
        """Only one that the desk has made itself, and nobody has closed or shared since."""
        for seen in self._directory.channels():
            is_open = seen.is_member and seen.is_private and not seen.is_archived
            if seen.name == name and is_open and seen.is_ours and not seen.is_shared:
                return seen
        return None

    def let_in(self, channel: ChannelId, members: Sequence[MemberId]) -> dict[MemberId, str]:
        for first in range(0, len(members), _AT_ONCE):
            self._invite(channel, members[first : first + _AT_ONCE])
        there = set(self._directory.members(channel))
        out = [(member, self._invite(channel, [member])) for member in members
               if member not in there]  # fmt: skip
        return {member: why for member, why in out if why and why != _IN_ALREADY}

    def describe(self, channel: ChannelId, topic: str, purpose: str) -> None:
        """What is there already is not set again: Slack writes every change into the channel."""
        seen = _ask(self._client.conversations_info, channel=channel)["channel"]
        topic, purpose = topic[:_TOPIC], purpose[:_TOPIC]
        if not _says(seen, "topic", topic):
            _ask(self._client.conversations_setTopic, channel=channel, topic=topic)
        if not _says(seen, "purpose", purpose):
            _ask(self._client.conversations_setPurpose, channel=channel, purpose=purpose)

    def pin(self, channel: ChannelId, ts: str) -> None:
        _unless({"already_pinned"}, self._client.pins_add, channel=channel, timestamp=ts)

    def words_at(self, channel: ChannelId, ts: str) -> str | None:
        where = {"channel": channel, "oldest": ts, "latest": ts, "inclusive": True, "limit": 1}
        found = _ask(self._client.conversations_history, **where).get("messages") or []
        if not found:
            gone = {"thread_not_found", "message_not_found"}
            thread = self._client.conversations_replies
            answer = _unless(gone, thread, channel=channel, ts=ts, limit=1)
            said = answer["messages"] if answer else []
            found = [one for one in said if one["ts"] == ts]
        return str(found[0].get("text") or "") if found else None

    def _invite(self, channel: ChannelId, members: Sequence[MemberId]) -> str | None:
        """Why Slack declined, or None."""
        users = ",".join(members)
        try:
            _ask(self._client.conversations_invite, channel=channel, users=users, force=True)
        except SlackUnavailable as declined:
            if declined.args[0] not in PERSON_OUT_OF_REACH:
                raise
            return str(declined.args[0])
        return None


def _says(seen: Mapping[str, Any], name: str, words: str) -> bool:
    """Slack gives a text back with `&`, `<` and `>` as entities."""
    value = (seen.get(name) or {}).get("value") or ""
    return unescape(value) == unescape(words)


def _ask(method: Method, **args: object) -> SlackResponse:
    try:
        return call(method, **args)
    except SlackFailed as failed:
        raise SlackUnavailable(failed.code) from None


def _unless(codes: Collection[str], method: Method, **args: object) -> SlackResponse | None:
    """None where Slack declined for one of these reasons."""
    try:
        return _ask(method, **args)
    except SlackUnavailable as declined:
        if declined.args[0] not in codes:
            raise
        return None
