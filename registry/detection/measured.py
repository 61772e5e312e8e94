"""Upon which permits and accounts measures fell in a window: what stops them, what is left of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from registry.detection.rowset import NUMBER, TEXT, Shape, period_of, table_of
from registry.enterprises.model import Submitter
from registry.measures.limits import limit_of
from registry.measures.model import Action, Measure, MeasureState, SubjectKind
from registry.measures.queries import chain_to
from registry.permits.model import Permit, Template
from registry.ports.model import Delegation, Port
from registry.ports.prefix import prefixes_of
from registry.signatures.model import Signature
from registry.store import db
from registry.store.periods import known

STOPPING = (Action.SUSPEND, Action.REVOKE, Action.BLACKLIST)
STOPS: Shape = {"permit": TEXT, "stopped_from": NUMBER, "stopped_until": NUMBER}
HALTED: Shape = {"gateway": TEXT, "submitter": TEXT, "halted_from": NUMBER, "halted_until": NUMBER}
_BARE = sa.func.rtrim(Permit.port, "*")

Window = Range[dt.datetime]
Columns = tuple[Any, ...]


def stops(window: Window) -> pa.Table:
    """permit, stopped_from, stopped_until: each permit with each measure that stops it."""
    return table_of(STOPS, _upon_permits(window, Measure.action.in_(STOPPING), ()))


def limits(window: Window) -> pa.Table:
    """permit, left_categories, left_volume, limited_from, limited_until: what measures leave of each permit."""
    rows = _upon_permits(window, Measure.action.in_((Action.LIMIT, Action.THROTTLE)), (Measure.limits,))
    columns = ("left_categories", "left_volume", "left_hours", "limited_from", "limited_until")
    shape: Shape = {"permit": TEXT, **dict.fromkeys(columns, NUMBER)}
    left = [(permit, limit_of(limit), *span) for permit, limit, *span in rows]
    told = [(permit, each.categories, each.monthly_volume, each.hours, *span) for permit, each, *span in left]
    return table_of(shape, told)


def halted(window: Window) -> pa.Table:
    """Gateway ('' = all), submitter, halted_from, halted_until: accounts that are stopped, or whose enterprise is."""
    stopping = _counting(window, Measure.action.in_(STOPPING))
    upon = sa.select(Measure.subject, *period_of(Measure)).where(stopping)
    accounts = db.session.execute(upon.where(Measure.subject_kind == SubjectKind.SUBMITTER))
    rows = {(gateway, account, *span) for subject, *span in accounts for gateway, account in [_account(subject)]}
    owned = sa.and_(known(Submitter), Submitter.valid.op("&&")(window), Submitter.enterprise == Measure.subject)
    query = sa.select(Submitter.gateway, Submitter.submitter, *period_of(Measure)).join(Measure, owned)
    query = query.where(stopping, Measure.subject_kind == SubjectKind.ENTERPRISE)
    return table_of(HALTED, sorted(rows | {tuple(row) for row in db.session.execute(query)}))


def _account(subject: str) -> tuple[str, str]:
    gateway, _, account = subject.rpartition("/")
    return gateway, account


def _counting(window: Window, which: Any) -> sa.ColumnElement[bool]:
    return sa.and_(known(Measure), Measure.state == MeasureState.IN_FORCE, which, Measure.valid.op("&&")(window))


def _upon_permits(window: Window, which: Any, columns: Columns) -> list[Any]:
    """Each permit with each measure that reaches it: key, the columns, and the measure's period."""
    query = sa.select(Permit.key, *columns, *period_of(Measure), Measure.row_id)
    query = query.select_from(Measure).join(Permit, _falls(window)).where(_counting(window, which), known(Permit))
    named = {(row[0], row[-1]): tuple(row[:-1]) for row in db.session.execute(query)}
    return list((named | _upon_chains(window, which, columns)).values())


def _falls(window: Window) -> sa.ColumnElement[bool]:
    """Whether a measure falls upon a permit by what the permit names.

    One upon a template falls upon the permit whose only template it is: facts do not say by which of several a message
    was written.
    """
    kind, subject = Measure.subject_kind, Measure.subject
    holds = sa.exists().where(known(Port), Port.holder == subject, sa.func.starts_with(_BARE, Port.port))
    named = sa.exists().where(
        known(Signature),
        Signature.key == subject,
        Signature.signature == Permit.signature,
        Signature.owner == Permit.owner,
    )
    of_permit = sa.and_(known(Template), Template.permit == Permit.key, Template.valid.op("&&")(window))
    only = sa.and_(
        sa.exists().where(of_permit, Template.key == subject), ~sa.exists().where(of_permit, Template.key != subject)
    )
    return sa.or_(
        sa.and_(kind == SubjectKind.PERMIT, subject == Permit.key),
        sa.and_(kind == SubjectKind.SIGNATURE, sa.or_(subject == Permit.signature, named)),
        sa.and_(kind == SubjectKind.PORT, subject == _BARE),
        sa.and_(kind == SubjectKind.PREFIX, sa.func.starts_with(_BARE, sa.func.rtrim(subject, "*"))),
        sa.and_(kind == SubjectKind.ENTERPRISE, sa.or_(subject == Permit.user, subject == Permit.owner, holds)),
        sa.and_(kind == SubjectKind.TEMPLATE, only),
    )


def _upon_chains(window: Window, which: Any, columns: Columns) -> dict[tuple[str, int], Any]:
    """Measures upon hops, and upon who stands between holder and user, with the permits that depend on them."""
    kinds = Measure.subject_kind.in_((SubjectKind.DELEGATION, SubjectKind.ENTERPRISE))
    query = sa.select(Measure.subject, *columns, *period_of(Measure), Measure.row_id)
    measures = defaultdict[str, list[Any]](list)
    for subject, *rest in db.session.execute(query.where(_counting(window, which), kinds)):
        measures[subject].append(rest)
    found: dict[tuple[str, int], Any] = {}
    for permit, links in _chains(window, measures) if measures else ():
        for subject in measures.keys() & links:
            found |= {(permit, rest[-1]): (permit, *rest[:-1]) for rest in measures[subject]}
    return found


def _chains(window: Window, subjects: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
    """Permits under hops that these subjects are or stand at, each with the hops and parties over which it hangs."""
    listed = list(subjects)
    parties = (Delegation.key, Delegation.from_enterprise, Delegation.to_enterprise)
    named = sa.or_(*(column.in_(listed) for column in parties))
    counts = sa.and_(known(Delegation), Delegation.valid.op("&&")(window))
    under = sa.exists().where(counts, named, sa.func.starts_with(_BARE, Delegation.port))
    permits = db.session.execute(sa.select(Permit.key, Permit.user, _BARE).where(known(Permit), under)).all()
    prefixes = {prefix for _key, _user, digits in permits for prefix in prefixes_of(digits)}
    by_port = defaultdict[str, list[Delegation]](list)
    for hop in db.session.scalars(sa.select(Delegation).where(counts, Delegation.port.in_(prefixes))):
        by_port[hop.port].append(hop)
    for key, user, digits in permits:
        chain = chain_to(user, [hop for prefix in prefixes_of(digits) for hop in by_port[prefix]])
        yield key, {each for hop in chain for each in (hop.key, hop.from_enterprise, hop.to_enterprise)}
