"""`restored`: somebody has put a backup back, in a way that the desk cannot see by itself."""

import click

from bot.commands.opening import open_desk, read_settings
from bot.commands.output import say


@click.command()
def restored() -> None:
    """Say that the database was restored from a backup: nothing unfinished goes out unseen."""
    services, _ = open_desk(read_settings())
    epoch = services.epochs.restored()
    say(f"Public replies wait: {epoch.why}.")
    say("Answers of unknown outcome are said in their threads. When somebody has looked at")
    say("each, an admin says /desk outgoing on in Slack; nothing that waited is sent by it.")
