"""Registering enterprises, and what becomes of them: new names, ties, accounts at gateways."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit, changes
from registry.changes.telling import tell
from registry.enterprises import queries
from registry.enterprises.kinds import LegalForm, RelationKind
from registry.enterprises.model import Enterprise, EnterpriseName, Relation, Submitter
from registry.enterprises.values import EnterpriseValues, RelationValues, SubmitterValues
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.correction import Correction
from registry.kernel.errors import Conflict, FieldError, Invalid, NotFound
from registry.store import unit_of_work
from registry.store.lists import of_object
from registry.store.opening import moment_of_change, opening
from registry.store.periods import end, known, open_after, period
from registry.store.standing import Standing
from registry.store.version import expect
from registry.store.work import explain_constraint

PERMISSION = "registry.change"

explain_constraint(
    "uq_enterprise_code",
    "enterprise_exists",
    "an enterprise with this code is registered already",
    "file a change of it",
)
explain_constraint(
    "ex_relation_one_at_a_time", "relation_exists", "this tie is on record for a time that overlaps this one"
)
explain_constraint(
    "ex_submitter_one_at_a_time",
    "submitter_bound",
    "this account is bound to an enterprise for a time that overlaps this one",
    "end that binding first",
)


def register(actor: Actor, values: EnterpriseValues) -> Enterprise:
    """A new enterprise. Raises Invalid, and Conflict where its code is registered."""
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        if session.scalar(sa.select(Enterprise.id).filter_by(code=values.code)):
            detail = f"{values.code} is registered already"
            raise Conflict("enterprise_exists", detail, fix="file a change of it")
        row = Enterprise(**_columns(values), code=values.code, recorded_at=clock.now())
        session.add(row)
        _note(actor, "registered", row, clock.now())
    return row


def amend(
    actor: Actor, code: str, values: EnterpriseValues, *, version: int | None = None, reason: str = ""
) -> Enterprise:
    """The enterprise as it is from now on; a new name is kept as `rename` keeps it.

    Raises NotFound, Invalid, or Stale where it is not at `version` any more.
    """
    actor.require(PERMISSION)
    values = replace(values, code=code).checked()
    with unit_of_work() as session:
        row = queries.find(code, lock=True)
        expect(row, version)
        before = of_object(row)
        if values.name != row.name:
            _keep_name(session, actor, row, clock.now())
        for name, value in _columns(values).items():
            setattr(row, name, value)
        session.flush()
        _note(actor, "amended", row, clock.now(), before, reason)
    return row


def alter(actor: Actor, code: str, changes: Mapping[str, Any], *, reason: str = "") -> Enterprise:
    """The enterprise with some of its fields changed, the others as they are when it is done.

    Raises NotFound, Invalid, and Conflict where nothing of it changes.
    """
    with unit_of_work():
        row = queries.find(code, lock=True)
        before = values_of(row)
        values = replace(before, **changes)
        if values == before:
            raise Conflict("nothing_changes", f"{row.code} stands so already", fix="say what has changed")
        return amend(actor, row.code, values, reason=reason)


def rename(
    actor: Actor, code: str, name: str, *, at: dt.datetime | None = None, version: int | None = None, reason: str = ""
) -> Enterprise:
    """The enterprise under a new name; the old one is kept with the time in which it was borne."""
    actor.require(PERMISSION)
    with unit_of_work() as session:
        row = queries.find(code, lock=True)
        expect(row, version)
        name = replace(values_of(row), name=name).checked().name
        if name == row.name:
            raise Conflict("same_name", "it bears this name already")
        before, at = of_object(row), moment_of_change(actor, at)
        _keep_name(session, actor, row, at)
        row.name = name
        session.flush()
        _note(actor, "renamed", row, at, before, reason)
    return row


def relate(
    actor: Actor,
    values: RelationValues,
    *,
    standing: Standing = Standing.VERIFIED,
    correction: Correction | None = None,
) -> Relation:
    """A tie between two enterprises. Raises Invalid, NotFound for either, Conflict where it is on record."""
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        row = Relation(
            from_enterprise=queries.find(values.from_enterprise).code,
            to_enterprise=queries.find(values.to_enterprise).code,
            kind=RelationKind(values.kind),
            valid=opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction),
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        key = f"{row.from_enterprise}>{row.to_enterprise}"
        parties = (row.from_enterprise, row.to_enterprise)
        tell(actor, "relation.opened", key, row, parties, correction=correction)
    return row


def bind_submitter(
    actor: Actor,
    values: SubmitterValues,
    *,
    standing: Standing = Standing.VERIFIED,
    correction: Correction | None = None,
) -> Submitter:
    """An account at a gateway that belongs to an enterprise. Raises Invalid, NotFound, Conflict where it is bound."""
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        row = Submitter(
            gateway=values.gateway,
            submitter=values.submitter,
            enterprise=queries.find(values.enterprise).code,
            valid=opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction),
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        tell(actor, "submitter.opened", _submitter_key(row), row, (row.enterprise,), correction=correction)
    return row


def unbind_submitter(
    actor: Actor, submitter: str, *, gateway: str = "", at: dt.datetime | None = None, reason: str = ""
) -> Submitter:
    """The account no longer belongs to its enterprise. Raises NotFound."""
    actor.require(PERMISSION)
    with unit_of_work() as session:
        at = moment_of_change(actor, at)
        query = sa.select(Submitter).where(
            Submitter.submitter == submitter, Submitter.gateway == gateway, known(Submitter), open_after(Submitter, at)
        )
        row = session.scalar(query)
        if row is None:
            raise NotFound("no_such_submitter", f"no account {submitter[:80]} is bound")
        ended = end(row, at, actor.name)
        session.flush()
        tell(actor, "submitter.ended", _submitter_key(ended), ended, (row.enterprise,), reason=reason)
    return ended


def _columns(values: EnterpriseValues) -> dict[str, Any]:
    columns = asdict(values)
    del columns["code"]
    return columns | {"roles": list(values.roles), "legal_form": LegalForm(values.legal_form)}


def values_of(row: Enterprise) -> EnterpriseValues:
    """What is said of an enterprise, as it stands."""
    said = {each.name: getattr(row, each.name) for each in fields(EnterpriseValues)}
    return EnterpriseValues(**said | {"roles": tuple(row.roles), "legal_form": row.legal_form.value})


def _keep_name(session: Session, actor: Actor, row: Enterprise, at: dt.datetime) -> None:
    """Put the present name on record as a former one, from the time on at which the one before it ended."""
    upper = sa.func.max(sa.func.upper(EnterpriseName.valid))
    query = sa.select(upper).where(EnterpriseName.enterprise == row.code, known(EnterpriseName))
    start = session.scalar(query) or row.recorded_at
    if start >= at:
        error = FieldError("at", "before_last_name", "it lies before the last change of name", "give a later time")
        raise Invalid("before_last_name", "names follow each other", fields=[error])
    name = EnterpriseName(enterprise=row.code, name=row.name, valid=period(start, at))
    name.recorded_at, name.recorded_by = clock.now(), actor.name
    session.add(name)


def _submitter_key(row: Submitter) -> str:
    return f"{row.gateway}/{row.submitter}"


def _note(
    actor: Actor,
    verb: str,
    row: Enterprise,
    at: dt.datetime,
    before: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    after = of_object(row)
    audit.record(actor, f"enterprise.{verb}", "enterprise", row.code, before=before, after=after, reason=reason)
    changes.publish("enterprise", row.code, "changed" if before else "opened", at, after, row.code)
