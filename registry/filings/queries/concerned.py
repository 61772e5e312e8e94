"""The enterprises that a filing concerns, as the checks look at them."""

import datetime as dt

import sqlalchemy as sa

from registry.enterprises.model import Enterprise, EnterpriseName
from registry.filings import view as facts
from registry.measures.kinds import MeasureState, SubjectKind
from registry.measures.model import Measure
from registry.store import db
from registry.store.periods import in_force, known


def parties_of(codes: set[str], at: dt.datetime) -> dict[str, facts.Party]:
    """Enterprises by their codes, those that are registered."""
    rows = db.session.scalars(sa.select(Enterprise).where(Enterprise.code.in_(codes))).all()
    former = _former_names(codes)
    measures = _measures(codes, at)
    return {row.code: _party(row, former.get(row.code, []), measures.get(row.code, set())) for row in rows}


def _party(row: Enterprise, former: list[str], measures: set[str]) -> facts.Party:
    return facts.Party(
        code=row.code,
        names=(row.name, *former),
        roles=frozenset(row.roles),
        legal_form=row.legal_form,
        industry=row.industry,
        licence=row.licence,
        licence_until=row.licence_until,
        measures=frozenset(measures),
    )


def _former_names(codes: set[str]) -> dict[str, list[str]]:
    query = sa.select(EnterpriseName).where(EnterpriseName.enterprise.in_(codes), known(EnterpriseName))
    found: dict[str, list[str]] = {}
    for row in db.session.scalars(query.order_by(EnterpriseName.row_id)):
        found.setdefault(row.enterprise, []).append(row.name)
    return found


def _measures(codes: set[str], at: dt.datetime) -> dict[str, set[str]]:
    query = sa.select(Measure.subject, Measure.action).where(
        Measure.subject_kind == SubjectKind.ENTERPRISE,
        Measure.subject.in_(codes),
        Measure.state == MeasureState.IN_FORCE,
        in_force(Measure, at),
    )
    found: dict[str, set[str]] = {}
    for subject, action in db.session.execute(query):
        found.setdefault(subject, set()).add(action)
    return found
