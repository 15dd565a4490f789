"""Posts from a file: through the same intake, each told of."""

from tests.commands.conftest import Terminal

ONE = '{"id": "1", "text": "Where is my bag?", "author": {"handle": "@jane"}}'
TWO = '{"id": "2", "source": "x", "text": "Hello", "author": {"handle": "@piet"}}'


def test_posts_are_taken_in_once(terminal: Terminal):
    posts = terminal.write("posts.jsonl", ONE, "", TWO)
    assert terminal.type("import", posts).stdout == "2 accepted, 0 duplicate, 0 refused\n"
    again = terminal.type("import", posts)
    assert (again.stdout, again.exit_code) == ("0 accepted, 2 duplicate, 0 refused\n", 0)


def test_a_line_with_faults_is_named_by_its_number_and_the_others_are_taken_in(terminal: Terminal):
    posts = terminal.write("posts.jsonl", ONE, "{", '{"id": "3"}', TWO)
    result = terminal.type("import", posts)
    assert result.exit_code == 1
    assert "line 2: " in result.stdout
    assert "line 3: " in result.stdout
    assert "author" in result.stdout
    assert result.stdout.endswith("2 accepted, 0 duplicate, 2 refused\n")


def test_a_source_that_is_no_label_is_wrong_usage(terminal: Terminal):
    posts = terminal.write("posts.jsonl", ONE)
    assert terminal.type("import", posts, "--source", "BAD SRC").exit_code == 2
    assert "1 accepted" in terminal.type("import", posts, "--source", "forum").stdout


def test_a_file_that_is_not_there_is_wrong_usage(terminal: Terminal):
    assert terminal.type("import", "nowhere.jsonl").exit_code == 2
