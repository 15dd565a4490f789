"""What a message may be, whom it calls, and what Slack writes by itself."""

from slack_sandbox.coverage.rule import holds, looser, stricter, unsettled

MESSAGES = (
    holds(
        "A text over 40,000 characters is cut.",
        "reference/methods/chat.postMessage",
        "test_chat_methods::test_a_text_over_forty_thousand_characters_is_cut",
    ),
    holds(
        "An update takes 4,000 characters of text; more is `msg_too_long`.",
        "reference/methods/chat.update",
        "test_chat_methods::test_only_own_messages_of_a_few_thousand_characters_are_changed",
    ),
    stricter(
        "All blocks together hold about 12,000 characters: `msg_blocks_too_long`.",
        "measured: bolt-js#2509 and #2867 (11,341 refused, 13,172 to 13,297 refused)",
        "test_block_rules::test_twelve_thousand_characters_are_the_budget_of_a_message",
        "The true rule is published nowhere, and more has passed there.",
    ),
    holds(
        "An update keeps blocks and metadata that are not sent; an empty list removes blocks.",
        "reference/methods/chat.update",
        "test_chat_methods::test_an_update_keeps_what_is_not_sent_and_an_empty_list_removes_blocks",
    ),
    holds(
        "A message in an archived channel cannot be changed: `is_inactive`.",
        "reference/methods/chat.update",
        "test_scopes_and_reach::test_an_archived_channels_messages_cannot_be_changed",
    ),
    holds(
        "A deleted message with replies leaves a stone.",
        "reference/events/message",
        "test_chat_methods::test_a_deleted_message_is_gone_and_one_with_replies_leaves_a_stone",
    ),
    holds(
        "A mention that an edit brings notifies nobody.",
        "seen by those who run bots; the reference is silent",
        "test_lines_and_calls::test_a_mention_that_is_edited_in_makes_no_phone_buzz",
        "`Message.calls` are those that were there at the first; `mentions` all.",
    ),
    holds(
        "Who is not in the channel is not notified of a mention there.",
        "Slack's help, Use mentions in Slack",
        "test_lines_and_calls::test_whoever_is_not_in_the_channel_hears_nothing",
    ),
    unsettled(
        "`<!here>` and `<!channel>` inside a thread.",
        "no page of the platform's documents says",
        "Counted as calls here; the desk writes none there. Look at a phone.",
    ),
    holds(
        "Topic, purpose, name, joining, leaving, archiving and pins are lines in the channel.",
        "reference/events/message",
        "test_lines_and_calls::test_every_change_of_a_channel_is_a_line_in_it",
    ),
    unsettled(
        "Setting a topic to what it is already.",
        "not documented",
        "Another line here, the worse case; the desk looks first. Set one twice.",
        "test_lines_and_calls::test_every_change_of_a_channel_is_a_line_in_it",
    ),
    unsettled(
        "Lines in a private channel are `group_topic`, `group_join` and so on.",
        "reference/events/message; it lists both families",
        "As listed here; newer private channels may say `channel_topic`. Read a history.",
        "test_lines_and_calls::test_a_line_stands_in_the_history_with_its_subtype",
    ),
    unsettled(
        "The line for somebody who was removed, and for a bookmark.",
        "not documented",
        "A removal reads like leaving here, a bookmark writes no line.",
    ),
    holds(
        "A topic comes back with `&`, `<` and `>` as entities.",
        "messaging/formatting-message-text; seen for topics, too",
        "test_lines_and_calls::test_a_line_stands_in_the_history_with_its_subtype",
    ),
    holds(
        "A message text is parsed for mentions and addresses by its kind of text.",
        "messaging/formatting-message-text",
        "test_ping_detector::test_a_text_object_is_live_by_its_kind",
    ),
    stricter(
        "A plain `@here` in an auto-parsed text becomes a broadcast.",
        "messaging/formatting-message-text; 18F/charlie#353 says no longer",
        "test_ping_detector::test_an_auto_parsed_text_turns_bare_names_and_addresses_live",
        "Treated as live.",
    ),
    holds(
        "A reply that is broadcast stands in the thread and in the channel: `thread_broadcast`.",
        "reference/events/message/thread_broadcast",
        "test_chat_methods::test_a_reply_may_be_said_aloud_in_the_channel",
    ),
    holds(
        "A permalink is `…/archives/<channel>/p<stamp>`, with its thread for a reply.",
        "reference/methods/chat.getPermalink",
        "test_chat_methods::test_a_permalink_leads_to_the_message_and_its_thread",
        "The host is the sandbox's own, and its page opens the link.",
    ),
    looser(
        "Text comes back normalised: addresses in brackets, emoji as names.",
        "messaging/formatting-message-text",
        "Comes back as it was sent; nothing is unfurled.",
    ),
    looser(
        "Ephemeral messages vanish when the client is loaded anew.",
        "reference/methods/chat.postEphemeral",
        "They stay on the sandbox's page.",
    ),
)
