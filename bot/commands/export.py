"""`export CASE`: one case whole, as JSON."""

import json

import click

from bot.commands.opening import open_desk, read_settings
from bot.commands.output import say
from bot.domain.ids import CaseId
from bot.services.export import export_case
from bot.views.terminal import visible_json


@click.command()
@click.argument("case")
def export(case: str) -> None:
    """One case whole, with all decisions, as JSON."""
    number = case.removeprefix("#")
    if not number.isdigit():
        raise click.BadParameter(f"{case} is no case number", param_hint="CASE")
    services, _ = open_desk(read_settings())
    found = export_case(services.kernel, CaseId(int(number)))
    say(visible_json(json.dumps(found, indent=2, ensure_ascii=False)))
