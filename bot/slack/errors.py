"""What Slack's error codes mean for us; a code that is not here leaves the outcome unknown.

The rule is what the pages of the methods say (docs.slack.dev/reference/methods/<method>, and the
codes that all of them share), as they were on 2026-08-20: each code that a page lists under a
method we call has its meaning here (`tests/slack/documented_errors.json` holds the lists). By those
words a listed error says that nothing was done, with few exceptions, which are named as such.
"""

from collections.abc import Callable

from bot.domain.outbox import NotExecuted, PlaceClosed, Refused, ShutOut, Unknown, Vanished

Failure = NotExecuted | Refused | Unknown | PlaceClosed | Vanished | ShutOut


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Our own fault in drawing: the same message in plain words may still be taken.
DRAWING_FAULTS = _codes("""
    msg_too_long msg_blocks_too_long invalid_blocks invalid_blocks_format block_mismatch no_text
    invalid_attachments too_many_attachments only_one_table_allowed markdown_text_conflict
    invalid_arguments
""")

# One person cannot be reached, invited or seen; the others can.
PERSON_OUT_OF_REACH = _codes("""
    user_not_found users_not_found user_not_visible user_disabled user_not_in_channel no_user
    cannot_dm_bot is_bot cant_invite cant_invite_self already_in_channel user_is_restricted
    ura_max_channels org_user_not_in_team invitee_cant_see_channel no_external_invite_permission
    invalid_user_combination app_cannot_join_channel
""")

# Slack wants us to be slower.
LIMITED = _codes("ratelimited rate_limited message_limit_exceeded")

# It could not be done in this moment; the same call may succeed in the next.
_LATER = _codes("streaming_state_conflict fetch_members_failed list_record_comment_fetch_failed")

# "It's possible some aspect of the operation succeeded before the error was raised", say the first
# two of themselves; what the others say does not rule it out.
_NOBODY_KNOWS = _codes("""
    internal_error fatal_error request_timeout service_unavailable update_failed
""")

_KEPT_OUT = _codes("""
    token_revoked token_expired account_inactive invalid_auth not_authed missing_scope
    not_allowed_token_type no_permission access_denied org_login_required accesslimited
    team_access_not_granted team_added_to_org enterprise_is_restricted app_access_restricted
    two_factor_setup_required forbidden_team metadata_must_be_sent_from_app
""")

_PLACE_CLOSED = _codes("""
    is_archived channel_not_found not_in_channel is_inactive ekm_access_denied restricted_action
    restricted_action_read_only_channel restricted_action_thread_only_channel
    restricted_action_non_threadable_channel restricted_action_thread_locked
    posting_to_channel_denied channel_is_limited_access external_channel_migrating
    messages_tab_disabled method_not_supported_for_channel_type
""")

_VANISHED = _codes("message_not_found cant_update_message edit_window_closed thread_not_found")

# The form was neither shown nor changed: it is gone, is another by now, or came too late.
_FORM_NOT_SHOWN = _codes("""
    expired_trigger_id exchanged_trigger_id invalid_trigger_id trigger_expired trigger_exchanged
    not_found hash_conflict push_limit_reached duplicate_external_id view_too_large not_enabled
    not_implemented missing_profile_id invalid_view
""")

_DECLINED = _codes("""
    unknown_method method_deprecated deprecated_endpoint missing_argument missing_args
    insecure_request invalid_arg_name invalid_array_arg invalid_charset invalid_form_data
    invalid_post_type missing_post_type invalid_cursor invalid_limit limit_required
    invalid_types invalid_ts_oldest invalid_ts_latest team_not_found too_many_members
    invalid_metadata_format invalid_metadata_schema invalid_metadata_filter_keys
    metadata_too_large invalid_message as_user_not_supported send_on_behalf_not_allowed
    cannot_reply_to_message cant_delete_message cant_broadcast_message
    no_dual_broadcast_content_update duplicate_channel_not_found duplicate_message_not_found
    draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
    plan_upgrade_required paid_teams_only permission_denied no_such_subteam subteam_not_found
    subteam_max_users_exceeded failed_for_some_users invalid_team invalid_users
    no_users_provided users_list_not_supplied not_enough_users too_many_users already_pinned
    too_many_pins no_pin not_pinnable no_item_specified bad_timestamp already_archived too_long
    name_taken no_channel cannot_create_channel invalid_name invalid_name_required
    invalid_name_specials invalid_name_maxlength invalid_name_punctuation
    canvas_disabled_user_team attachment_payload_limit_exceeded too_many_contact_cards
""")

# Of files, which the desk does not send; a customer's link to one may be taken for one.
_FILES = _codes("""
    missing_file_data blocked_file_type file_deleted file_is_deleted file_not_found file_not_shared
    file_share_limit_reached max_file_sharing_exceeded unable_to_share_files
    slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked
    slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked
    slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked
""")

_MEANINGS: list[tuple[Callable[[str], Failure], frozenset[str]]] = [
    (NotExecuted, LIMITED | _LATER),
    (Unknown, _NOBODY_KNOWS),
    (ShutOut, _KEPT_OUT),
    (PlaceClosed, _PLACE_CLOSED),
    (Vanished, _VANISHED),
    (Refused, DRAWING_FAULTS | PERSON_OUT_OF_REACH | _FORM_NOT_SHOWN | _DECLINED | _FILES),
]

ERRORS: dict[str, Callable[[str], Failure]] = {
    code: meaning for meaning, codes in _MEANINGS for code in codes
}
