"""Forms, home tabs, presses and the answers to them."""

from slack_sandbox.coverage.rule import holds, looser, stricter, unsettled

FORMS = (
    holds(
        "A trigger is good once and for three seconds.",
        "reference/methods/views.open",
        "test_view_methods::test_a_trigger_is_good_once_and_for_three_seconds",
    ),
    holds(
        "Three forms lie on each other; a fourth is `push_limit_reached`.",
        "reference/methods/views.push",
        "test_view_methods::test_three_forms_may_lie_upon_each_other",
    ),
    holds(
        "An update with an old hash is `hash_conflict`.",
        "reference/methods/views.update",
        "test_view_methods::test_an_update_with_an_old_hash_is_a_conflict",
    ),
    holds(
        "What was typed survives an update while block and action keep their ids.",
        "surfaces/modals",
        "test_view_methods::test_what_was_typed_survives_an_update_of_the_same_blocks",
    ),
    holds(
        "`view_closed` comes only where it was asked for, and without what was typed.",
        "reference/interaction-payloads/view-interactions-payload",
        "test_filled_forms::test_what_was_typed_is_told_letter_by_letter_where_asked_for_and_"
        "never_at_the_close",
    ),
    holds(
        "A page that is loaded anew closes its forms and tells no app.",
        "surfaces/modals",
        "test_filled_forms::test_a_page_that_is_loaded_anew_closes_forms_and_tells_nobody",
    ),
    holds(
        "Slack itself keeps a form back that is incomplete, too short or too long.",
        "reference/block-kit/block-elements/plain-text-input-element",
        "test_new_blocks::test_an_optional_text_that_is_too_long_is_not_sent",
    ),
    holds(
        "`file_input` takes files of 10 MB, ten at most, of the types it names.",
        "reference/block-kit/block-elements/file-input-element",
        "test_new_blocks::test_a_form_takes_files_of_ten_megabytes",
    ),
    unsettled(
        "Whether 10 MB are 10,000,000 or 10,485,760 bytes.",
        "not documented",
        "10,485,760 here; the desk takes no files.",
    ),
    holds(
        "Errors of a submission name blocks with an input; others are nonsense.",
        "surfaces/modals",
        "test_filled_forms::test_an_answer_that_makes_no_sense_is_a_violation",
    ),
    holds(
        "A response URL takes five answers within half an hour.",
        "interactivity/handling-user-interaction",
        "test_response_urls::test_five_answers_are_all",
    ),
    unsettled(
        "What a used or old response URL answers.",
        "not documented",
        "404 with `used_url` or `expired_url` here; any 4xx does for the desk.",
        "test_response_urls::test_after_half_an_hour_it_is_over",
    ),
    holds(
        "An ephemeral message's press carries no message; it is replaced by its response URL.",
        "reference/interaction-payloads/block_actions-payload",
        "test_people::test_an_ephemeral_message_sends_no_message_and_can_be_replaced",
    ),
    holds(
        "An app that does not acknowledge in three seconds is an error to the person, once.",
        "interactivity/handling-user-interaction",
        "test_people::test_an_app_that_never_acknowledges_is_an_operation_timeout",
    ),
    holds(
        "Commands and shortcuts that the manifest lacks cannot be used.",
        "reference/app-manifest",
        "test_people::test_commands_and_shortcuts_that_the_manifest_lacks_cannot_be_used",
    ),
    stricter(
        "A button without an action id gets one from Slack.",
        "reference/block-kit/block-elements/button-element",
        "test_chat_methods::test_carelessness_that_slack_lets_pass_is_noted",
        "Noted as a violation, like blocks without a text and unknown arguments.",
    ),
    looser(
        "E-mail, web address and number fields are checked before they are sent.",
        "reference/block-kit/block-elements",
        "Not checked; the desk has no such field.",
    ),
)
