"""One enterprise takes the place of another: what stood in the one's hands stands in the other's from a moment on.

An entry keeps the filing by which it was made, and with it what was said then of consent, samples and papers; that it
went over says the audit trail.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.enterprises import queries as enterprises_room
from registry.enterprises import service as enterprises
from registry.enterprises.kinds import RelationKind
from registry.enterprises.values import RelationValues
from registry.filings.changing import SuccessionContent
from registry.filings.kinds import Manner
from registry.kernel.actor import Actor
from registry.permits import service as permits
from registry.permits.model import Permit
from registry.ports import service as ports
from registry.ports.model import Delegation, Port
from registry.ports.queries import under
from registry.ports.values import DelegationValues
from registry.signatures import service as signatures
from registry.signatures.model import Letter, Signature
from registry.signatures.queries import registered
from registry.signatures.values import SignatureValues
from registry.store import db, unit_of_work
from registry.store.lists import of_object
from registry.store.periods import change, known, open_after

PERMISSION = "registry.change"


def succeed(actor: Actor, content: SuccessionContent, at: dt.datetime) -> str:
    """Everything of one enterprise, or what hangs on the codes that are named, is the other's from a moment on.

    Ports first, then hops, names, letters, permits: each rests on those before. Answers the successor's code.
    """
    actor.require(PERMISSION)
    giver, taker = content.from_enterprise, content.to_enterprise
    with unit_of_work():
        _tie(actor, content, at)
        _ports(actor, content, at)
        _hops(actor, content, at)
        if not content.ports:
            _names(actor, giver, taker, at)
            _letters(actor, giver, taker, at)
        mine = sa.or_(Permit.owner == giver, Permit.user == giver)
        for key in dict.fromkeys(row.key for row in _rows(Permit, at, _on(Permit.port, content.ports), mine)):
            # by split the names stay where they are: only who sends changes, and a letter is asked for by the look-back
            permits.hand_over(actor, key, giver, taker, at=at, names=("user",) if content.ports else ("owner", "user"))
    return taker


def _tie(actor: Actor, content: SuccessionContent, at: dt.datetime) -> None:
    """A merger that only a paper showed is on record from now on: usage under the old name is the successor's."""
    ends = (content.from_enterprise, content.to_enterprise)
    ties = enterprises_room.relations(content.from_enterprise, at)
    there = any(
        (each.from_enterprise, each.to_enterprise, each.kind) == (*ends, RelationKind.MERGED_INTO) for each in ties
    )
    if content.manner == Manner.MERGER and not there:
        enterprises.relate(actor, RelationValues(*ends, RelationKind.MERGED_INTO.value, valid_from=at))


def _ports(actor: Actor, content: SuccessionContent, at: dt.datetime) -> None:
    for row in _rows(Port, at, _on(Port.port, content.ports), Port.holder == content.from_enterprise):
        before = of_object(row)
        later = change(row, at, actor.name, holder=content.to_enterprise)
        db.session.flush()
        tell(actor, "port.succeeded", row.port, later, (content.from_enterprise, later.holder), before=before)


def _hops(actor: Actor, content: SuccessionContent, at: dt.datetime) -> None:
    """Hops are known by their parties: each ends, and another one begins, those to the giver before those from it."""
    giver, taker = content.from_enterprise, content.to_enterprise
    mine = sa.or_(Delegation.from_enterprise == giver, Delegation.to_enterprise == giver)
    found = _rows(Delegation, at, _on(Delegation.port, content.ports), mine)
    for row in found:
        ports.end_delegation(actor, row.key, at=at, reason=content.reason)
    for row in sorted(found, key=lambda each: each.from_enterprise == giver):
        first, second = (taker if code == giver else code for code in (row.from_enterprise, row.to_enterprise))
        values = DelegationValues(
            row.port, first, second, row.role, row.letter, max(at, row.valid_from), row.valid_until
        )
        if first != second and not _let_already(values, at):
            ports.delegate(actor, values, standing=row.standing, filing=row.filing)


def _let_already(values: DelegationValues, at: dt.datetime) -> bool:
    same = {name: getattr(values, name) for name in Delegation.same}
    return bool(_rows(Delegation, at, *(getattr(Delegation, name) == value for name, value in same.items())))


def _names(actor: Actor, giver: str, taker: str, at: dt.datetime) -> None:
    for row in _rows(Signature, at, Signature.owner == giver):
        signatures.end_signature(actor, row.key, at=at)
        if registered(row.signature, taker, at) is None:
            said = SignatureValues(
                row.signature,
                taker,
                row.source,
                protected=row.protected,
                valid_from=max(at, row.valid_from),
                valid_until=row.valid_until,
            )
            signatures.register(actor, said, standing=row.standing, filing=row.filing)


def _letters(actor: Actor, giver: str, taker: str, at: dt.datetime) -> None:
    """A letter stays the same one, with its owner's answer; who has become owner and applicant in one needs none."""
    for row in _rows(Letter, at, sa.or_(Letter.owner == giver, Letter.applicant == giver)):
        owner, applicant = (taker if code == giver else code for code in (row.owner, row.applicant))
        if owner == applicant:
            signatures.revoke_letter(actor, row.key, at=at)
            continue
        before = of_object(row)
        later = change(row, at, actor.name, owner=owner, applicant=applicant)
        db.session.flush()
        tell(actor, "letter.succeeded", row.key, later, (owner, applicant, giver), before=before)


def _rows(table: Any, at: dt.datetime, *where: Any) -> list[Any]:
    query = sa.select(table).where(known(table), open_after(table, at), *where).order_by(table.row_id)
    return list(db.session.scalars(query))


def _on(column: Any, codes: tuple[str, ...]) -> Any:
    """What hangs on the codes that are named: they and every number under them; everything where none is named."""
    return sa.or_(*(sa.or_(column == each, under(column, each)) for each in codes)) if codes else sa.true()
