"""From the staging tables into the registry: one statement a table, whatever the number of rows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry.exchange.agreement import same_as_kept
from registry.exchange.form import Form
from registry.exchange.forms import BY_FILE
from registry.exchange.staging import Staging, kept_table
from registry.ports.prefix import LEAST_DIGITS


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file's rows: how many were put in, and between which row numbers of the table."""

    rows: int
    first_id: int | None
    last_id: int | None


def load(session: Session, staging: Staging, form: Form, at: dt.datetime, by: str) -> Kept:
    """Put the rows of one file into the registry as recorded at this moment; what it knows already is left alone."""
    staged, kept = staging.tables[form.file], kept_table(form)
    if form.file == "measures":
        session.execute(_answering(staging))
    names = [*form.targets, *_computed(form)]
    columns: list[Any] = [staged.c[name] for name in names]
    for name, value in (("recorded_at", at), ("recorded_by", by)):
        if name in kept.c:
            names, columns = [*names, name], [*columns, sa.literal(value, kept.c[name].type)]
    query = sa.select(*columns).order_by(*(staged.c[name] for name in form.same))
    if not form.dated:
        query = query.where(sa.not_(sa.exists().where(same_as_kept(staged, kept, form))))
    number = kept.c["row_id" if "row_id" in kept.c else "id"]
    new = kept.insert().from_select(names, query).returning(number).cte("new")
    ids = new.c[number.name]
    row = session.execute(sa.select(sa.func.count(), sa.func.min(ids), sa.func.max(ids)).select_from(new)).one()
    session.execute(sa.text(f"ANALYZE {kept.name}"))
    return Kept(*row)


def _computed(form: Form) -> tuple[str, ...]:
    return {"ports": ("level",), "measures": ("enterprise",)}.get(form.file, ())


def _answering(staging: Staging) -> sa.Update:
    """Who answers for a measure follows from its subject, as it does for one that is imposed here."""
    measures = staging.tables["measures"]
    subject = measures.c.subject
    account = sa.func.split_part(subject, "/", -1)
    answers = {
        "enterprise": subject,
        "port": _holder(subject),
        "prefix": _holder(subject),
        "permit": _last("permits", "user", lambda permit: permit.key == subject),
        "template": _user_of_template(subject),
        "delegation": _last("delegations", "to_enterprise", lambda hop: hop.key == subject),
        "submitter": _last("submitters", "enterprise", lambda row: row.submitter == account),
        "signature": _only_owner(subject),
    }
    answer = sa.case(answers, value=measures.c.subject_kind, else_=None)
    return measures.update().values(enterprise=sa.func.coalesce(answer, ""))


def _last(file: str, answer: str, meant: Callable[[Any], sa.ColumnElement[bool]]) -> Any:
    table = kept_table(BY_FILE[file]).alias()
    query = sa.select(table.c[answer]).where(meant(table.c), table.c.superseded_at.is_(None))
    return query.order_by(table.c.valid.desc()).limit(1).scalar_subquery()


def _holder(digits: Any) -> Any:
    """Who holds the longest registered port that covers these digits."""
    port = kept_table(BY_FILE["ports"]).alias()
    series = sa.func.generate_series(LEAST_DIGITS, sa.func.length(digits))
    lengths = series.table_valued("n", name="lengths").render_derived()
    query = sa.select(port.c.holder).where(port.c.port == sa.func.left(digits, lengths.c.n))
    query = query.where(port.c.superseded_at.is_(None)).order_by(lengths.c.n.desc(), port.c.valid.desc())
    return query.limit(1).scalar_subquery()


def _user_of_template(subject: Any) -> Any:
    return _last(
        "permits", "user", lambda permit: permit.key == _last("templates", "permit", lambda row: row.key == subject)
    )


def _only_owner(subject: Any) -> Any:
    table = kept_table(BY_FILE["signatures"]).alias()
    named = sa.or_(table.c.key == subject, table.c.signature == subject)
    query = sa.select(sa.func.min(table.c.owner)).where(named, table.c.superseded_at.is_(None))
    return query.having(sa.func.min(table.c.owner) == sa.func.max(table.c.owner)).scalar_subquery()
