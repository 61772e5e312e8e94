"""The accounts that a new registry begins with: the first administrator, and those of a demo."""

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from registry import settings
from registry.accounts.model import Account, Role
from registry.accounts.service.logging_in import one_time_password
from registry.accounts.service.opening import NewAccount, open_account
from registry.kernel.actor import Actor
from registry.local import write_privately
from registry.store import db, unit_of_work

ADMINISTRATOR = NewAccount("administrator@registry.local", "Administrator", ("administrator",))
FIRST_LOGIN = "first-login.txt"
DEMO_LOGINS = "demo-logins.txt"


def first_administrator(actor: Actor) -> Path | None:
    """Open the first administrator's account and write its one-time password to a file that only we read.

    Answers the file, None where an administrator exists already.
    """
    with unit_of_work():
        # two starts at once: the second finds what the first made
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("first-administrator"))))
        if db.session.scalar(sa.select(Account.id).where(Account.roles.any(Role.name == "administrator")).limit(1)):
            return None
        password = one_time_password()
        open_account(actor, ADMINISTRATOR.email, ADMINISTRATOR.name, list(ADMINISTRATOR.roles), password)
        # the file comes first: an account whose password nobody knows would shut everybody out
        return _write(FIRST_LOGIN, [(ADMINISTRATOR.email, password)])


def open_many(actor: Actor, accounts: Iterable[NewAccount]) -> list[tuple[str, str]]:
    """Open those that are not there yet, in one commit: (e-mail, password), which need not be changed."""
    opened = []
    with unit_of_work():
        taken = set(db.session.scalars(sa.select(Account.email)))
        for each in accounts:
            if each.email in taken:
                continue
            password = one_time_password()
            open_account(
                actor,
                each.email,
                each.name,
                list(each.roles),
                password,
                enterprise=each.enterprise,
                office=each.office,
                must_change_password=False,
            )
            opened.append((each.email, password))
    return opened


def open_demo(actor: Actor, enterprise: str) -> Path:
    """Log-ins to try the registry with: staff, and a user of one company; their passwords stand in the file."""
    staff = [
        NewAccount("reviewer1@registry.local", "李审核", ("reviewer",)),
        NewAccount("reviewer2@registry.local", "王审核", ("reviewer",)),
        NewAccount("supervisor@registry.local", "张主管", ("supervisor",)),
        NewAccount("analyst@registry.local", "陈分析", ("analyst",)),
        NewAccount("company@registry.local", "赵经办", ("company",), enterprise),
    ]
    path = settings.current().data / DEMO_LOGINS
    with unit_of_work():
        opened = open_many(actor, staff)
        return _write(DEMO_LOGINS, opened) if opened else path


def _write(name: str, opened: list[tuple[str, str]]) -> Path:
    path = settings.current().data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_privately(path, "\n".join(f"{email} {password}" for email, password in opened))
    return path
