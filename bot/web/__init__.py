"""HTTP doors: intake, health, metrics, the read-only page, Slack over HTTP."""
