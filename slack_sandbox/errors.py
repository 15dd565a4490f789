"""A refusal in Slack's own words: what a Web API method answers instead of `ok: true`."""


class SlackError(Exception):
    """Slack's error code, with the further fields of its answer."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
