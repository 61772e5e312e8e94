"""`sms-registry account …`"""

import click
from flask.cli import AppGroup

from registry.accounts import queries, service
from registry.accounts.roles import RoleName
from registry.accounts.service.logging_in import one_time_password
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import FORMATS, printed

group = AppGroup("account", help="Log-ins of people and keys of machines.")
ROLES = click.Choice([role.value for role in RoleName])


class Refused(click.ClickException):
    """A problem as the command line tells it."""

    exit_code = 2

    def __init__(self, problem: Problem) -> None:
        fields = "".join(f"\n  {each.field}: {each.message}. {each.fix}" for each in problem.fields)
        super().__init__(f"{problem.detail}. {problem.fix}".rstrip(" .") + fields)


@group.command("first-administrator")
def first_administrator() -> None:
    """Open the first administrator's account, unless there is one."""
    path = service.first_administrator(SYSTEM)
    if path:
        click.echo(f"The first log-in is written in {path}; its password must be changed at once.", err=True)


@group.command("open")
@click.argument("email")
@click.option("--role", "roles", type=ROLES, multiple=True, required=True)
@click.option("--enterprise", help="The company whose user this is.")
@click.option("--name", default="", help="The person's name.")
@click.option("--office", help="The office (province) the person works for.")
def open_account(email: str, roles: tuple[str, ...], enterprise: str | None, name: str, office: str | None) -> None:
    """Open an account and print its one-time password."""
    password = one_time_password()
    try:
        service.open_account(SYSTEM, email, name, list(roles), password, enterprise=enterprise, office=office)
    except Problem as problem:
        raise Refused(problem) from problem
    click.echo(password)


@group.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """Print a new one-time password for somebody who forgot the own one."""
    try:
        click.echo(service.reset_password(SYSTEM, email))
    except Problem as problem:
        raise Refused(problem) from problem


@group.command("close")
@click.argument("email")
def close(email: str) -> None:
    """Let nobody log in with an account any more."""
    try:
        service.close_account(SYSTEM, email)
    except Problem as problem:
        raise Refused(problem) from problem


@group.command("deputy")
@click.argument("absent")
@click.argument("deputy")
@click.option("--until", required=True, metavar="TIME", help="Until when, like 2026-05-01.")
@click.option("--from", "since", metavar="TIME", help="From when; now where not said.")
@click.option("--reason", required=True, help="Why the colleague is absent.")
def appoint(absent: str, deputy: str, until: str, since: str | None, reason: str) -> None:
    """Let DEPUTY decide in the place of ABSENT, in the own name."""
    try:
        first = clock.parse_moment(since) if since else None
        row = service.appoint(SYSTEM, absent, deputy, clock.parse_moment(until), reason, since=first)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except Problem as problem:
        raise Refused(problem) from problem
    click.echo(row.key)


@group.command("deputies")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table")
def deputies(form: str) -> None:
    """Who stands in for whom."""
    names = ("key", "absent", "deputy", "valid_from", "valid_until", "ended_at", "reason")
    rows = queries.deputies(PageRequest(limit=MOST)).items
    click.echo(printed([{name: getattr(row, name) for name in names} for row in rows], form))


@group.command("key")
@click.option("--role", "roles", type=ROLES, multiple=True, required=True)
@click.option("--enterprise", help="The company that the key belongs to.")
@click.option("--name", default="command line", help="What the key is for.")
def key(roles: tuple[str, ...], enterprise: str | None, name: str) -> None:
    """Open an API key and print it; it is shown this once."""
    try:
        _key, text = service.open_key(SYSTEM, name, list(roles), enterprise=enterprise)
    except Problem as problem:
        raise Refused(problem) from problem
    click.echo(text)


@group.command("list")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table")
def list_accounts(form: str) -> None:
    """Accounts and their roles."""
    rows = [
        {
            "email": account.email,
            "name": account.name,
            "roles": [role.name for role in account.roles],
            "enterprise": account.enterprise,
            "office": account.office,
            "active": account.active,
        }
        for account in queries.accounts()
    ]
    click.echo(printed(rows, form))
