"""Commands that write a made world."""

import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Problem
from registry.simulation.demo import fill
from registry.simulation.settings import Settings
from registry.simulation.world import build
from registry.simulation.writing import ENDINGS, FORMATS, write_bundle, write_records, write_truth

DEMO = Settings()
demo = AppGroup("demo", help="A made world in the registry, to try it with.")
PACKINGS = [ending for ending in ENDINGS if ending]


@demo.command("fill")
@click.option("--seed", type=click.IntRange(min=0), default=DEMO.seed, show_default=True)
def fill_demo(seed: int) -> None:
    """Fill an empty registry with a made world and three days of records; open log-ins to try it with."""
    try:
        with Console(stderr=True).status("demo") as status:
            filled = fill(SYSTEM, replace(DEMO, seed=seed), status.update)
    except Conflict as problem:
        click.echo(f"{problem.detail}.", err=True)
        return
    except Problem as problem:
        raise click.ClickException(f"{problem.detail}. {problem.fix}") from problem
    click.echo("The demo was filled before." if filled.already else "The demo is filled.", err=True)
    click.echo(f"log-ins: {filled.logins}")
    click.echo(f"yesterday's records, not fed yet: {filled.records}")


@click.group("simulation")
def group() -> None:
    """A made world: registry, gateway records, and the truth about both."""


@group.command("write")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", type=click.IntRange(min=0), default=DEMO.seed, show_default=True)
@click.option("--enterprises", type=click.IntRange(min=40), default=DEMO.enterprises, show_default=True)
@click.option("--ports", type=click.IntRange(min=40), default=DEMO.ports, show_default=True)
@click.option("--signatures", type=click.IntRange(min=40), default=DEMO.signatures, show_default=True)
@click.option("--days", type=click.IntRange(min=1), default=DEMO.days, show_default=True)
@click.option("--messages", type=click.IntRange(min=1), default=DEMO.messages_per_day, show_default=True, help="A day.")
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="First day of records; else they end yesterday.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--compress", type=click.Choice(PACKINGS), help="Packs the records.")
@click.option("--cheats/--no-cheats", default=True, show_default=True)
def write(
    folder: Path,
    start: dt.datetime | None,
    messages: int,
    format_: str,
    compress: str | None,
    **sizes: int,
) -> None:
    """Write FOLDER/bundle, FOLDER/records and FOLDER/truth.csv."""
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty")
    first = start.date() if start else clock.local_day(clock.now()) - dt.timedelta(days=sizes["days"])
    try:
        settings = Settings(start=first, messages_per_day=messages, **sizes)  # type: ignore[arg-type]  # cheats is a flag
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    world = build(settings)
    counts = write_bundle(world, folder / "bundle")
    records = write_records(world, folder / "records", format_, compress)
    incidents = write_truth(world, folder / "truth.csv")
    rows = itertools.chain(counts.items(), (("records", records), ("incidents", incidents)))
    click.echo("  ".join(f"{name} {count}" for name, count in rows))


groups = (group, demo)
