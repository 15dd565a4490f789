"""What of Slack's Web API there is: the table the routes are made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Coverage:
    """How much of a method there is, what is missing, and the test file that shows it."""

    status: str
    note: str
    tests: str


def full(tests: str) -> Coverage:
    return Coverage("full", "", tests)


def partial(tests: str, note: str) -> Coverage:
    return Coverage("partial", note, tests)


METHODS: dict[str, Coverage] = {
    "api.test": full("test_auth"),
    "auth.test": full("test_auth"),
    "apps.connections.open": full("test_socket_mode"),
    "team.info": full("test_auth"),
    "chat.postMessage": partial("test_chat", "text comes back as sent; nothing is unfurled"),
    "chat.postEphemeral": full("test_chat"),
    "chat.update": full("test_chat"),
    "chat.delete": full("test_chat"),
    "chat.getPermalink": full("test_chat"),
    "conversations.list": full("test_conversations"),
    "conversations.info": full("test_conversations"),
    "conversations.members": full("test_conversations"),
    "conversations.history": full("test_conversations"),
    "conversations.replies": full("test_conversations"),
    "conversations.create": full("test_channels"),
    "conversations.invite": full("test_channels"),
    "conversations.join": full("test_channels"),
    "conversations.leave": full("test_channels"),
    "conversations.kick": full("test_channels"),
    "conversations.open": partial("test_channels", "one person at a time"),
    "conversations.setTopic": full("test_channels"),
    "conversations.setPurpose": full("test_channels"),
    "conversations.archive": full("test_channels"),
    "conversations.unarchive": full("test_channels"),
    "conversations.rename": full("test_channels"),
    "conversations.mark": full("test_channels"),
    "users.list": full("test_users"),
    "users.info": full("test_users"),
    "users.lookupByEmail": full("test_users"),
    "users.conversations": full("test_users"),
    "views.open": full("test_views"),
    "views.push": full("test_views"),
    "views.update": full("test_views"),
    "views.publish": full("test_views"),
    "usergroups.list": full("test_usergroups"),
    "usergroups.create": full("test_usergroups"),
    "usergroups.update": full("test_usergroups"),
    "usergroups.enable": full("test_usergroups"),
    "usergroups.disable": full("test_usergroups"),
    "usergroups.users.list": full("test_usergroups"),
    "usergroups.users.update": full("test_usergroups"),
    "reactions.add": full("test_marks"),
    "reactions.remove": partial("test_marks", "messages only, no files"),
    "reactions.get": partial("test_marks", "messages only, no files"),
    "pins.add": full("test_marks"),
    "pins.list": full("test_marks"),
    "pins.remove": full("test_marks"),
    "bookmarks.add": partial("test_marks", "links only"),
    "bookmarks.list": full("test_marks"),
    "blocks.validate": full("test_blocks"),
    "files.getUploadURLExternal": full("test_files"),
    "files.completeUploadExternal": partial("test_files", "the bytes are counted, not kept"),
}
