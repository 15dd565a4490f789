"""The fixed names of the one workspace and the one app this Slack knows."""

TEAM_ID = "T07SANDBOX1"
SISTER_TEAM_ID = "T07SISTER01"  # another workspace of the same organisation
OTHER_TEAM_ID = "T07PARTNER1"  # of another company, which shares a channel
ENTERPRISE_ID = "E07SANDBOX1"
ENTERPRISE_NAME = "Sandbox Group"
TEAM_NAME = "Sandbox"
TEAM_DOMAIN = "sandbox"
APP_ID = "A07SANDBOX1"
BOT_ID = "B07SANDBOX1"
BOT_USER_ID = "U07SANDBOX1"
BOT_NAME = "samepage"
BOT_TOKEN = "xoxb-sandbox-0001"
APP_TOKEN = "xapp-sandbox-0001"
SIGNING_SECRET = "sandbox-signing-secret"
