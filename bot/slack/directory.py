"""Who and what there is in the workspace, read from Slack; the desk keeps its own record of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.domain.department import Person
from bot.domain.errors import SlackUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.domain.outbox import NotExecuted
from bot.domain.ports import Identity, SeenChannel
from bot.slack.errors import PERSON_OUT_OF_REACH, Failure
from bot.slack.gateway import Answer, Method, SlackFailed, call, next_cursor

Pause = Callable[[float], object]

LONGEST_WAIT = timedelta(seconds=30)

_TRIES = 5
_PAGE = 200
_INVITED_AT_ONCE = 100
_SLACKBOT = "USLACKBOT"
_ADMIN = ("is_admin", "is_owner", "is_primary_owner")
_SHARED = ("is_ext_shared", "is_pending_ext_shared")
_GUEST = ("is_restricted", "is_ultra_restricted", "is_stranger")


class SlackDirectory:
    """Implements `Directory`; waits where Slack asks for it, by the pause it was given."""

    def __init__(self, client: WebClient, pause: Pause):
        self._client = client
        self._pause = pause

    def identity(self) -> Identity:
        answer = self._ask(self._client.auth_test)
        scopes = answer.headers.get("x-oauth-scopes", "")
        return Identity(
            bot_user=MemberId(answer["user_id"]),
            bot_id=answer.get("bot_id") or "",
            team=answer["team_id"],
            url=answer.get("url") or "",
            scopes=frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
        )

    # Channels

    def channels(self) -> list[SeenChannel]:
        found = self._all(
            self._client.conversations_list,
            "channels",
            types="public_channel,private_channel",
            exclude_archived=False,
        )
        return [self._seen(channel) for channel in found]

    def channel(self, channel: ChannelId) -> SeenChannel | None:
        with _unless("channel_not_found"):
            return self._seen(
                self._ask(self._client.conversations_info, channel=channel)["channel"]
            )
        return None

    def create_channel(self, name: str) -> SeenChannel:
        name = name.removeprefix("#")
        with _unless("name_taken"):
            answer = self._ask(self._client.conversations_create, name=name, is_private=True)
            return replace(self._seen(answer["channel"]), is_member=True, is_ours=True)
        return self._existing(name)

    def join(self, channel: SeenChannel) -> SeenChannel:
        """The channel with the bot in it, where it is public and Slack lets us."""
        if channel.is_member or channel.is_private or channel.is_archived:
            return channel
        with suppress(SlackUnavailable):
            self._ask(self._client.conversations_join, channel=channel.id)
            return replace(channel, is_member=True)
        return channel

    def members(self, channel: ChannelId) -> list[MemberId]:
        found = self._all(self._client.conversations_members, "members", channel=channel)
        return [MemberId(member) for member in found]

    def invite(self, channel: ChannelId, members: list[MemberId]) -> None:
        """Whoever can be; one who cannot keeps no other out."""
        for first in range(0, len(members), _INVITED_AT_ONCE):
            some = members[first : first + _INVITED_AT_ONCE]
            if not self._invited(channel, some) and len(some) > 1:
                for member in some:
                    self._invited(channel, [member])

    # People

    def person(self, member: MemberId) -> Person | None:
        return self._one(self._client.users_info, lambda one: one.id == member, user=member)

    def person_by_email(self, email: str) -> Person | None:
        wanted = email.lower()
        by_email = self._client.users_lookupByEmail
        return self._one(by_email, lambda one: one.email.lower() == wanted, email=email)

    def people(self) -> list[Person]:
        with _unless("unknown_method"):
            seen = map(self._person, self._all(self._client.users_list, "members"))
            return [person for person in seen if person]
        return []

    # How Slack is asked

    @cached_property
    def _identity(self) -> Identity:
        return self.identity()

    def _ask(self, method: Method, **args: object) -> SlackResponse:
        """Slack's answer, after as many of its pauses as are bearable, or `SlackUnavailable`."""
        for _ in range(_TRIES):
            try:
                return call(method, **args)
            except SlackFailed as failed:
                self._wait_or_give_up(failed.answer)
        raise SlackUnavailable("ratelimited")

    def _wait_or_give_up(self, answer: Failure) -> None:
        if isinstance(answer, NotExecuted) and answer.limited and answer.wait <= LONGEST_WAIT:
            self._pause(answer.wait.total_seconds())
        else:
            raise SlackUnavailable(answer.why)

    def _all(self, method: Method, key: str, **args: object) -> Iterator[Any]:
        """Everything under the key, page after page."""
        page = self._ask(method, limit=_PAGE, **args)
        yield from page[key]
        while cursor := next_cursor(page):
            page = self._ask(method, limit=_PAGE, cursor=cursor, **args)
            yield from page[key]

    def _existing(self, name: str) -> SeenChannel:
        """Not entered: whether it may be used, the desk decides."""
        for channel in self.channels():
            if channel.name == name:
                return channel
        # A private channel of that name, whose members have to invite the bot.
        raise SlackUnavailable("name_taken")

    def _one(
        self, method: Method, is_wanted: Callable[[Person], bool], **args: object
    ) -> Person | None:
        """Asked for alone, or looked for among all where Slack does not know how to ask."""
        with _unless(*PERSON_OUT_OF_REACH):
            with _unless("unknown_method"):
                return self._person(self._ask(method, **args)["user"])
            return next(filter(is_wanted, self.people()), None)
        return None

    def _invited(self, channel: ChannelId, members: list[MemberId]) -> bool:
        with _unless(*PERSON_OUT_OF_REACH):
            users = ",".join(members)
            self._ask(self._client.conversations_invite, channel=channel, users=users, force=True)
            return True
        return False

    def _person(self, user: Answer) -> Person | None:
        """None for a bot."""
        if user.get("is_bot") or user["id"] == _SLACKBOT:
            return None
        profile = user.get("profile") or {}
        return Person(
            id=MemberId(user["id"]),
            name=_name(user, profile),
            email=profile.get("email") or "",
            is_admin=any(user.get(right) for right in _ADMIN),
            is_outside=self._is_outside(user),
            is_gone=bool(user.get("deleted")),
            time_zone=user.get("tz") or "UTC",
        )

    def _seen(self, channel: Answer) -> SeenChannel:
        is_private = bool(channel.get("is_private"))
        return SeenChannel(
            id=ChannelId(channel["id"]),
            name=channel["name"],
            is_private=is_private,
            is_archived=bool(channel.get("is_archived")),
            # Slack tells nobody of a private channel they are not in.
            is_member=bool(channel.get("is_member", is_private)),
            is_shared=any(channel.get(how) for how in _SHARED),
            is_ours=channel.get("creator") == self._identity.bot_user,
        )

    def _is_outside(self, user: Answer) -> bool:
        is_guest = any(user.get(limit) for limit in _GUEST)
        ours = self._identity.team
        # In an organisation somebody may be at home in one workspace and work in others.
        theirs = (user.get("enterprise_user") or {}).get("teams") or []
        return is_guest or (user.get("team_id", ours) != ours and ours not in theirs)


@contextmanager
def _unless(*codes: str) -> Iterator[None]:
    """Goes on after the block where Slack declined for one of these reasons."""
    try:
        yield
    except SlackUnavailable as unavailable:
        if unavailable.args[0] not in codes:
            raise


def _name(user: Answer, profile: Answer) -> str:
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"))
    return next((name for name in names if name), user.get("name") or "")
