"""Conversations, who is in them, and people of elsewhere."""

from slack_sandbox.coverage.rule import holds, looser, unsettled

REACH = "test_scopes_and_reach::test_"
ELSEWHERE = "test_people_from_elsewhere::test_"

PLACES = (
    holds(
        "Each kind of conversation has scopes of its own; `missing_scope` names what is needed.",
        "reference/methods/conversations.info",
        f"{REACH}each_kind_of_conversation_has_a_scope_of_its_own",
    ),
    holds(
        "Creating, naming, inviting and archiving need the scope of the kind, too.",
        "reference/methods/conversations.create",
        f"{REACH}acting_in_a_conversation_needs_the_scope_of_its_kind",
    ),
    holds(
        "Out of a private channel an app finds no channel, also one that it was in.",
        "reference/methods/conversations.info",
        f"{REACH}a_private_channel_that_the_bot_was_removed_from_is_not_found",
    ),
    holds(
        "An address is told only with `users:read.email`.",
        "reference/scopes/users.read.email",
        f"{REACH}the_address_of_a_person_needs_a_scope_of_its_own",
    ),
    holds(
        "Writing into a public channel from outside needs `chat:write.public`.",
        "reference/scopes/chat.write.public",
        "test_chat_methods::test_a_left_public_channel_can_be_written_to_with_the_scope",
    ),
    holds(
        "Names: 80 characters, small letters, no other signs; an archived channel keeps its name.",
        "reference/methods/conversations.create",
        "test_channel_methods::test_a_name_slack_would_refuse_is_refused",
    ),
    holds(
        "An invitation names everybody it refuses, and `force` invites the rest.",
        "reference/methods/conversations.invite",
        "test_channel_methods::test_an_invitation_names_everybody_it_refuses",
        "The shape of `errors` is documented nowhere.",
    ),
    holds(
        "A guest of one channel cannot be in two: `ura_max_channels`.",
        "reference/methods/conversations.invite",
        f"{ELSEWHERE}who_cannot_be_invited_is_named_with_the_reason",
    ),
    unsettled(
        "Inviting somebody of another company into a channel that is not shared.",
        "not documented",
        "`cant_invite` here; the desk treats every code of that family alike.",
        f"{ELSEWHERE}who_cannot_be_invited_is_named_with_the_reason",
    ),
    unsettled(
        "`user_is_restricted`: whether it speaks of the caller or of the guest who is invited.",
        "reference/methods/conversations.invite",
        "Never answered here; the desk takes it as about that person.",
    ),
    holds(
        "Whoever did not make a channel may not rename it: `not_authorized`.",
        "reference/methods/conversations.rename",
        "test_channel_methods::test_a_channel_that_somebody_else_made_is_not_the_bots_to_rename",
    ),
    holds(
        "In an organisation `team_id` is the home, `enterprise_user.teams` where somebody works.",
        "reference/objects/user-object",
        f"{ELSEWHERE}an_organisation_names_the_workspaces_of_each_of_its_people",
    ),
    holds(
        "A press names the home of the person and the workspace where it was done.",
        "reference/interaction-payloads/block_actions-payload",
        f"{ELSEWHERE}a_press_names_where_it_was_done_and_where_the_person_is_at_home",
    ),
    unsettled(
        "Which team a press by somebody of another company names.",
        "the documents differ between `team` and `app_installed_team_id`",
        "Ours here. Press in a shared channel.",
    ),
    holds(
        "A message in a shared channel names `user_team` and `source_team`.",
        "apis/slack-connect",
        f"{ELSEWHERE}what_they_say_names_their_home_too",
    ),
    holds(
        "`is_stranger` is said of people of another company who share no channel with the app.",
        "reference/objects/user-object",
        f"{ELSEWHERE}a_company_that_shares_a_channel_shows_little_of_its_people",
    ),
    unsettled(
        "Whether `users.list` holds people of other companies, and what it shows of them.",
        "not documented",
        "It holds none here, and they have no address; the desk asks `users.info` for each.",
        f"{ELSEWHERE}a_company_that_shares_a_channel_shows_little_of_its_people",
    ),
    looser(
        "A channel's id and name may change when it is shared: `channel_id_changed`.",
        "reference/events/channel_id_changed",
        "They stay as they are.",
    ),
    looser(
        "Admins may forbid apps to invite, create or mention: `restricted_action`.",
        "reference/methods/conversations.create",
        "Everything is allowed; `faults.add('ok-false', error=…)` answers so.",
    ),
    looser(
        "User groups need a paid plan: `plan_upgrade_required`.",
        "reference/methods/usergroups.create",
        "Always there; a fault answers so.",
    ),
    looser(
        "Conversations of several people at once.",
        "reference/methods/conversations.open",
        "Not part of this Slack: `method_not_supported_for_channel_type`.",
    ),
)
