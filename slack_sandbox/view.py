"""A modal or home tab as the app drew it and a person filled it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from slack_sandbox.blocks import Json, texts
from slack_sandbox.identity import APP_ID, BOT_ID, TEAM_ID


@dataclass(frozen=True)
class View:
    """A modal or a home tab; every change gives it another `hash`."""

    id: str
    user: str
    hash: str
    definition: Json
    root_id: str
    previous_id: str | None = None
    state: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.definition["type"])

    @property
    def callback_id(self) -> str:
        return str(self.definition.get("callback_id", ""))

    @property
    def external_id(self) -> str:
        return str(self.definition.get("external_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.definition.get("private_metadata", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.definition["blocks"])

    @property
    def title(self) -> str:
        return _label(self.definition.get("title"))

    @property
    def submit(self) -> str:
        return _label(self.definition.get("submit"))

    @property
    def close(self) -> str:
        return _label(self.definition.get("close"))

    @cached_property
    def words(self) -> str:
        return "\n".join([self.title, *texts(self.blocks)])

    def as_json(self) -> Json:
        return {
            **self.definition,
            "id": self.id,
            "team_id": TEAM_ID,
            "private_metadata": self.private_metadata,
            "callback_id": self.callback_id,
            "state": {"values": self.state},
            "hash": self.hash,
            "title": self.definition.get("title", {"type": "plain_text", "text": "View Title"}),
            "clear_on_close": bool(self.definition.get("clear_on_close")),
            "notify_on_close": bool(self.definition.get("notify_on_close")),
            "close": self.definition.get("close"),
            "submit": self.definition.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": APP_ID,
            "external_id": self.external_id,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }


def _label(text_object: Json | None) -> str:
    return str(text_object["text"]) if text_object else ""
