"""`config diff|apply|export`: the files against what is in force."""

from pathlib import Path

import click
import tomli_w

from bot.commands.opening import open_desk, read_settings
from bot.commands.output import say
from bot.first_start import apply_files, removed_by_files
from bot.store.whole_file import write_whole
from bot.views.removals import consequences
from bot.views.terminal import plainly
from config.differences import differences
from config.files import AREAS, FILES, read_documents


@click.group()
def config() -> None:
    """Config files: what differs, take it over, write out what is in force."""


@config.command()
@click.pass_context
def diff(ctx: click.Context) -> None:
    """Say what the files would change of what is in force; exit 1 if anything."""
    settings = read_settings()
    services, differing = open_desk(settings)
    written = read_documents(settings.config_dir)
    with services.kernel.store.reading() as tx:
        in_force = {area: tx.setup.get(area) or {} for area in AREAS}
    for file in differing:
        say(file)
        area = Path(file).stem
        for line in differences(in_force[area], written[area]):
            say(f"  {line}")
    for one in removed_by_files(services.kernel, settings.config_dir):
        for line in consequences(one):
            say(f"removes {one.department.name}: {plainly(line)}")
    ctx.exit(1 if differing else 0)


@config.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Choice(FILES))
def apply(files: tuple[str, ...]) -> None:
    """Take over the files that differ, or of these only FILE; each can be undone in Slack.

    What a file does not say is gone from the desk, what was typed in Slack too: `config export`
    writes out first what is in force.
    """
    settings = read_settings()
    services, _ = open_desk(settings)
    removed = removed_by_files(services.kernel, settings.config_dir)
    for file in apply_files(services.kernel, settings.config_dir, files or FILES):
        say(f"applied {file}")
        for one in removed if file == "departments.toml" else ():
            for line in consequences(one):
                say(f"removed {one.department.name}: {plainly(line)}")


@config.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write what is in force as TOML files into FOLDER."""
    services, _ = open_desk(read_settings())
    with services.kernel.store.reading() as tx:
        documents = {area: tx.setup.get(area) or {} for area in AREAS}
    for area, document in documents.items():
        file = folder / f"{area}.toml"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(file, tomli_w.dumps(document))
        except OSError as error:
            raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None
        say(str(file))
