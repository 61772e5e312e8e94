"""What stands goes on: for longer, again after a lapse, or in the hands of a successor."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.filings.changing import RenewalContent, SuccessionContent
from registry.filings.kinds import Kind
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.standing import Standing
from registry.permits import service as permits
from registry.permits.model import Permit
from registry.ports import service as ports
from registry.ports.model import Delegation, Port
from registry.ports.queries import under
from registry.ports.values import DelegationValues
from registry.signatures import service as signatures
from registry.signatures.model import Letter, Signature
from registry.signatures.values import LetterValues, SignatureValues
from registry.store import db, unit_of_work
from registry.store.lists import of_object
from registry.store.periods import change, known, open_after, prolong

PERMISSION = "registry.change"

_ENTRIES: dict[str, tuple[Any, Callable[[Any], tuple[str, ...]]]] = {
    Kind.PORT: (Port.port, lambda row: (row.holder,)),
    Kind.DELEGATION: (Delegation.key, lambda row: (row.from_enterprise, row.to_enterprise)),
    Kind.SIGNATURE: (Signature.key, lambda row: (row.owner,)),
    Kind.LETTER: (Letter.key, lambda row: (row.owner, row.applicant)),
    Kind.PERMIT: (Permit.key, permits.concerned),
}


def renew(actor: Actor, content: RenewalContent, at: dt.datetime) -> str:
    """The entry counts until the new end; one that has lapsed counts again from now on, with the gap between.

    Answers its key. Raises NotFound, Conflict where something else has taken its place meanwhile.
    """
    actor.require(PERMISSION)
    column, concerned = _ENTRIES[content.subject_kind]
    table = column.class_
    with unit_of_work() as session:
        query = sa.select(table).where(column == content.subject, known(table)).order_by(table.valid.desc())
        row = session.scalar(query.limit(1))
        if row is None:
            raise NotFound(f"no_such_{content.subject_kind}", f"there is no {content.subject_kind} {content.subject}")
        before, lapsed = of_object(row), row.valid_until is not None and row.valid_until <= at
        standing = {"standing": Standing.VERIFIED} if hasattr(row, "standing") else {}
        later = prolong(row, content.valid_until, at, actor.name, **standing)
        session.flush()
        verb = f"{content.subject_kind}.{'opened' if lapsed else 'renewed'}"
        tell(actor, verb, content.subject, later, concerned(later), before=before)
    return content.subject


def succeed(actor: Actor, content: SuccessionContent, filing: str, at: dt.datetime) -> str:
    """Everything of one enterprise, or what hangs on the codes that are named, is the other's from a moment on.

    Ports first, then hops, names, letters, permits: each rests on those before. Answers the successor's code.
    """
    actor.require(PERMISSION)
    giver, taker = content.from_enterprise, content.to_enterprise
    with unit_of_work():
        _ports(actor, content, at)
        _hops(actor, content, filing, at)
        if not content.ports:
            _names(actor, giver, taker, filing, at)
        for row in _rows(
            Permit, at, _on(Permit.port, content.ports), sa.or_(Permit.owner == giver, Permit.user == giver)
        ):
            parties = {name: taker for name in ("owner", "user") if getattr(row, name) == giver}
            permits.hand_over(actor, row.key, _kept_owner(parties, content), at=at, filing=filing)
    return taker


def _kept_owner(parties: dict[str, str], content: SuccessionContent) -> dict[str, str]:
    """By split the names stay where they are: only who sends changes, and a letter is asked for by the look-back."""
    return {name: code for name, code in parties.items() if name == "user"} if content.ports else parties


def _ports(actor: Actor, content: SuccessionContent, at: dt.datetime) -> None:
    for row in _rows(Port, at, _on(Port.port, content.ports), Port.holder == content.from_enterprise):
        before = of_object(row)
        later = change(row, at, actor.name, holder=content.to_enterprise)
        db.session.flush()
        tell(actor, "port.succeeded", row.port, later, (content.from_enterprise, later.holder), before=before)


def _hops(actor: Actor, content: SuccessionContent, filing: str, at: dt.datetime) -> None:
    giver, taker = content.from_enterprise, content.to_enterprise
    mine = sa.or_(Delegation.from_enterprise == giver, Delegation.to_enterprise == giver)
    for row in _rows(Delegation, at, _on(Delegation.port, content.ports), mine):
        first, second = (taker if code == giver else code for code in (row.from_enterprise, row.to_enterprise))
        ports.end_delegation(actor, row.key, at=at, reason=content.reason)
        if first != second:
            values = DelegationValues(row.port, first, second, row.role, row.letter, valid_until=row.valid_until)
            ports.delegate(actor, values, filing=filing)


def _names(actor: Actor, giver: str, taker: str, filing: str, at: dt.datetime) -> None:
    for name in _rows(Signature, at, Signature.owner == giver):
        signatures.end_signature(actor, name.key, at=at)
        said = SignatureValues(
            name.signature, taker, name.source, protected=name.protected, valid_until=name.valid_until
        )
        signatures.register(actor, said, filing=filing)
    for letter in _rows(Letter, at, sa.or_(Letter.owner == giver, Letter.applicant == giver)):
        owner, applicant = (taker if code == giver else code for code in (letter.owner, letter.applicant))
        signatures.revoke_letter(actor, letter.key, at=at)
        if owner != applicant:
            values = LetterValues(owner, applicant, tuple(letter.signatures), valid_until=letter.valid_until)
            signatures.add_letter(actor, values, filing=filing)


def _rows(table: Any, at: dt.datetime, *where: Any) -> list[Any]:
    query = sa.select(table).where(known(table), open_after(table, at), *where).order_by(table.row_id)
    return list(db.session.scalars(query))


def _on(column: Any, codes: tuple[str, ...]) -> Any:
    """What hangs on the codes that are named: they and every number under them; everything where none is named."""
    return sa.or_(*(sa.or_(column == each, under(column, each)) for each in codes)) if codes else sa.true()
