"""The command line: results on stdout, progress on stderr; exit 0, 1 for a fault, 2 wrong usage."""

from contextlib import suppress
from typing import Any

import click

from bot.commands.check import check
from bot.commands.config import config
from bot.commands.demo import demo
from bot.commands.export import export
from bot.commands.import_posts import import_posts
from bot.commands.move import move
from bot.commands.output import (
    forget_what_waits,
    is_for_want_of_room,
    no_room,
    say,
    without_password,
)
from bot.commands.report import report
from bot.commands.restored import restored
from bot.commands.run import run
from bot.domain.errors import BotError
from bot.views.terminal import in_terminal


class Faults(click.Group):
    """Every fault we know ends as its sentences on stderr and exit 1, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BotError as error:
            complaint = in_terminal(error)
        except click.UsageError as error:
            said = without_password(error.format_message())  # it repeats what was typed
            raise click.UsageError(said, error.ctx) from None
        except OSError as error:
            if not is_for_want_of_room(error):
                raise
            complaint = no_room(error)
            forget_what_waits()
        with suppress(OSError):
            say(complaint, err=True)
        forget_what_waits()
        return ctx.exit(1)


@click.group(cls=Faults, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Samepage: customers' public posts as cards in Slack, answered in time."""


for command in (run, demo, import_posts, check, export, report, config, move, restored):
    main.add_command(command)
