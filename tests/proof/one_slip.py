"""One slip of an admin's finger with ten thousand open cases: nobody waits for it.

    python -m tests.proof.one_slip [--cases 10000] [--engine postgres]

`/sla set service resolution 3660bd` is refused, `100bd` takes effect for every open case; posts and
presses meanwhile, until the last case is counted, wait half a second at most.
"""

import tempfile
import time
from pathlib import Path

import click

from bot.domain.post import Author, Post
from bot.first_start import take_over_files
from bot.store.engines import open_database
from bot.store.store import Store
from bot.wiring import build_services
from config.settings import Settings
from tests.proof.honest import Honest, Waits, config_in, desk_at_work
from tests.proof.import_with_kills import query
from tests.proof.whose_words import urls

PORT = 18493
LONGEST = 0.5  # seconds
PATIENCE = 600.0
# What stands in Slack already is drawn anew at Slack's pace; here it is enough to see it asked for.
STANDS = "update outbox set state = 'shown', shown = wanted, channel = 'C0GONE', ts = '1.' || key"


@click.command()
@click.option("--cases", default=10_000, show_default=True)
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite")
def main(cases: int, engine: str) -> None:
    """Exit 0 only if nobody was refused or waited too long."""
    with tempfile.TemporaryDirectory() as name, urls(engine) as fresh:
        folder, url = Path(name), next(fresh)
        _fill(folder, url, cases)
        with desk_at_work(folder, url, PORT) as honest:
            time.sleep(3)
            phases = {"before": _quietly(honest)}
            phases["3660bd"] = _slip(honest, url, "3660bd", "too long")
            phases["100bd"] = _slip(honest, url, "100bd", "100bd")
            counted = _query(url, "select count(*) from promises where target = '100bd'")
    for what, waits in phases.items():
        click.echo(f"{what:7} {waits}")
    faults = [f"{what}: {one}" for what, waits in phases.items() for one in waits.refused]
    late = [f"{what}: somebody waited {w.longest * 1000:.0f} ms"
            for what, w in phases.items() if w.longest > LONGEST and what != "before"]  # fmt: skip
    short = [f"{counted} of {cases} cases have the new promise"] if counted < cases else []
    for fault in [*faults, *late, *short]:
        click.echo(fault)
    raise SystemExit(1 if [*faults, *late, *short] else 0)


def _fill(folder: Path, url: str, cases: int) -> None:
    """So many open cases of the department, each by somebody else."""
    settings = Settings(database_url=url, config_dir=config_in(folder))  # type: ignore[call-arg]
    database = open_database(url, durable=False)
    store = Store(database)
    store.migrate()
    services = build_services(settings, store)
    take_over_files(services.kernel, settings.config_dir)
    for number in range(cases):
        post = Post("x", f"c{number}", "Where is my bag?", Author(f"@c{number}"), language="en")
        services.intake.receive(post)
    with database.writing():
        database.run(STANDS)
    store.close()


def _quietly(honest: Honest) -> Waits:
    with honest.at_work() as waits:
        time.sleep(10)
    return waits


def _slip(honest: Honest, url: str, length: str, answer: str) -> Waits:
    """Typed in the middle, and watched until nothing is left to count."""
    with honest.at_work() as waits:
        time.sleep(1)
        began = time.monotonic()
        typed = honest.command(f"/sla set service resolution {length}")
        told = typed.text
        if not typed.acked or answer not in told:
            waits.refused.append(f"the command: {typed.error or told}")
        while _query(url, "select count(*) from recounts") and time.monotonic() - began < PATIENCE:
            time.sleep(0.5)
        click.echo(f"{length}: {typed.seconds * 1000:.0f} ms, done after"
                   f" {time.monotonic() - began:.0f} s: {told[:100]}")  # fmt: skip
        time.sleep(2)
    return waits


def _query(url: str, sql: str) -> int:
    kept = url if url.startswith("postgresql") else Path(url.removeprefix("sqlite:///"))
    return int(query(kept, sql)[0][0])


if __name__ == "__main__":
    main()
