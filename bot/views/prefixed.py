"""Our commands as this workspace has them: `/case` is `/sp-case` where COMMAND_PREFIX is `sp-`."""

import re
from typing import Any

from bot.views.drawn import Drawn

_OURS = re.compile(r"(?<![\w/.])/(?=(?:case|routing|sla|desk|incident|rota)\b)")
_OURS_TO_SAY = ("mrkdwn", "plain_text")  # customers' words stand in other elements


def prefixed(told: Drawn, prefix: str) -> Drawn:
    if not prefix:
        return told
    put = f"/{prefix}"
    return Drawn(_OURS.sub(put, told.text), _said(told.blocks, put))


def _said(value: Any, put: str) -> Any:
    if isinstance(value, list):
        return [_said(item, put) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in _OURS_TO_SAY:
        return value | {"text": _OURS.sub(put, value["text"])}
    return {key: _said(item, put) for key, item in value.items()}
