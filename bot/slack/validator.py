"""Slack's own judgement of what the desk draws: `blocks.validate`, which asks for no token."""

from collections.abc import Mapping

from bot.slack.gateway import SlackFailed, call, make_client

Drawing = Mapping[str, object]  # a view, or a message with its `blocks`

# Slack takes no drawing that is longer as JSON.
LONGEST = 100_000

_VERDICTS = frozenset(["invalid_view", "invalid_message", "invalid_blocks", "invalid_arguments"])


class SlackValidator:
    def __init__(self, base_url: str):
        self._client = make_client("", base_url)

    def faults(self, drawing: Drawing) -> list[str]:
        """What is wrong with it; raises SlackFailed where Slack gave no verdict."""
        try:
            if "type" in drawing:
                call(self._client.blocks_validate, view=drawing)
            else:  # its `text` is no drawing, and not among the documented parts
                call(self._client.blocks_validate, message={"blocks": drawing["blocks"]})
        except SlackFailed as failed:
            if failed.code not in _VERDICTS:
                raise
            return list(_told(failed)) or [failed.code]
        return []


def _told(failed: SlackFailed) -> list[str]:
    """In Slack's words, each with the place where it is."""
    errors = failed.body.get("errors")
    metadata = failed.body.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return [_one(error) for part in (errors, messages) if isinstance(part, list) for error in part]


def _one(error: object) -> str:
    if not isinstance(error, dict):
        return str(error)
    said = str(error.get("message") or error.get("code"))
    constraint = error.get("constraint")
    expected = constraint.get("expected") if isinstance(constraint, dict) else None
    wanted = f", expected {expected}" if expected is not None else ""
    return f"{said}{wanted} (at {error.get('pointer') or '/'})"
