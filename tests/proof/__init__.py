"""What is shown by a command, not by the suite: `python -m tests.proof.NAME --help`."""
