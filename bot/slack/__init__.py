"""The only caller of Slack's Web API."""
