"""The commands of `python -m bot`, one file each; `bot.cli` is their table of contents."""
