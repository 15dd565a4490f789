"""Every family of methods, and with them every method this Slack answers."""

from slack_sandbox.web_api import (  # noqa: F401 - importing a family registers its methods
    auth,
    block_kit,
    channels,
    chat,
    conversations,
    files,
    marks,
    usergroups,
    users,
    views,
)
from slack_sandbox.web_api.registry import REGISTERED

ANSWERED = dict(REGISTERED)
