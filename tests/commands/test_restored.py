"""An operator says that a backup was put back, where the desk cannot see it."""

import os

from tests.commands.conftest import Terminal


def test_replies_wait_from_then_on(terminal: Terminal):
    terminal.type("import", os.devnull)

    result = terminal.type("restored")

    assert result.exit_code == 0
    assert "Public replies wait: the desk was restored from a backup of" in result.stdout
    assert "/desk outgoing on" in result.stdout
