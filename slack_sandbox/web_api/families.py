"""Every family of methods, and with them every method this Slack answers."""

from slack_sandbox.web_api import (
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

FAMILIES = (
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
# Importing a family registers its methods.
ANSWERED = dict(REGISTERED)
