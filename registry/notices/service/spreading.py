"""From notices to deliveries: whose mailboxes and whose endpoints each one goes to."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from registry import jobs, settings
from registry.accounts.model import Account
from registry.kernel import clock
from registry.notices.kinds import Channel
from registry.notices.model import Delivery, Endpoint, NoMail, Notice, Unspread
from registry.notices.workflow import DeliveryState
from registry.papers.personal import decrypted
from registry.store import db, unit_of_work
from registry.store.columns import new_key

AT_ONCE = 500  # notices of one commit of the job


def spread() -> int:
    """Make the deliveries of every notice that has none yet, each once; answers of how many notices.

    Two jobs at once take different notices; one that is killed has made none or all of its part.
    """
    done = 0
    while taken := _some():
        done += taken
    return done


def _some() -> int:
    with unit_of_work() as session:
        query = sa.select(Unspread).order_by(Unspread.notice_id).limit(AT_ONCE).with_for_update(skip_locked=True)
        rows = session.scalars(query).all()
        made = [delivery for row in rows for delivery in _deliveries(row)]
        if made:
            new = insert(Delivery).values(made).on_conflict_do_nothing().returning(Delivery.key)
            for key in session.scalars(new).all():
                jobs.enqueue("notices.deliver", key=key)
        session.execute(sa.delete(Unspread).where(Unspread.notice_id.in_([row.notice_id for row in rows])))
    return len(rows)


def _deliveries(row: Unspread) -> Iterator[dict[str, object]]:
    for channel, target, enterprise in _targets(row.notice, row.sealed):
        yield {
            "key": new_key("DLV"),
            "notice_id": row.notice_id,
            "channel": channel,
            "target": target,
            "enterprise": enterprise,
            "state": DeliveryState.WAITING,
            "tries": 0,
            "next_at": clock.now(),
            "made_at": clock.now(),
            "sealed": row.sealed if channel is Channel.MAIL else "",
            "version": 1,
        }


def _targets(notice: Notice, sealed: str) -> Iterator[tuple[Channel, str, str | None]]:
    kind, _, name = notice.recipient.partition(":")
    if settings.current().mail is not None:
        if kind == "address" and json.loads(decrypted(sealed))["address"]:
            yield Channel.MAIL, name, None
        for email in db.session.scalars(_mailboxes(kind, name)) if kind in ("enterprise", "account") else ():
            yield Channel.MAIL, email, None
    if kind in ("enterprise", "office"):
        owner = name if kind == "enterprise" else None
        for endpoint in db.session.scalars(_endpoints(owner, notice.event.partition(".")[0])):
            yield Channel.WEBHOOK, endpoint.key, owner


def _mailboxes(kind: str, name: str) -> sa.Select[str]:
    whose = Account.enterprise == name if kind == "enterprise" else Account.email == name
    wanted = Account.email.not_in(sa.select(NoMail.email))
    return sa.select(Account.email).where(Account.active, whose, wanted).order_by(Account.email)


def _endpoints(owner: str | None, topic: str) -> sa.Select[Endpoint]:
    wants = sa.or_(sa.func.cardinality(Endpoint.topics) == 0, Endpoint.topics.contains([topic]))
    mine = Endpoint.enterprise.is_(None) if owner is None else Endpoint.enterprise == owner
    return sa.select(Endpoint).where(Endpoint.closed_at.is_(None), mine, wants).order_by(Endpoint.key)
