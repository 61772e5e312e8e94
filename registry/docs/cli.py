"""`sms-registry docs …`"""

import sys

import click
from flask.cli import AppGroup

from registry.docs import writing

group = AppGroup("docs", help="Documents that are generated from the code.")


@group.command("write")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 where a document is not as the code has it.")
def write(*, check: bool) -> None:
    """Write openapi.json and the pages of rules, checks and workflows into registry/docs/."""
    names = list(writing.differing()) if check else writing.write()
    for name in names:
        click.echo(name)
    sys.exit(1 if check and names else 0)
