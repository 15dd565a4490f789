"""The branches of the tree; what hangs on them stands beside this file."""


class BotError(Exception):
    """The root; `guard` shows its sentence to the person concerned, the command line prints it."""


class Refused(BotError):
    """A person asked for something that may not or cannot be."""


class NotAllowed(Refused):
    """The right is missing."""


class NotNow(Refused):
    """The state moved on, or somebody else was first."""


class NotUnderstood(Refused):
    """What was typed does not mean anything here."""


class Broken(BotError):
    """Configuration or data with faults; `faults` holds one sentence for each."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


class Unavailable(BotError):
    """The world outside, or the store, does not answer."""


class Unexpected(BotError):
    """A fault of ours; `reference` finds it in the log."""

    def __init__(self, reference: str):
        super().__init__(reference)
        self.reference = reference
