"""Commands that write a made world."""

import datetime as dt
import itertools
from pathlib import Path

import click

from registry.kernel import clock
from registry.simulation.settings import Settings
from registry.simulation.world import build
from registry.simulation.writing import ENDINGS, FORMATS, write_bundle, write_records, write_truth

DEMO = Settings()
PACKINGS = [ending for ending in ENDINGS if ending]


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
    settings = Settings(start=first, messages_per_day=messages, **sizes)  # type: ignore[arg-type]  # cheats is a flag
    world = build(settings)
    counts = write_bundle(world, folder / "bundle")
    records = write_records(world, folder / "records", format_, compress)
    incidents = write_truth(world, folder / "truth.csv")
    rows = itertools.chain(counts.items(), (("records", records), ("incidents", incidents)))
    click.echo("  ".join(f"{name} {count}" for name, count in rows))
