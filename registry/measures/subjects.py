"""What a measure reaches through its subject: who answers, whom it concerns, which ports and categories."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from registry.enterprises import queries as enterprises
from registry.enterprises.model import Submitter
from registry.kernel.errors import NotFound
from registry.measures.kinds import SubjectKind
from registry.permits.model import Permit, Template
from registry.ports import queries as ports
from registry.ports.model import Delegation
from registry.signatures.model import Signature
from registry.store import db
from registry.store.periods import in_force, known
from registry.texts.category import category_bits


@dataclass(frozen=True, slots=True)
class Reach:
    """`enterprise` answers for the subject (empty: nobody is known); `parties` follow what becomes of it."""

    enterprise: str = ""
    parties: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    categories: int = 0


def reach_of(kind: SubjectKind, subject: str, at: dt.datetime | None, *, known_only: bool = True) -> Reach:
    """What a subject reaches at a time.

    Raises NotFound where the registry knows no such subject and `known_only`; numbers need not be registered.
    """
    reach = _BY_KIND[kind](subject, at)
    if reach is None and known_only:
        raise NotFound("no_such_subject", f"there is no {kind} {subject[:60]}", fix="look it up in the registry")
    return reach or Reach()


def _enterprise(subject: str, _at: dt.datetime | None) -> Reach:
    code = enterprises.find(subject).code
    return Reach(code, (code,))


def _digits(subject: str, at: dt.datetime | None) -> Reach:
    holder = ports.holder_of(subject, at) or ""
    hops = ports.chain(subject, at)
    return Reach(holder, tuple(hop.to_enterprise for hop in hops), (subject,))


def _delegation(subject: str, _at: dt.datetime | None) -> Reach | None:
    query = sa.select(Delegation).where(Delegation.key == subject, known(Delegation))
    row = db.session.scalar(query.order_by(Delegation.valid.desc()).limit(1))
    if row is None:
        return None
    return Reach(row.to_enterprise, (row.from_enterprise, row.to_enterprise), (row.port,))


def _submitter(subject: str, at: dt.datetime | None) -> Reach | None:
    account = subject.rpartition("/")[2]
    query = sa.select(Submitter.enterprise).where(Submitter.submitter == account, in_force(Submitter, at))
    owner = db.session.scalar(query.limit(1))
    return Reach(owner, (owner,)) if owner else None


def _signature(subject: str, at: dt.datetime | None) -> Reach | None:
    named = sa.or_(Signature.key == subject, Signature.signature == subject)
    rows = db.session.scalars(sa.select(Signature).where(named, known(Signature)).order_by(Signature.owner)).all()
    if not rows:
        return None
    owners = tuple(dict.fromkeys(row.owner for row in rows))
    texts = {row.signature for row in rows}
    query = sa.select(Permit).where(Permit.signature.in_(texts), Permit.owner.in_(owners), in_force(Permit, at))
    return _over(list(db.session.scalars(query)), owners[0] if len(owners) == 1 else "", owners)


def _permit(subject: str, _at: dt.datetime | None) -> Reach | None:
    query = sa.select(Permit).where(Permit.key == subject, known(Permit)).order_by(Permit.valid.desc()).limit(1)
    row = db.session.scalar(query)
    return _over([row], row.user, (row.user, row.owner)) if row else None


def _template(subject: str, at: dt.datetime | None) -> Reach | None:
    query = sa.select(Template.permit).where(Template.key == subject, known(Template))
    permit = db.session.scalar(query.limit(1))
    return _permit(permit, at) if permit else None


def _over(permits: list[Permit], answers: str, parties: tuple[str, ...]) -> Reach:
    users = tuple(permit.user for permit in permits)
    categories = category_bits({name for permit in permits for name in permit.categories})
    reached = tuple(dict.fromkeys(permit.port for permit in permits))
    return Reach(answers, tuple(dict.fromkeys((*parties, *users))), reached, categories)


_BY_KIND: dict[SubjectKind, Callable[[str, dt.datetime | None], Reach | None]] = {
    SubjectKind.ENTERPRISE: _enterprise,
    SubjectKind.PORT: _digits,
    SubjectKind.PREFIX: _digits,
    SubjectKind.DELEGATION: _delegation,
    SubjectKind.SUBMITTER: _submitter,
    SubjectKind.SIGNATURE: _signature,
    SubjectKind.PERMIT: _permit,
    SubjectKind.TEMPLATE: _template,
}
