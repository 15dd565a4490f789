"""Every error code that this Slack answers, with a method that does and the test that shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A code, who answers it, and whether Slack documents it for that method."""

    method: str
    test: str
    is_documented: bool = True

    @property
    def source(self) -> str:
        if not self.is_documented:
            return "assumed: Slack refuses, in words that are nowhere documented"
        return f"https://docs.slack.dev/reference/methods/{self.method}"


# A test, then the codes that it shows, each with a method that answers it.
SHOWN = """
test_channel_methods::test_an_archived_channel_keeps_its_name
    already_archived conversations.archive
test_channel_methods::test_an_invitation_names_everybody_it_refuses
    already_in_channel conversations.invite
    cant_invite_self conversations.invite
test_marks_and_files::test_a_message_is_pinned_once
    already_pinned pins.add
    no_item_specified pins.add
    no_pin pins.remove
test_marks_and_files::test_a_reaction_is_given_once_and_taken_back_once
    already_reacted reactions.add
    invalid_name reactions.add
    no_reaction reactions.remove
test_rare_refusals::test_each_has_its_own_code
    alt_txt_too_large files.getUploadURLExternal
    cant_archive_general conversations.archive
    cant_kick_from_general conversations.kick
    cant_leave_general conversations.leave
    invalid_attachments chat.update
    invalid_bookmark_type bookmarks.add
    invalid_ts_latest conversations.history
    metadata_too_large chat.postMessage
    too_many_users conversations.invite
test_chat_methods::test_what_slack_refuses_is_refused
    cannot_reply_to_message chat.postMessage
    invalid_arguments chat.postMessage
    invalid_blocks_format chat.postMessage
    invalid_metadata_format chat.postMessage
    is_archived chat.postMessage
    markdown_text_conflict chat.postMessage
    no_text chat.postMessage
    too_many_attachments chat.postMessage
    user_not_in_channel chat.postEphemeral
test_chat_methods::test_only_own_messages_of_a_few_thousand_characters_are_changed
    cant_delete_message chat.delete
    cant_update_message chat.update
    message_not_found chat.update
    msg_too_long chat.update
test_people_from_elsewhere::test_who_cannot_be_invited_is_named_with_the_reason
    cant_invite conversations.invite
    ura_max_channels conversations.invite
test_channel_methods::test_people_are_removed_but_never_the_bot_by_itself
    cant_kick_self conversations.kick
test_scopes_and_reach::test_a_private_channel_that_the_bot_was_removed_from_is_not_found
    channel_not_found conversations.info
test_view_methods::test_an_external_id_stands_for_one_form_only
    duplicate_external_id views.open
test_view_methods::test_a_trigger_is_good_once_and_for_three_seconds
    exchanged_trigger_id views.open
    expired_trigger_id views.open
    invalid_trigger_id views.open
test_response_urls::test_after_half_an_hour_it_is_over
    expired_url response_url
test_marks_and_files::test_a_file_that_was_never_sent_is_not_found
    file_not_found files.completeUploadExternal
    missing_argument files.getUploadURLExternal
test_user_methods::test_a_user_group_cannot_be_emptied_nor_made_twice
    handle_already_exists usergroups.create
    invalid_users usergroups.users.update
    name_already_exists usergroups.create
    no_such_subteam usergroups.users.list
    no_users_provided usergroups.users.update
test_view_methods::test_an_update_with_an_old_hash_is_a_conflict
    hash_conflict views.update
    not_found views.update
test_user_methods::test_each_method_wants_its_own_kind_of_token
    invalid_auth auth.test
    not_allowed_token_type auth.test
    not_authed auth.test
    unknown_method api.test
test_block_rules::test_a_message_method_names_every_fault_with_a_pointer
    invalid_blocks chat.postMessage
test_conversation_methods::test_a_list_is_paged_by_a_cursor_that_fits_its_own_method_only
    invalid_cursor conversations.history
test_user_methods::test_a_body_that_is_no_json_is_said_to_be_none
    invalid_json anything
test_conversation_methods::test_reading_needs_membership_and_sensible_bounds
    invalid_limit conversations.members
    invalid_ts_oldest conversations.history
    invalid_types conversations.list
    not_in_channel conversations.history
test_marks_and_files::test_a_bookmark_is_a_link
    invalid_link bookmarks.add
test_block_rules::test_the_public_validator_needs_no_token
    invalid_message blocks.validate
    invalid_view blocks.validate
test_channel_methods::test_a_name_slack_would_refuse_is_refused
    invalid_name_maxlength conversations.create
    invalid_name_punctuation conversations.create
    invalid_name_specials conversations.create
    name_taken conversations.create
test_rare_refusals::test_a_channel_needs_a_name
    invalid_name_required conversations.create
test_scopes_and_reach::test_an_archived_channels_messages_cannot_be_changed
    is_inactive chat.update
test_channel_methods::test_the_bot_joins_public_channels_only_and_leaves_them
    method_not_supported_for_channel_type conversations.join
test_scopes_and_reach::test_each_kind_of_conversation_has_a_scope_of_its_own
    missing_scope conversations.info
test_block_rules::test_twelve_thousand_characters_are_the_budget_of_a_message
    msg_blocks_too_long chat.postMessage
test_channel_methods::test_an_incident_channel_is_made_named_filled_and_closed
    not_archived conversations.unarchive
test_channel_methods::test_a_channel_that_somebody_else_made_is_not_the_bots_to_rename
    not_authorized conversations.rename
test_view_methods::test_a_home_tab_that_is_switched_off_cannot_be_published
    not_enabled views.publish
test_view_methods::test_three_forms_may_lie_upon_each_other
    push_limit_reached views.push
test_rare_refusals::test_too_many_calls_are_told_to_wait
    ratelimited anything
test_conversation_methods::test_a_thread_begins_with_its_parent_and_goes_forward
    thread_not_found conversations.replies
test_user_methods::test_a_revoked_token_is_worth_nothing
    token_revoked auth.test
test_channel_methods::test_a_topic_has_two_hundred_and_fifty_characters
    too_long conversations.setTopic
test_rare_refusals::test_a_channel_has_a_hundred_of_each
    too_many_bookmarks bookmarks.add
    too_many_pins pins.add
test_response_urls::test_five_answers_are_all
    used_url response_url
test_channel_methods::test_a_direct_conversation_opens_once_for_each_person
    user_disabled conversations.open
    user_not_found conversations.open
    users_list_not_supplied conversations.open
test_user_methods::test_a_person_is_found_by_address_until_they_leave
    users_not_found users.lookupByEmail
test_view_methods::test_a_form_larger_than_a_quarter_megabyte_is_too_large
    view_too_large views.open
"""
# Not among the errors that the reference names for the method.
ASSUMED = frozenset({"expired_url", "invalid_json", "too_many_users", "used_url"})


def _read(shown: str) -> dict[str, Code]:
    codes: dict[str, Code] = {}
    test = ""
    for line in shown.strip().splitlines():
        if not line.startswith(" "):
            test = line
            continue
        code, method = line.split()
        codes[code] = Code(method, test, code not in ASSUMED)
    return codes


CODES = _read(SHOWN)
