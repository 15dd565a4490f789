"""Config files against what is in force, and everything that is missing, told at once."""

import re
import tomllib
from pathlib import Path

import tomli_w

from bot.store.single_run import only_run
from slack_sandbox import Sandbox
from tests.commands.conftest import Terminal


def test_files_count_at_the_first_start_and_then_only_when_applied(terminal: Terminal):
    assert terminal.type("config", "diff").stdout == ""
    folder = terminal.folder / "mine"
    terminal.type("config", "export", str(folder))
    rules = folder / "routing.toml"
    rules.write_text('[[rule]]\ndepartment = "sales"\nwhen = "words:price"\n')

    differing = terminal.type("config", "diff", CONFIG_DIR=str(folder))
    assert (differing.stdout.splitlines()[0], differing.exit_code) == ("routing.toml", 1)
    assert (
        terminal.type("config", "apply", CONFIG_DIR=str(folder)).stdout == "applied routing.toml\n"
    )
    assert terminal.type("config", "diff", CONFIG_DIR=str(folder)).exit_code == 0


def test_what_a_file_would_remove_is_said_before_and_after(terminal: Terminal):
    folder = terminal.folder / "mine"
    terminal.type("config", "export", str(folder))
    (folder / "routing.toml").write_text('[[rule]]\ndepartment = "sales"\nwhen = "words:price"\n')
    terminal.type("config", "apply", CONFIG_DIR=str(folder))
    departments = tomllib.loads((folder / "departments.toml").read_text())
    kept = [one for one in departments["department"] if one["key"] != "sales"]
    (folder / "departments.toml").write_text(tomli_w.dumps({"department": kept}))
    (folder / "routing.toml").write_text("")

    differing = terminal.type("config", "diff", CONFIG_DIR=str(folder)).stdout
    assert "removes Sales: Rule 1 is suspended" in differing
    applied = terminal.type("config", "apply", "departments.toml", CONFIG_DIR=str(folder)).stdout
    assert "removed Sales: Rule 1 is suspended" in applied


def test_diff_names_table_key_before_and_after(terminal: Terminal):
    folder = terminal.folder / "mine"
    terminal.type("config", "export", str(folder))
    rules = folder / "routing.toml"
    rules.write_text('[[rule]]\ndepartment = "sales"\nwhen = "words:price"\n')
    terminal.type("config", "apply", CONFIG_DIR=str(folder))
    rules.write_text(
        '[[rule]]\ndepartment = "pr"\nwhen = "words:price"\npriority = "high"\n'
        '[[rule]]\ndepartment = "sales"\nwhen = "words:quote"\n'
    )
    departments = folder / "departments.toml"
    departments.write_text(departments.read_text().replace("#care-sales", "#care-shop"))

    told = terminal.type("config", "diff", CONFIG_DIR=str(folder)).stdout
    assert told.splitlines() == [
        "departments.toml",
        '  department sales: channel: "#care-sales" -> "#care-shop"',
        "routing.toml",
        '  rule 1: department: "sales" -> "pr"',
        '  rule 1: priority: nothing -> "high"',
        '  rule 2: nothing -> {"department": "sales", "when": "words:quote"}',
    ]
    rules.write_text("")
    told = terminal.type("config", "diff", CONFIG_DIR=str(folder)).stdout
    assert '  rule 1: {"department": "sales", "when": "words:price"} -> nothing' in told


def test_one_file_is_taken_over_without_the_others(terminal: Terminal):
    """Who wants other hours does not want the rules of the shipped files back."""
    assert terminal.type("config", "diff").exit_code == 0
    folder = terminal.folder / "mine"
    terminal.type("config", "export", str(folder))
    (folder / "routing.toml").write_text('[[rule]]\ndepartment = "sales"\nwhen = "words:price"\n')
    (folder / "sla.toml").write_text('[[target]]\nfirst_response = "2h"\n')

    applied = terminal.type("config", "apply", "sla.toml", CONFIG_DIR=str(folder))
    assert applied.stdout == "applied sla.toml\n"
    left = terminal.type("config", "diff", CONFIG_DIR=str(folder)).stdout
    assert [line for line in left.splitlines() if not line.startswith(" ")] == ["routing.toml"]

    unknown = terminal.type("config", "apply", "rota.toml", CONFIG_DIR=str(folder))
    assert unknown.exit_code == 2
    assert "on_call.toml" in unknown.stderr


def test_every_fault_of_settings_and_files_is_told_at_once(terminal: Terminal):
    folder = terminal.folder / "broken"
    folder.mkdir()
    (folder / "sla.toml").write_text('[[target]]\nfirst_response = "soon"\n')
    result = terminal.type("check", CONFIG_DIR=str(folder), PORT="x")
    assert result.exit_code == 1
    assert "PORT" in result.stdout
    assert "sla.toml" in result.stdout


DOOR = '[[door]]\nname = "shop"\nsecret = "SHOP_SECRET"\n'


def test_a_door_without_its_secret_is_told_by_check_and_refused_by_run(terminal: Terminal):
    folder = terminal.folder / "mine"
    folder.mkdir()
    (folder / "networks.toml").write_text(DOOR)
    missing = (
        "networks.toml: door 1 (shop): secret: SHOP_SECRET is not set;"
        " paste it into .env: SHOP_SECRET=…"
    )
    checked = terminal.type("check", CONFIG_DIR=str(folder))
    assert f"✗ {missing}" in checked.stdout.splitlines()
    assert "· networks.toml: door “shop” has no reply_url" in checked.stdout
    slack = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_APP_TOKEN": "xapp-1-a"}
    run = terminal.type("run", **slack, CONFIG_DIR=str(folder))
    assert (run.exit_code, missing in run.stderr) == (1, True)
    beside = terminal.type("config", "diff", CONFIG_DIR=str(folder))
    assert beside.exit_code == 0, "whoever only looks needs no secret"


