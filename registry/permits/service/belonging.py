"""What belongs to a permit: whose content may stand under it, and the texts filed for it."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.correction import Correction
from registry.kernel.errors import Conflict, NotFound
from registry.permits.kinds import OnBehalf
from registry.permits.model import Beneficiary, Template
from registry.permits.service.granting import PERMISSION, concerned, last_version
from registry.permits.values import BeneficiaryValues, TemplateValues
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.opening import moment_of_change, opening
from registry.store.periods import end, known, open_after
from registry.store.standing import Standing
from registry.store.work import explain_constraint

explain_constraint(
    "ex_beneficiary_one_at_a_time",
    "beneficiary_exists",
    "this beneficiary is declared for a time that overlaps this one",
    "end that entry first",
)
explain_constraint(
    "ex_template_one_at_a_time",
    "template_exists",
    "a template under this key is in force for a time that overlaps this one",
    "end that template first",
)


def add_beneficiary(
    actor: Actor,
    values: BeneficiaryValues,
    *,
    standing: Standing = Standing.VERIFIED,
    correction: Correction | None = None,
) -> Beneficiary:
    """Whose content may stand under a permit that is used on behalf of others.

    Raises NotFound for the permit, Conflict where it is used on nobody's behalf or the beneficiary is declared.
    """
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        permit = last_version(values.permit)
        if permit.on_behalf is OnBehalf.NONE and standing is not Standing.INHERITED:
            fix = "file the permit as used on behalf of merchants, members, franchisees or branches"
            raise Conflict("not_on_behalf", f"{permit.key} is used on nobody's behalf", fix=fix)
        row = Beneficiary(
            permit=permit.key,
            beneficiary=values.beneficiary,
            name=values.name,
            links=list(values.links),
            contacts=list(values.contacts),
            valid=opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction),
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        key = f"{row.permit}/{row.beneficiary}"
        tell(actor, "beneficiary.opened", key, row, concerned(permit), correction=correction)
    return row


def end_beneficiary(actor: Actor, permit: str, beneficiary: str, *, at: dt.datetime | None = None) -> Beneficiary:
    """Its content may no longer stand under the permit. Raises NotFound where it is not declared."""
    actor.require(PERMISSION)
    with unit_of_work() as session:
        row: Beneficiary = _open(Beneficiary, at, permit=permit, beneficiary=beneficiary)
        ended = end(row, moment_of_change(actor, at), actor.name)
        session.flush()
        tell(actor, "beneficiary.ended", f"{permit}/{beneficiary}", ended, concerned(last_version(permit)))
    return ended


def add_template(actor: Actor, values: TemplateValues, *, standing: Standing = Standing.VERIFIED) -> Template:
    """A text filed for a permit. Raises Invalid, NotFound for the permit, Conflict where its key is taken."""
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        permit = last_version(values.permit)
        row = Template(
            key=values.template or new_key("TPL"),
            permit=permit.key,
            body=values.body,
            links=list(values.links),
            contacts=list(values.contacts),
            valid=opening(actor, values.valid_from, values.valid_until, standing=standing),
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        tell(actor, "template.opened", row.key, row, concerned(permit))
    return row


def end_template(actor: Actor, key: str, *, at: dt.datetime | None = None, reason: str = "") -> Template:
    """The text is no longer filed. The permit's user and owner may end it. Raises NotFound."""
    with unit_of_work() as session:
        row: Template = _open(Template, at, key=key)
        permit = last_version(row.permit)
        if actor.is_company and actor.enterprise not in (permit.owner, permit.user):
            raise NotFound("no_such_template", f"there is no template {key[:40]} to end")
        if not actor.is_company:
            actor.require(PERMISSION)
        ended = end(row, moment_of_change(actor, at), actor.name)
        session.flush()
        tell(actor, "template.ended", key, ended, concerned(permit), reason=reason)
    return ended


def _open(table: Any, at: dt.datetime | None, **names: str) -> Any:
    query = sa.select(table).filter_by(**names).where(known(table), open_after(table, at or clock.now()))
    with unit_of_work() as session:
        row = session.scalar(query.order_by(table.valid).limit(1))
    if row is None:
        what = table.__tablename__
        raise NotFound(f"no_such_{what}", f"there is no {what} {' '.join(names.values())[:80]} in force")
    return row
