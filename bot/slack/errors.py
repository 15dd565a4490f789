"""What Slack's error codes mean for us; a code that is not here leaves the outcome unknown."""

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
    invalid_user_combination
""")

_LATER = _codes("ratelimited rate_limited message_limit_exceeded")

_NOBODY_KNOWS = _codes("""
    internal_error fatal_error request_timeout service_unavailable update_failed
""")

_KEPT_OUT = _codes("""
    token_revoked token_expired account_inactive invalid_auth not_authed missing_scope
    not_allowed_token_type no_permission access_denied org_login_required accesslimited
    team_access_not_granted team_added_to_org enterprise_is_restricted app_access_restricted
    two_factor_setup_required
""")

_PLACE_CLOSED = _codes("""
    is_archived channel_not_found not_in_channel is_inactive ekm_access_denied restricted_action
    restricted_action_read_only_channel restricted_action_thread_only_channel
    restricted_action_non_threadable_channel restricted_action_thread_locked
    posting_to_channel_denied channel_is_limited_access external_channel_migrating
    messages_tab_disabled method_not_supported_for_channel_type
""")

_VANISHED = _codes("message_not_found cant_update_message edit_window_closed thread_not_found")

_DECLINED = _codes("""
    unknown_method method_deprecated missing_argument invalid_arg_name invalid_cursor invalid_limit
    invalid_types invalid_ts_oldest invalid_ts_latest team_not_found too_many_members
    invalid_metadata_format invalid_metadata_schema metadata_too_large
    cannot_reply_to_message cant_delete_message
    plan_upgrade_required paid_teams_only permission_denied no_such_subteam subteam_not_found
    invalid_users no_users_provided
    already_pinned too_many_pins no_pin already_archived too_long
    name_taken no_channel cannot_create_channel invalid_name invalid_name_required
    invalid_name_specials invalid_name_maxlength invalid_name_punctuation
""")

_MEANINGS: list[tuple[Callable[[str], Failure], frozenset[str]]] = [
    (NotExecuted, _LATER),
    (Unknown, _NOBODY_KNOWS),
    (ShutOut, _KEPT_OUT),
    (PlaceClosed, _PLACE_CLOSED),
    (Vanished, _VANISHED),
    (Refused, DRAWING_FAULTS | PERSON_OUT_OF_REACH | _DECLINED),
]

ERRORS: dict[str, Callable[[str], Failure]] = {
    code: meaning for meaning, codes in _MEANINGS for code in codes
}
