"""Events, connections, signatures and rate limits."""

from slack_sandbox.coverage.rule import holds, looser, stricter, unsettled

SOCKETS = "test_socket_connections::test_"
FAULTS = "test_faults_on_demand::test_"

LINE = (
    holds(
        "An event comes only if it was subscribed to, with its scope, from where the bot is.",
        "apis/events-api",
        "test_event_delivery::test_the_bot_hears_only_of_where_it_is",
    ),
    holds(
        "An event that is not acknowledged comes three times more: at once, after 1 and 5 min.",
        "apis/events-api",
        "test_event_delivery::test_an_unacknowledged_event_comes_again_with_its_number",
    ),
    holds(
        "Ten connections; an eleventh is closed.",
        "apis/events-api/using-socket-mode",
        f"{SOCKETS}an_eleventh_connection_is_one_too_many",
    ),
    holds(
        "A frame above 20,480 bytes closes the connection with 1009.",
        "measured: the issues of the SDKs; the documents are silent",
        f"{SOCKETS}a_larger_frame_ends_the_connection",
    ),
    holds(
        "A ticket to a connection is good once.",
        "apis/events-api/using-socket-mode",
        f"{SOCKETS}a_ticket_is_good_once",
    ),
    holds(
        "Connections end by `warning`, `refresh_requested`, or without a word.",
        "apis/events-api/using-socket-mode",
        f"{SOCKETS}a_client_comes_back_after_its_connection_ended",
    ),
    stricter(
        "An acknowledgement on another connection than the one that brought the envelope.",
        "not documented",
        f"{SOCKETS}an_acknowledgement_counts_on_the_connection_that_brought_the_envelope",
        "Does not count here.",
    ),
    unsettled(
        "Whether an envelope that comes again keeps its `envelope_id`.",
        "not documented",
        "A new one here; the desk never uses it as a key.",
    ),
    holds(
        "HTTP is signed, and five minutes old is too old.",
        "authentication/verifying-requests-from-slack",
        "test_http_mode::test_a_request_with_an_old_stamp_is_refused",
    ),
    holds(
        "Each method has a tier: 1, 20, 50 or 100 calls a minute, then 429 with `Retry-After`.",
        "apis/web-api/rate-limits",
        f"{FAULTS}each_method_has_its_tier",
        "Off unless a test asks: `rate_limits=True`.",
    ),
    holds(
        "A channel takes about one message a second, with bursts.",
        "reference/methods/chat.postMessage",
        f"{FAULTS}a_channel_takes_four_messages_and_then_one_a_second",
    ),
    unsettled(
        "How large a burst may be, and how many messages a workspace takes a minute.",
        "apis/web-api/rate-limits; it says “several hundred”",
        "4 and 240 here. Count 429s in production.",
        f"{FAULTS}a_workspace_takes_two_hundred_and_forty_messages_a_minute",
    ),
    unsettled(
        "The tier of `apps.connections.open`: 3 in the reference, 1 in the SDKs.",
        "reference/methods/apps.connections.open",
        "3 here; the desk waits as for 1.",
    ),
    unsettled(
        "The rate of `blocks.validate`.",
        "reference/methods/blocks.validate; it states none",
        "Tier 4 here; `check --views` goes slowly.",
    ),
    holds(
        "Tokens, then the rate, then scopes, then arguments are looked at.",
        "the order is documented nowhere",
        "test_user_methods::test_each_method_wants_its_own_kind_of_token",
        "A fixed order keeps the tests steady.",
    ),
    looser(
        "Slack drops events above 30,000 an hour, and unsubscribes an app that fails too much.",
        "apis/events-api",
        "Nothing is dropped or unsubscribed.",
    ),
    looser(
        "Posts to a response URL are limited, too.",
        "apis/web-api/rate-limits",
        "By their number and age only.",
    ),
)
