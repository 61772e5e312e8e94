"""`sms-registry letter …`: asking owners without a browser."""

import click
from flask.cli import AppGroup

from registry.inquiries import queries, service
from registry.inquiries.model import Inquiry
from registry.inquiries.workflow import InquiryState
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import FORMATS, printed

group = AppGroup("letter", help="What owners are asked about letters in their name, and what they said.")
COLUMNS = ("key", "state", "owner", "applicant", "letter", "filing", "asked_at", "answered_at")


@group.command("inquiries")
@click.option("--state", type=click.Choice([str(each) for each in InquiryState]))
@click.option("--owner", default="", help="The owner's code.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table")
def inquiries(state: str | None, owner: str, form: str) -> None:
    """What was asked, and what was said."""
    rows, after = list[Inquiry](), ""
    while True:
        page = queries.listed(SYSTEM, PageRequest(after, MOST), state=state, owner=owner)
        rows, after = [*rows, *page.items], page.after
        if not after:
            break
    click.echo(printed([{name: getattr(row, name) for name in COLUMNS} for row in rows], form))


@group.command("ask")
@click.argument("key")
@click.option("--address", default="", help="An e-mail address of the owner that does not come from the applicant.")
@click.option("--source", default="", help="Where the address was found.")
def ask(key: str, address: str, source: str) -> None:
    """Ask the owner about a letter, or once more about an inquiry."""
    use = service.ask if key.startswith("INQ-") else service.ask_about_letter
    row = use(SYSTEM, key, address=address, source=source)
    click.echo(f"{row.key} {row.state}")
