"""`sms-registry lookup …`: what sources outside said."""

import click
from flask.cli import AppGroup

from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import FORMATS, printed
from registry.lookups import queries
from registry.lookups.kinds import LookupKind, LookupResult
from registry.lookups.model import Lookup

group = AppGroup("lookup", help="What sources outside said: registers, the trademark office, licence lists.")
COLUMNS = ("key", "kind", "subject", "result", "source", "reference", "by", "at", "digest")


@group.command("list")
@click.option("--kind", type=click.Choice([str(each) for each in LookupKind]))
@click.option("--result", type=click.Choice([str(each) for each in LookupResult]))
@click.option("--format", "form", type=click.Choice(FORMATS), default="table")
def lookups(kind: str | None, result: str | None, form: str) -> None:
    """Every answer that is on record, oldest first."""
    rows, after = list[Lookup](), ""
    while True:
        page = queries.listed(PageRequest(after, MOST), kind=kind, result=result)
        rows, after = [*rows, *page.items], page.after
        if not after:
            break
    click.echo(printed([{name: getattr(row, name) for name in COLUMNS} for row in rows], form))
