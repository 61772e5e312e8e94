"""The registry as detection needs it: rows that were in force at any moment of a window, as Arrow tables."""

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from registry.detection import declarations, measured
from registry.detection.rowset import NUMBER, PERIOD, TEXT, TRUTH, Shape, period_of, rows_of, succeeded, table_of
from registry.enterprises.model import Relation, Submitter
from registry.kernel import clock
from registry.kernel.clock import FOREVER
from registry.law import provisions
from registry.law.divisions import province_bits
from registry.permits.kinds import OnBehalf
from registry.permits.model import Permit, Purpose
from registry.permits.scope_values import hours_bits
from registry.permits.values import PermitValues
from registry.ports.model import Delegation, Port
from registry.signatures.folding import fold
from registry.signatures.model import Signature
from registry.store import db
from registry.store.periods import known
from registry.texts.category import category_bits


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The registry's tables for one window; their columns stand at the functions that read them."""

    ports: pa.Table
    delegations: pa.Table
    former: pa.Table
    signatures: pa.Table
    written: pa.Table
    submitters: pa.Table
    relations: pa.Table
    permits: pa.Table
    stops: pa.Table
    limits: pa.Table
    halted: pa.Table
    letters: pa.Table
    values: pa.Table
    shared: pa.Table
    parties: pa.Table
    guarded: pa.Table
    complained: pa.Table
    rates: pa.Table


def read(window: Range[dt.datetime]) -> Snapshot:
    """All of them, in one reading; who merged into another stands under the other's code."""
    found = _read(window)
    merged = declarations.successors(window)
    return Snapshot(**{each.name: succeeded(getattr(found, each.name), merged) for each in fields(Snapshot)})


def _read(window: Range[dt.datetime]) -> Snapshot:
    return Snapshot(
        ports(window),
        delegations(window),
        former(window),
        signatures(window),
        written(),
        submitters(window),
        relations(window),
        permits(),
        measured.stops(window),
        measured.limits(window),
        measured.halted(window),
        declarations.letters(),
        declarations.values(window),
        declarations.shared_values(),
        declarations.parties(),
        declarations.guarded(),
        declarations.complained(window),
        declarations.rates(window),
    )


def ports(window: Range[dt.datetime]) -> pa.Table:
    """prefix, holder, use, signing, level."""
    columns = (Port.port, Port.holder, Port.use, Port.signing, Port.level)
    shape: Shape = {"prefix": TEXT, "holder": TEXT, "use": TEXT, "signing": TEXT, "level": TEXT}
    return table_of(shape | PERIOD, rows_of(Port, columns, window))


def delegations(window: Range[dt.datetime]) -> pa.Table:
    """prefix, from_enterprise, to_enterprise, role, hop_letter."""
    columns = (
        Delegation.port,
        Delegation.from_enterprise,
        Delegation.to_enterprise,
        Delegation.role,
        Delegation.letter,
    )
    shape: Shape = dict.fromkeys(("prefix", "from_enterprise", "to_enterprise", "role", "hop_letter"), TEXT)
    return table_of(shape | PERIOD, rows_of(Delegation, columns, window))


FORMER: Shape = {"prefix": TEXT, "enterprise": TEXT, "until": NUMBER}


def former(window: Range[dt.datetime]) -> pa.Table:
    """Who had a number by a hop that ended before the window: prefix, enterprise, until."""
    columns = (Delegation.port, Delegation.to_enterprise, period_of(Delegation)[1])
    query = sa.select(*columns).where(known(Delegation), Delegation.valid.op("<<")(window))
    return table_of(FORMER, [tuple(row) for row in db.session.execute(query)])


def signatures(window: Range[dt.datetime]) -> pa.Table:
    """folded, owner."""
    columns = (Signature.folded, Signature.owner)
    return table_of(Shape(folded=TEXT, owner=TEXT) | PERIOD, rows_of(Signature, columns, window))


WRITTEN: Shape = {"folded": TEXT, "text": TEXT}


def written() -> pa.Table:
    """folded, text: registered signatures that are written otherwise than they are compared, whenever they stood."""
    query = sa.select(Signature.folded, Signature.signature).where(Signature.signature != Signature.folded)
    return table_of(WRITTEN, [tuple(row) for row in db.session.execute(query.where(known(Signature)).distinct())])


