"""What the registry holds of everything that lines of usage meet, as it stands, and with one entry more or less."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from registry.filings.content import Content, PermitContent, SignatureContent
from registry.filings.effect import Line, Standing
from registry.kernel import clock
from registry.measures.limits import limit_of
from registry.measures.model import Measure
from registry.permits.governing import Candidate
from registry.permits.model import Permit
from registry.permits.queries import applying_to, candidate_of
from registry.permits.restraint import restraints
from registry.permits.scope import UNLIMITED
from registry.ports.model import Delegation, Port
from registry.ports.prefix import prefixes_of
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.folding import fold
from registry.signatures.model import Signature
from registry.store import db
from registry.store.periods import in_force, period

_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def standing(lines: Iterable[Line]) -> Standing:
    """What the registry holds now of everything that these lines of usage meet."""
    known = list(lines)
    ports, texts = sorted({line.port for line in known}), sorted({line.folded for line in known} - {""})
    above = sorted({prefix for port in ports for prefix in prefixes_of(port)})
    holders = sa.select(Port.port, Port.holder).where(Port.port.in_(above), in_force(Port))
    hops = sa.select(Delegation.port, Delegation.to_enterprise).where(Delegation.port.in_(above), in_force(Delegation))
    named = sa.select(Signature.folded, Signature.owner).where(Signature.folded.in_(texts), in_force(Signature))
    owners: dict[str, set[str]] = {}
    for row in db.session.execute(named):
        owners.setdefault(row.folded, set()).add(row.owner)
    return Standing(
        holders=_by_port(holders),
        hops=frozenset((row.port, row.to_enterprise) for row in db.session.execute(hops)),
        owners={folded: frozenset(found) for folded, found in owners.items()},
        permits=_permits(ports, set(texts)),
    )


def _by_port(query: sa.Select[str, str]) -> dict[str, str]:
    return {row.port: row.holder for row in db.session.execute(query)}


def _permits(ports: Iterable[str], texts: set[str]) -> dict[str, tuple[Candidate, ...]]:
    patterns = sorted({pattern for port in ports for pattern in applying_to(port)})
    rows = db.session.scalars(sa.select(Permit).where(Permit.port.in_(patterns), in_force(Permit))).all()
    rows = [row for row in rows if fold(row.signature) in texts]
    taken, found = restraints(rows), dict[str, list[Candidate]]()
    limits = _limits({key for each in taken.values() for key in each.limited_by})
    for row in rows:
        permit, taking = candidate_of(row, clock.now()), taken.get(row.key)
        for key in taking.limited_by if taking else ():
            left = permit.scope.categories & limits[key]
            permit = replace(permit, scope=replace(permit.scope, categories=left))
        if taking and taking.suspended_by:
            permit = replace(permit, scope=replace(permit.scope, stopped_from=0, stopped_until=UNLIMITED))
        found.setdefault(fold(row.signature), []).append(permit)
    return {folded: tuple(each) for folded, each in found.items()}


def _limits(keys: set[str]) -> dict[str, int]:
    """The categories that each of these measures leaves."""
    rows = db.session.scalars(sa.select(Measure).where(Measure.key.in_(keys), in_force(Measure))) if keys else ()
    return {row.key: limit_of(row.limits).categories for row in rows}


def candidate(content: PermitContent) -> Candidate:
    """The permit that is asked for, as if it counted for all of the window."""
    values = content.values
    row = Permit(
        key=values.permit,
        port=values.port,
        user=values.user,
        links=[],
        contacts=[],
        valid=period(_LONG_AGO),
        **{name: getattr(values.scope, name) for name in ("categories", "provinces", "hours", "monthly_volume")},
    )
    return candidate_of(row, clock.now())


def with_it(now: Standing, content: Content) -> Standing:
    """The same as if a content's entry were in force too."""
    match content:
        case PermitContent():
            return now.with_permit(fold(content.values.signature), candidate(content))
        case SignatureContent():
            folded = fold(content.values.signature)
            owners = now.owners.get(folded, frozenset()) | {content.values.owner}
            return replace(now, owners={**now.owners, folded: owners})
        case PortValues():
            return replace(now, holders={**now.holders, content.port: content.holder})
        case DelegationValues():
            return replace(now, hops=now.hops | {(content.port, content.to_enterprise)})
    return now


def without_it(now: Standing, content: Content) -> Standing:
    """The same as if a content's entry had ended."""
    match content:
        case PermitContent():
            return now.without_permit(content.values.permit)
        case SignatureContent():
            folded = fold(content.values.signature)
            owners = now.owners.get(folded, frozenset()) - {content.values.owner}
            return replace(now, owners={**now.owners, folded: owners})
        case PortValues():
            return replace(now, holders={port: each for port, each in now.holders.items() if port != content.port})
        case DelegationValues():
            return replace(now, hops=now.hops - {(content.port, content.to_enterprise)})
    return now
