"""*Claim*, pressed on the card of a case: the payload as Slack sends it, once for each case."""

import json
from collections.abc import Iterable

from benchmarks.desks import ANN, SERVICE_CHANNEL
from benchmarks.lean_slack import TEAM
from bot.domain.effects import Kind
from bot.domain.ids import CaseId, DepartmentKey
from bot.services.contents import card_facts
from bot.services.kernel import Kernel
from bot.views.draw import draw
from bot.views.drawn import Drawn
from bot.views.ids import Action

STAMP = "1700000000.000100"
NUMBER = "@number@"


def claims(kernel: Kernel, cases: Iterable[CaseId]) -> list[str]:
    """All alike but for the case; its card is that of the first."""
    cases = list(cases)
    template = json.dumps(_payload(list(card_of(kernel, cases[0]).blocks)))
    return [template.replace(NUMBER, str(case)) for case in cases]


def card_of(kernel: Kernel, number: CaseId) -> Drawn:
    """As it stands in its department's channel."""
    with kernel.look() as work:
        return draw(Kind.CARD, card_facts(work, work.case(number), DepartmentKey("service")))


def _payload(blocks: list[object]) -> dict[str, object]:
    channel = {"id": SERVICE_CHANNEL, "name": "privategroup"}
    message = {
        "type": "message", "ts": STAMP, "user": "U0BOT", "bot_id": "B0BOT", "team": TEAM,
        "text": "A case", "blocks": blocks,
    }  # fmt: skip
    action = {
        "type": "button", "action_id": Action.CLAIM, "block_id": "moves", "value": NUMBER,
        "text": {"type": "plain_text", "text": "Claim", "emoji": True}, "style": "primary",
        "action_ts": STAMP,
    }  # fmt: skip
    return {
        "type": "block_actions",
        "user": {"id": ANN, "username": "ann", "name": "ann", "team_id": TEAM},
        "team": {"id": TEAM, "domain": "bench"},
        "api_app_id": "A0",
        "token": "legacy",
        "trigger_id": "1.2.3",
        "enterprise": None,
        "is_enterprise_install": False,
        "container": {
            "type": "message", "message_ts": STAMP, "channel_id": SERVICE_CHANNEL,
            "is_ephemeral": False,
        },
        "channel": channel,
        "message": message,
        "state": {"values": {}},
        "response_url": "http://127.0.0.1:9/hooks/none",
        "actions": [action],
    }  # fmt: skip