def submitters(window: Range[dt.datetime]) -> pa.Table:
    """Gateway ('' = all), submitter, enterprise."""
    columns = (Submitter.gateway, Submitter.submitter, Submitter.enterprise)
    shape: Shape = {"gateway": TEXT, "submitter": TEXT, "enterprise": TEXT}
    return table_of(shape | PERIOD, rows_of(Submitter, columns, window))


def relations(window: Range[dt.datetime]) -> pa.Table:
    """one, other: each tie both ways."""
    rows = rows_of(Relation, (Relation.from_enterprise, Relation.to_enterprise), window)
    both = [(*pair, *rest) for one, other, *rest in rows for pair in ((one, other), (other, one))]
    return table_of(Shape(one=TEXT, other=TEXT) | PERIOD, both)


PERMIT_SHAPE: Shape = {
    "permit": TEXT,
    "folded": TEXT,
    "digits": TEXT,
    "exact": TRUTH,
    "owner": TEXT,
    "user": TEXT,
    "permit_categories": NUMBER,
    "permit_provinces": NUMBER,
    "permit_hours": NUMBER,
    "permit_monthly_volume": NUMBER,
    "permit_valid_from": NUMBER,
    "permit_valid_until": NUMBER,
    "permit_letter": TEXT,
    "on_behalf": TEXT,
    "sleeps": TRUTH,
}
"""`sleeps`: it may be silent for months (standby, backup, test)."""


def permits() -> pa.Table:
    """Every permit that the registry holds for true now, whatever its period: one that ended is not one never given."""
    general = hours_bits(provisions.text("marketing.hours.widest", clock.today()))
    named = (Permit.key, Permit.signature, Permit.port, Permit.owner, Permit.user, Permit.categories)
    more = (Permit.provinces, Permit.hours, Permit.monthly_volume, *period_of(Permit))
    last = (Permit.letter, Permit.on_behalf, Permit.purpose, Permit.standby)
    rows = db.session.execute(sa.select(*named, *more, *last).where(known(Permit)))
    return table_of(PERMIT_SHAPE, [_permit(row, general) for row in rows])


def with_permit(found: Snapshot, proposed: PermitValues) -> Snapshot:
    """The snapshot as if a proposed permit had been in force all along, in the place of the one that it names."""
    key, scope = proposed.permit or PROPOSED, proposed.scope
    general = hours_bits(provisions.text("marketing.hours.widest", clock.today()))
    named = (key, proposed.signature, proposed.port, proposed.owner, proposed.user, scope.categories, scope.provinces)
    last = (proposed.letter, proposed.on_behalf, Purpose(proposed.purpose), proposed.standby)
    row = _permit((*named, scope.hours, scope.monthly_volume, 0, FOREVER, *last), general)
    said = list(declarations.declared_by(key, proposed.owner, scope))
    others = pc.field("permit") != key
    # those whom the permit is used for are declared beside it
    declared = others if proposed.on_behalf == OnBehalf.NONE else others | pc.field("beneficiary")
    return replace(
        found,
        permits=_in_place(found.permits, others, table_of(PERMIT_SHAPE, [row])),
        values=_in_place(found.values, declared, table_of(declarations.VALUES, said)),
    )


def _in_place(table: pa.Table, staying: pc.Expression, rows: pa.Table) -> pa.Table:
    return pa.concat_tables([table.filter(staying), rows])


PROPOSED = "PROPOSED"
"""The key of a proposed permit that has none."""


def _permit(row: Any, general: int) -> tuple[Any, ...]:
    key, signature, port, owner, user, categories, provinces, hours, volume, since, until, *rest = row
    letter, on_behalf, purpose, standby = rest
    return (
        key,
        fold(signature),
        port.rstrip("*"),
        not port.endswith("*"),
        owner,
        user,
        category_bits(categories),
        province_bits(provinces) if provinces else FOREVER,
        hours_bits(hours) if hours else general,
        FOREVER if volume is None else volume,
        since,
        until,
        letter,
        on_behalf,
        standby or purpose is not Purpose.NORMAL,
    )
