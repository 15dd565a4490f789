"""What a workspace knows: values replaced when they change, so a held one is a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from slack_sandbox.blocks import Json, texts
from slack_sandbox.history import History
from slack_sandbox.identity import (
    APP_ID,
    BOT_ID,
    ENTERPRISE_ID,
    ENTERPRISE_NAME,
    OTHER_TEAM_ID,
    SISTER_TEAM_ID,
    TEAM_ID,
)
from slack_sandbox.pings import Mention, mentions


@dataclass(frozen=True)
class Member:
    """A person or a bot of the workspace."""

    id: str
    name: str
    real_name: str
    email: str = ""
    time_zone: str = "Europe/Amsterdam"
    title: str = ""
    color: str = "4bbe2e"
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    is_single: bool = False  # a guest in one channel only
    is_sister: bool = False  # at home in another workspace of the organisation, and works here too
    is_stranger: bool = False  # of another company, in a shared channel
    is_deactivated: bool = False

    @property
    def home(self) -> str:
        """The workspace that Slack names beside them, wherever they press."""
        if self.is_stranger:
            return OTHER_TEAM_ID
        return SISTER_TEAM_ID if self.is_sister else TEAM_ID

    def as_json(self, now: float) -> Json:
        zone = ZoneInfo(self.time_zone)
        offset = datetime.fromtimestamp(now, zone).utcoffset()
        return {
            "id": self.id,
            "team_id": self.home,
            "name": self.name,
            "deleted": self.is_deactivated,
            "color": self.color,
            "real_name": self.real_name,
            "tz": self.time_zone,
            "tz_label": self.time_zone,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": self._profile(),
            "is_admin": self.is_admin or self.is_owner,
            "is_owner": self.is_owner,
            "is_primary_owner": False,
            "is_restricted": self.is_guest or self.is_single,
            "is_ultra_restricted": self.is_single,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": int(now),
        }

    def in_organisation(self) -> Json:
        """Slack's `enterprise_user`: which workspaces of the organisation they work in."""
        return {
            "id": self.id,
            "enterprise_id": ENTERPRISE_ID,
            "enterprise_name": ENTERPRISE_NAME,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "teams": list(dict.fromkeys([self.home, TEAM_ID])),
        }

    def _profile(self) -> Json:
        profile = {
            "title": self.title,
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "team": self.home,
        }
        if self.is_bot:
            return profile | {"bot_id": BOT_ID, "api_app_id": APP_ID}
        return profile | {"email": self.email}


@dataclass(frozen=True)
class Reaction:
    """One emoji under a message and who put it there."""

    name: str
    users: tuple[str, ...]

    def as_json(self) -> Json:
        return {"name": self.name, "users": list(self.users), "count": len(self.users)}


@dataclass(frozen=True)
class Message:
    """One message as it stands; an edited one is another value with the same `ts`."""

    channel_id: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    subtype: str | None = None
    edited: str | None = None
    deleted: bool = False
    reply_count: int = 0
    latest_reply: str | None = None
    reply_users: tuple[str, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    ephemeral_for: str | None = None
    is_bot: bool = False
    links_bare_urls: bool = True
    links_names: bool = False
    files: list[Json] = field(default_factory=list)
    team: str = TEAM_ID  # where its author is at home
    facts: Json = field(default_factory=dict)  # what a line of Slack's own tells besides
    calls: tuple[Mention, ...] = ()  # that make somebody's phone buzz

    @property
    def is_line(self) -> bool:
        """Whether Slack wrote it itself, about the channel."""
        return bool(self.subtype) and str(self.subtype).startswith(
            ("channel_", "group_", "pinned_")
        )

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_aloud(self) -> bool:
        """A reply that stands in the channel, too."""
        return self.subtype == "thread_broadcast"

    @cached_property
    def words(self) -> str:
        """Everything a reader sees, the blocks' texts after the message's own."""
        return "\n".join([self.text, *texts(self.blocks)])

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every ping and link the message would set off."""
        return mentions(
            self.text, self.blocks, bare_urls=self.links_bare_urls, names=self.links_names
        )

    def as_json(self) -> Json:
        body: Json = {"user": self.user, "type": "message", "ts": self.ts, "text": self.text}
        if not self.is_line:
            body["team"] = self.team
        if self.is_bot:
            body |= {"bot_id": BOT_ID, "app_id": APP_ID}
        optional: Json = {
            "subtype": self.subtype,
            "thread_ts": self.thread_ts or (self.ts if self.reply_count else None),
            "blocks": self.blocks,
            "attachments": self.attachments,
            "files": self.files,
            "edited": self.edited and {"user": self.user, "ts": self.edited},
            "reactions": [reaction.as_json() for reaction in self.reactions],
        }
        body |= {name: value for name, value in optional.items() if value}
        return body | self.facts | self._thread_facts()

    def _thread_facts(self) -> Json:
        if not self.reply_count:
            return {}
        return {
            "reply_count": self.reply_count,
            "reply_users_count": len(self.reply_users),
            "reply_users": list(self.reply_users),
            "latest_reply": self.latest_reply,
        }


@dataclass
class Channel:
    """A conversation: public, private or direct."""

    id: str
    name: str
    is_private: bool = False
    is_direct: bool = False
    is_shared: bool = False  # with another company
    is_archived: bool = False
    created: int = 0
    creator: str = ""
    topic: str = ""
    purpose: str = ""
    members: dict[str, None] = field(default_factory=dict)
    history: History[Message] = field(default_factory=History)
    pins: dict[str, str] = field(default_factory=dict)
    bookmarks: list[Json] = field(default_factory=list)
    read_until: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Slack's `channel_type` of a message event."""
        if self.is_direct:
            return "im"
        return "group" if self.is_private else "channel"

    @property
    def name_in_payloads(self) -> str:
        if self.is_direct:
            return "directmessage"
        return "privategroup" if self.is_private else self.name
