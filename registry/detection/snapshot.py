"""The registry as detection needs it: rows that were in force at any moment of a window, as Arrow tables."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from registry.enterprises.model import Relation, Submitter
from registry.kernel import clock
from registry.kernel.clock import FOREVER
from registry.law import provisions
from registry.law.divisions import province_bits
from registry.measures.limits import limit_of
from registry.measures.model import Action, Measure, MeasureState, SubjectKind
from registry.permits.model import Permit
from registry.permits.scope_values import hours_bits
from registry.ports.model import Delegation, Port
from registry.signatures.folding import fold
from registry.signatures.model import Signature
from registry.store import db
from registry.store.periods import known
from registry.texts.category import category_bits

Shape = dict[str, pa.DataType]

TEXT: pa.DataType = pa.string()
NUMBER: pa.DataType = pa.int64()
TRUTH: pa.DataType = pa.bool_()
PERIOD: Shape = {"valid_from": NUMBER, "valid_until": NUMBER}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The registry's tables for one window; their columns stand at the functions that read them."""

    ports: pa.Table
    delegations: pa.Table
    signatures: pa.Table
    submitters: pa.Table
    relations: pa.Table
    permits: pa.Table
    stops: pa.Table
    limits: pa.Table


def read(window: Range[dt.datetime]) -> Snapshot:
    """All of them, in one reading."""
    return Snapshot(
        ports(window),
        delegations(window),
        signatures(window),
        submitters(window),
        relations(window),
        permits(),
        stops(window),
        limits(window),
    )


STOPPING = (Action.SUSPEND, Action.REVOKE, Action.BLACKLIST)


def ports(window: Range[dt.datetime]) -> pa.Table:
    """prefix, holder, use, signing, level."""
    columns = (Port.port, Port.holder, Port.use, Port.signing, Port.level)
    shape: Shape = {"prefix": TEXT, "holder": TEXT, "use": TEXT, "signing": TEXT, "level": TEXT}
    return _table(shape | PERIOD, _rows(Port, columns, window))


def delegations(window: Range[dt.datetime]) -> pa.Table:
    """prefix, from_enterprise, to_enterprise."""
    columns = (Delegation.port, Delegation.from_enterprise, Delegation.to_enterprise)
    shape: Shape = {"prefix": TEXT, "from_enterprise": TEXT, "to_enterprise": TEXT}
    return _table(shape | PERIOD, _rows(Delegation, columns, window))


def signatures(window: Range[dt.datetime]) -> pa.Table:
    """folded, owner."""
    columns = (Signature.folded, Signature.owner)
    return _table(Shape(folded=TEXT, owner=TEXT) | PERIOD, _rows(Signature, columns, window))


def submitters(window: Range[dt.datetime]) -> pa.Table:
    """Gateway ('' = all), submitter, enterprise."""
    columns = (Submitter.gateway, Submitter.submitter, Submitter.enterprise)
    shape: Shape = {"gateway": TEXT, "submitter": TEXT, "enterprise": TEXT}
    return _table(shape | PERIOD, _rows(Submitter, columns, window))


def relations(window: Range[dt.datetime]) -> pa.Table:
    """one, other: each tie both ways."""
    rows = _rows(Relation, (Relation.from_enterprise, Relation.to_enterprise), window)
    both = [(*pair, *rest) for one, other, *rest in rows for pair in ((one, other), (other, one))]
    return _table(Shape(one=TEXT, other=TEXT) | PERIOD, both)


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
}


def permits() -> pa.Table:
    """Every permit that the registry holds for true now, whatever its period: one that ended is not one never given."""
    general = hours_bits(provisions.text("marketing.hours", clock.today()))
    fields = (Permit.key, Permit.signature, Permit.port, Permit.owner, Permit.user, Permit.categories)
    more = (Permit.provinces, Permit.hours, Permit.monthly_volume, *_period(Permit))
    rows = db.session.execute(sa.select(*fields, *more).where(known(Permit)))
    return _table(PERMIT_SHAPE, [_permit(row, general) for row in rows])


def _permit(row: Any, general: int) -> tuple[Any, ...]:
    key, signature, port, owner, user, categories, provinces, hours, volume, since, until = row
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
    )


def stops(window: Range[dt.datetime]) -> pa.Table:
    """permit, stopped_from, stopped_until: each permit with each measure that stops it."""
    rows = _measured(window, Measure.action.in_(STOPPING), ())
    return _table(Shape(permit=TEXT, stopped_from=NUMBER, stopped_until=NUMBER), rows)


def limits(window: Range[dt.datetime]) -> pa.Table:
    """permit, left_categories, limited_from, limited_until: what measures leave of each permit's categories."""
    rows = _measured(window, Measure.action.in_((Action.LIMIT, Action.THROTTLE)), (Measure.limits,))
    shape: Shape = {"permit": TEXT, "left_categories": NUMBER, "limited_from": NUMBER, "limited_until": NUMBER}
    left = [(permit, limit_of(limit).categories, since, until) for permit, limit, since, until in rows]
    return _table(shape, [(permit, FOREVER if bits is None else bits, *span) for permit, bits, *span in left])


def _measured(window: Range[dt.datetime], which: Any, columns: tuple[Any, ...]) -> list[Any]:
    kind, subject = Measure.subject_kind, Measure.subject
    bare = sa.func.rtrim(Permit.port, "*")
    holds = sa.exists().where(known(Port), Port.holder == subject, sa.func.starts_with(bare, Port.port))
    named = sa.exists().where(
        known(Signature),
        Signature.key == subject,
        Signature.signature == Permit.signature,
        Signature.owner == Permit.owner,
    )
    falls = sa.or_(
        sa.and_(kind == SubjectKind.PERMIT, subject == Permit.key),
        sa.and_(kind == SubjectKind.SIGNATURE, sa.or_(subject == Permit.signature, named)),
        sa.and_(kind == SubjectKind.PORT, subject == bare),
        sa.and_(kind == SubjectKind.PREFIX, sa.func.starts_with(bare, sa.func.rtrim(subject, "*"))),
        sa.and_(kind == SubjectKind.ENTERPRISE, sa.or_(subject == Permit.user, subject == Permit.owner, holds)),
    )
    query = (
        sa.select(Permit.key, *columns, *_period(Measure))
        .select_from(Measure)
        .join(Permit, falls)
        .where(known(Measure), known(Permit), Measure.state == MeasureState.IN_FORCE, which)
        .where(Measure.valid.op("&&")(window))
        .distinct()
    )
    return [tuple(row) for row in db.session.execute(query)]


def _period(model: Any) -> tuple[Any, Any]:
    lower = sa.cast(sa.func.extract("epoch", sa.func.lower(model.valid)) * 1000, sa.BigInteger)
    upper = sa.cast(sa.func.extract("epoch", sa.func.upper(model.valid)) * 1000, sa.BigInteger)
    return lower, sa.func.coalesce(upper, FOREVER)


def _rows(model: Any, columns: tuple[Any, ...], window: Range[dt.datetime]) -> list[tuple[Any, ...]]:
    query = sa.select(*columns, *_period(model)).where(known(model), model.valid.op("&&")(window))
    return [tuple(row) for row in db.session.execute(query)]


def _table(shape: Shape, rows: list[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(shape)
    arrays = [
        pa.array([_plain(each) for each in column], kind) for column, kind in zip(columns, shape.values(), strict=True)
    ]
    return pa.Table.from_arrays(arrays, names=list(shape))


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