def test_faults_of_networks_are_told_with_all_others(terminal: Terminal):
    folder = terminal.folder / "broken"
    folder.mkdir()
    (folder / "networks.toml").write_text(DOOR.replace("shop", "The Shop"))
    (folder / "sla.toml").write_text('[[target]]\nfirst_response = "soon"\n')
    told = terminal.type("check", CONFIG_DIR=str(folder), WEBHOOK_ACCOUNT="north wind").stdout
    assert "✗ networks.toml: door 1 (The Shop): name: " in told
    assert "✗ sla.toml" in told
    assert "✗ WEBHOOK_ACCOUNT: " in told


def test_what_is_to_be_pasted_can_be_pasted(terminal: Terminal):
    told = terminal.type("run", INTAKE_SECRET="abc").stderr
    assert "whsec_" in told
    assert told.isascii() or "\u2060" not in told
    assert "&amp;" not in told


def test_a_desk_in_order_has_nothing_to_mend(terminal: Terminal):
    with Sandbox.start() as slack:
        result = terminal.type("check", **tokens(slack))
        assert (result.stdout.splitlines()[-1], result.exit_code) == ("Nothing is missing.", 0)


def test_a_bad_app_token_and_an_archived_channel_are_found(terminal: Terminal):
    with Sandbox.start() as slack:
        slack.channel("care-sales", members=[slack.person("ann")])
        slack.archive("care-sales")
        result = terminal.type("check", **{**tokens(slack), "SLACK_APP_TOKEN": "xapp-wrong"})
    assert result.exit_code == 1
    assert "SLACK_APP_TOKEN" in result.stdout
    assert "#care-sales is archived" in result.stdout


def test_scopes_of_user_groups_are_asked_for_where_a_group_is_named(terminal: Terminal):
    folder = terminal.folder / "mine"
    folder.mkdir()
    with Sandbox.start() as slack:
        slack.remove_scope("usergroups:write")
        assert terminal.type("check", **tokens(slack)).exit_code == 0
        (folder / "on_call.toml").write_text('user_group = "@on-call"\n')
        result = terminal.type("check", **tokens(slack), CONFIG_DIR=str(folder))
        assert result.stdout.startswith("✗ scope usergroups:write is missing")
        assert result.exit_code == 1


def test_an_admin_whom_slack_does_not_know_is_found(terminal: Terminal):
    with Sandbox.start() as slack:
        slack.person("eve")
        result = terminal.type(
            "check", **tokens(slack), DESK_ADMINS="eve@example.com,eva@example.com"
        )
    assert "nobody in this workspace has the address eva@example.com" in result.stdout
    assert "eve@example.com" not in result.stdout


def test_a_wrong_token_and_a_slack_that_is_not_there_are_told_apart(terminal: Terminal):
    with Sandbox.start() as slack:
        wrong = terminal.type("check", **{**tokens(slack), "SLACK_BOT_TOKEN": "xoxb-wrong"})
        given = tokens(slack)
    assert "✗ SLACK_BOT_TOKEN: Slack says invalid_auth" in wrong.stdout
    gone = terminal.type("check", **given)
    assert "✗ SLACK_API_URL: Slack does not answer at" in gone.stdout


def test_a_setting_that_cannot_be_read_hides_nothing_that_slack_would_say(terminal: Terminal):
    with Sandbox.start() as slack:
        slack.remove_scope("pins:write")
        told = terminal.type("check", **tokens(slack), INTAKE_SECRET="abc", PORT="x").stdout
    assert "✗ PORT: " in told
    assert "✗ scope pins:write is missing" in told
    assert told.count("INTAKE_SECRET") == 1
    assert told.endswith("3 to mend.\n")


def test_the_key_that_check_makes_is_taken(terminal: Terminal):
    told = terminal.type("check").stdout
    made = re.findall(r"INTAKE_SECRET=(whsec_\S+)", told)
    assert len(made) == 1
    after = terminal.type("check", INTAKE_SECRET=made[0]).stdout
    assert "INTAKE_SECRET" not in after


def test_a_second_run_is_refused_with_a_sentence(terminal: Terminal, tmp_path: Path):
    with only_run(f"sqlite:///{tmp_path}/desk.db"):
        result = terminal.type(
            "run", SLACK_BOT_TOKEN="xoxb-1-a", SLACK_APP_TOKEN="xapp-1-a",
        )  # fmt: skip
    assert result.exit_code == 1
    assert "already" in result.stderr
    assert f"{tmp_path}/desk.db" in result.stderr
    assert "docs/processes.md" in result.stderr


def test_parts_of_one_desk_in_sqlite_belong_together(terminal: Terminal):
    alone = terminal.type("run", "--parts", "web")
    assert alone.exit_code == 2
    assert "docs/processes.md" in alone.stderr
    assert terminal.type("run", "--parts", "kitchen").exit_code == 2


def test_over_http_slack_is_no_part_of_its_own(terminal: Terminal):
    result = terminal.type(
        "run", "--parts", "slack,clock", DATABASE_URL="postgresql://nobody@127.0.0.1:1/desk",
        SLACK_BOT_TOKEN="xoxb-1-a", SLACK_SIGNING_SECRET="s3cret", SLACK_APP_TOKEN="",
    )  # fmt: skip
    assert result.exit_code == 2
    assert "Slack comes in by web" in result.stderr


def tokens(slack: Sandbox) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }
