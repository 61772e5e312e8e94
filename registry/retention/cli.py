"""`sms-registry retention …`: erasing what is due, and what was erased."""

import click
from flask.cli import AppGroup

from registry.erasures import queries as erasures
from registry.erasures.kinds import Erasable
from registry.erasures.model import Erasure
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import FORMATS, printed
from registry.retention import queries, service

group = AppGroup("retention", help="What does not outlive its time: papers, personal data, samples of messages.")
COLUMNS = ("key", "what", "subject", "enterprise", "digest", "rule", "since", "erased_at")


@group.command("run")
@click.option("--dry", is_flag=True, help="Only say what is due.")
def run(*, dry: bool) -> None:
    """Erase what is due now."""
    told = queries.counted(queries.due()) if dry else service.run(SYSTEM)
    click.echo(", ".join(f"{name}: {count}" for name, count in told.items()))


@group.command("list")
@click.option("--what", type=click.Choice([str(each) for each in Erasable]))
@click.option("--format", "form", type=click.Choice(FORMATS), default="table")
def erased(what: str | None, form: str) -> None:
    """What was erased, when, and by which rule."""
    rows, after = list[Erasure](), ""
    while True:
        page = erasures.listed(SYSTEM, PageRequest(after, MOST), what=what)
        rows, after = [*rows, *page.items], page.after
        if not after:
            break
    click.echo(printed([{name: getattr(row, name) for name in COLUMNS} for row in rows], form))
