"""The demo: a local Slack, a desk and sample customers on one machine; nothing leaves it."""
