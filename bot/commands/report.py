"""`report`: the figures of a period, as a table, JSON or CSV."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands.opening import open_desk, read_settings
from bot.commands.output import say
from bot.domain.durations import parse_duration
from bot.domain.errors import BadDuration
from bot.domain.ids import DepartmentKey
from bot.domain.report import Period
from bot.store.whole_file import write_whole
from bot.views.figure_texts import as_csv, as_json, as_table

FORMATS = {"table": as_table, "json": as_json, "csv": as_csv}
WHEN = "a duration like 7d, or a moment like 2026-03-02T09:00"


@click.command()
@click.option("--since", default="7d", show_default=True, help=f"Where it begins: {WHEN}.")
@click.option("--until", default="0m", help=f"Where it ends: {WHEN}; now if not given.")
@click.option("--department", metavar="KEY", help="Only the cases that are, or ended as, its own.")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice([*FORMATS]))
@click.option("-o", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it there.")
def report(
    since: str, until: str, department: str | None, form: str, file: Path | None
) -> None:  # fmt: skip
    """The figures of a period: first response, resolution, promises, load."""
    services, _ = open_desk(read_settings())
    end = _moment(until, services.kernel.now(), "--until")
    period = Period(_moment(since, end, "--since"), end)
    if period.since >= period.until:
        raise click.BadParameter("it begins after it ends", param_hint="--since")
    found = services.figures.report(period, DepartmentKey(department) if department else None)
    text = FORMATS[form](found)
    if file:
        _write(file, text)
    else:
        say(text, nl=False)


def _write(file: Path, text: str) -> None:
    try:
        write_whole(file, text)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None


def _moment(text: str, end: datetime, option: str) -> datetime:
    """A moment, or so long before the end; without a zone it is UTC."""
    try:
        return end - parse_duration(text).elapsed
    except BadDuration:
        pass
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"“{text}” is not {WHEN}", param_hint=option) from None
