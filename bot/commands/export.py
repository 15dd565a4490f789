"""`export CASE`: one case whole, as JSON."""

import json

import click

from bot.commands.opening import open_desk, read_settings
from bot.domain.ids import CaseId
from bot.services.export import export_case


@click.command()
@click.argument("case")
def export(case: str) -> None:
    """One case whole, with all decisions, as JSON."""
    number = case.removeprefix("#")
    if not number.isdigit():
        raise click.BadParameter(f"{case} is no case number", param_hint="CASE")
    services, _ = open_desk(read_settings())
    found = export_case(services.kernel, CaseId(int(number)))
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
