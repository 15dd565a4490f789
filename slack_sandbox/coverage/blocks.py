"""What Block Kit holds; `check --views` hands every view to Slack's own validator."""

from slack_sandbox.coverage.rule import holds, looser, stricter, unsettled

KIT = "reference/block-kit/blocks/"
NEW = "test_new_blocks::test_"
EXCLUDED = f"{NEW}what_the_documents_exclude_is_refused"

BLOCKS = (
    holds(
        "50 blocks in a message, 100 in a modal or home tab, and every length of their fields.",
        "reference/block-kit/blocks",
        "test_block_rules::test_a_limit_holds_to_the_last_character",
    ),
    holds(
        "A view has limits of its own: title 24, private_metadata 3,000, 250 KB in all.",
        "reference/views",
        "test_block_rules::test_a_view_has_limits_of_its_own",
    ),
    holds(
        "Block ids are unique, action ids within their block; one `table` a message.",
        f"{KIT}table-block",
        "test_block_rules::test_two_blocks_of_one_id_and_two_tables_are_refused",
    ),
    holds(
        "A form with an input has a submit button.",
        "surfaces/modals",
        "test_block_rules::test_a_form_with_inputs_needs_a_submit_button",
    ),
    holds(
        "Each fault is named with a JSON pointer.",
        "reference/methods/blocks.validate; spacecat-api-service#176",
        "test_block_rules::test_a_message_method_names_every_fault_with_a_pointer",
    ),
    holds(
        "`data_table`: 2 to 101 rows of 1 to 20 equal cells, caption, page size 1 to 100, "
        "no rich text in the header.",
        f"{KIT}data-table-block",
        EXCLUDED,
    ),
    holds(
        "All cells of the data tables of a message hold 10,000 characters.",
        f"{KIT}data-table-block",
        f"{NEW}a_message_has_two_charts_and_ten_thousand_characters_of_cells",
    ),
    stricter(
        "`data_visualization`: title 50, labels 20, 1 to 6 series or segments, 20 categories.",
        f"{KIT}data-visualization-block; two libraries say 12 series",
        EXCLUDED,
        "The documented 6 hold here.",
    ),
    holds(
        "Labels of a series are the categories, names of series are unique, a slice is above 0.",
        f"{KIT}data-visualization-block",
        f"{NEW}labels_of_a_chart_are_its_categories",
    ),
    holds(
        "Two charts in a message.",
        f"{KIT}data-visualization-block",
        f"{NEW}a_message_has_two_charts_and_ten_thousand_characters_of_cells",
    ),
    holds(
        "`container`: a title, at most 10 blocks in it, four widths; collapsed only if it can be.",
        f"{KIT}container-block; slack_sdk 3.47",
        EXCLUDED,
    ),
    unsettled(
        "Which blocks a `container` may hold, and on which surfaces it stands.",
        f"{KIT}container-block; it leaves that open",
        "Every block of messages but another container, in messages only. `check --views`.",
        f"{NEW}they_stand_in_messages_only_and_an_alert_in_forms_only",
    ),
    holds(
        "`alert` stands in modals, with five levels.",
        f"{KIT}alert-block; java-slack-sdk (AlertBlock)",
        f"{NEW}they_stand_in_messages_only_and_an_alert_in_forms_only",
    ),
    unsettled(
        "The length of an `alert`.",
        "java-slack-sdk says 200, the documents nothing",
        "200 here. `check --views` asks.",
    ),
    holds(
        "An image that Slack cannot fetch costs the whole message: `invalid_blocks`.",
        f"{KIT}image-block; seen as `downloading image failed`",
        f"{NEW}an_image_that_slack_cannot_fetch_costs_the_whole_message",
        "Nothing is fetched here: names that lead nowhere, private addresses, lost hosts.",
    ),
    stricter(
        "Images by http.",
        f"{KIT}image-block; it asks for a public address",
        f"{NEW}an_image_that_slack_cannot_fetch_costs_the_whole_message",
        "Refused here.",
    ),
    unsettled(
        "What counts as a character: code points, UTF-16 units or bytes.",
        "not documented",
        "Code points here; the desk cuts before every limit. `check --views` asks with emoji.",
    ),
    unsettled(
        "Which plans and clients show the blocks of 2026.",
        "changelog of 2026-05-20 and 2026-06-16",
        "Everybody here; the validator does not know either. Look at a phone.",
    ),
    looser(
        "`card`, `carousel`, `task_card`, `plan`, `file`, `video`.",
        "reference/block-kit/blocks",
        "Taken as they come; the desk draws none of them.",
    ),
)
