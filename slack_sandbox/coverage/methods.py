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
    "api.test": full("test_user_methods"),
    "auth.test": full("test_user_methods"),
    "apps.connections.open": full("test_socket_connections"),
    "team.info": full("test_user_methods"),
    "chat.postMessage": partial(
        "test_chat_methods", "text comes back as sent; nothing is unfurled"
    ),
    "chat.postEphemeral": full("test_chat_methods"),
    "chat.update": full("test_chat_methods"),
    "chat.delete": full("test_chat_methods"),
    "chat.getPermalink": full("test_chat_methods"),
    "conversations.list": full("test_conversation_methods"),
    "conversations.info": full("test_conversation_methods"),
    "conversations.members": full("test_conversation_methods"),
    "conversations.history": full("test_conversation_methods"),
    "conversations.replies": full("test_conversation_methods"),
    "conversations.create": full("test_channel_methods"),
    "conversations.invite": full("test_channel_methods"),
    "conversations.join": full("test_channel_methods"),
    "conversations.leave": full("test_channel_methods"),
    "conversations.kick": full("test_channel_methods"),
    "conversations.open": partial("test_channel_methods", "one person at a time"),
    "conversations.setTopic": full("test_channel_methods"),
    "conversations.setPurpose": full("test_channel_methods"),
    "conversations.archive": full("test_channel_methods"),
    "conversations.unarchive": full("test_channel_methods"),
    "conversations.rename": full("test_channel_methods"),
    "conversations.mark": full("test_channel_methods"),
    "users.list": full("test_user_methods"),
    "users.info": full("test_user_methods"),
    "users.lookupByEmail": full("test_user_methods"),
    "users.conversations": full("test_conversation_methods"),
    "views.open": full("test_view_methods"),
    "views.push": full("test_view_methods"),
    "views.update": full("test_view_methods"),
    "views.publish": full("test_view_methods"),
    "usergroups.list": full("test_user_methods"),
    "usergroups.create": full("test_user_methods"),
    "usergroups.update": full("test_user_methods"),
    "usergroups.enable": full("test_user_methods"),
    "usergroups.disable": full("test_user_methods"),
    "usergroups.users.list": full("test_user_methods"),
    "usergroups.users.update": full("test_user_methods"),
    "reactions.add": full("test_marks_and_files"),
    "reactions.remove": partial("test_marks_and_files", "messages only, no files"),
    "reactions.get": partial("test_marks_and_files", "messages only, no files"),
    "pins.add": full("test_marks_and_files"),
    "pins.list": full("test_marks_and_files"),
    "pins.remove": full("test_marks_and_files"),
    "bookmarks.add": partial("test_marks_and_files", "links only"),
    "bookmarks.list": full("test_marks_and_files"),
    "blocks.validate": full("test_block_rules"),
    "files.getUploadURLExternal": full("test_marks_and_files"),
    "files.completeUploadExternal": partial(
        "test_marks_and_files", "the bytes are counted, not kept"
    ),
}
