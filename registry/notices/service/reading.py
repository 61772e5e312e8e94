"""What readers do with their inbox: mark one or all as read, take notices by mail or not."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from registry import audit
from registry.accounts.model import Account
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.notices import queries
from registry.notices.model import NoMail, Notice, Reading
from registry.store import unit_of_work


def read(actor: Actor, key: str) -> Notice:
    """The notice, from now on read by this reader. Raises NotFound for one that is not theirs."""
    actor.require("notice.read")
    with unit_of_work():
        notice = queries.one(actor, key)
        _mark(actor, [notice.id])
    return notice


def read_all(actor: Actor) -> int:
    """Every unread notice of the reader marked as read; answers how many those were."""
    actor.require("notice.read")
    with unit_of_work():
        unread = queries.unread_ids(actor)
        _mark(actor, unread)
    return len(unread)


def by_mail(actor: Actor, email: str, *, wanted: bool) -> None:
    """Whether an account's owner takes notices by mail. Raises NotFound where there is no such account."""
    with unit_of_work() as session:
        if session.scalar(sa.select(Account.id).filter_by(email=email)) is None:
            raise NotFound("no_such_account", f"there is no account {email[:100]}")
        if wanted:
            session.execute(sa.delete(NoMail).filter_by(email=email))
        else:
            session.execute(insert(NoMail).values(email=email).on_conflict_do_nothing())
        audit.record(actor, "account.notices_by_mail", "account", email, after={"by_mail": wanted})


def _mark(actor: Actor, numbers: list[int]) -> None:
    if not numbers:
        return
    rows = [{"notice_id": number, "reader": actor.name, "at": clock.now()} for number in numbers]
    with unit_of_work() as session:
        session.execute(insert(Reading).values(rows).on_conflict_do_nothing())
