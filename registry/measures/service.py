"""Measures: proposed, imposed, stayed, lifted. No permit is edited: what is in force is permits minus measures."""

from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.enterprises import queries as enterprises
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, Invalid, NotFound
from registry.law import provisions
from registry.law.calendar import add_working_days
from registry.measures import policy, subjects
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.model import Measure
from registry.measures.telling import tell_of
from registry.measures.values import MeasureValues
from registry.measures.workflow import DONE, IMPOSE, MACHINE, Standing
from registry.store import db, unit_of_work
from registry.store.columns import new_key
from registry.store.lists import of_object
from registry.store.opening import opening
from registry.store.periods import change, known, open_after
from registry.store.version import expect


def propose(actor: Actor, values: MeasureValues) -> Measure:
    """A measure that takes nothing away yet. Raises Invalid, and NotFound for its subject."""
    return _make(actor, values, MeasureState.PROPOSED)


def impose_at_once(actor: Actor, values: MeasureValues) -> Measure:
    """A measure in force from its beginning. Raises as `propose`, and Forbidden where a job may not decide it."""
    return _make(actor, values, MeasureState.IN_FORCE)


def notify(actor: Actor, key: str, *, version: int | None = None, reason: str = "") -> Measure:
    """The enterprise was told of the measure."""
    return _move(actor, key, "notify", version, reason)


def impose(actor: Actor, key: str, *, version: int | None = None, reason: str = "") -> Measure:
    """From now on the measure counts. Raises Forbidden where a job may not decide it."""
    return _move(actor, key, "impose", version, reason)


def stay(actor: Actor, key: str, *, version: int | None = None, reason: str) -> Measure:
    """The measure is put aside while an appeal is looked at."""
    return _move(actor, key, "stay", version, reason, say_why=True)


def resume(actor: Actor, key: str, *, version: int | None = None, reason: str = "") -> Measure:
    """A stayed measure counts again."""
    return _move(actor, key, "resume", version, reason)


def lift(actor: Actor, key: str, *, version: int | None = None, reason: str) -> Measure:
    """At once the measure takes nothing away any more; a second look is due soon, as the provision says."""
    due = add_working_days(clock.today(), provisions.integer("measures.restore_review", clock.today()))
    return _move(actor, key, "lift", version, reason, say_why=True, second_look_due=due)


def look_again(actor: Actor, key: str, *, version: int | None = None, reason: str = "") -> Measure:
    """A second person has looked at the lifting. Raises Forbidden for the one who lifted it."""
    return _move(actor, key, "look_again", version, reason, second_look_by=actor.name)


def _make(actor: Actor, values: MeasureValues, state: MeasureState) -> Measure:
    actor.require(IMPOSE)
    values = values.checked()
    with unit_of_work() as session:
        valid = opening(actor, values.valid_from, values.valid_until)
        kind = SubjectKind(values.subject_kind)
        reach = subjects.reach_of(kind, values.subject, valid.lower)
        answers = enterprises.find(values.enterprise).code if values.enterprise else reach.enterprise
        row = Measure(
            key=new_key("MSR"),
            subject_kind=kind,
            subject=values.subject,
            action=Action(values.action),
            limits=dict(values.limits),
            state=state,
            reason=values.reason,
            remedy=values.remedy,
            materials=values.materials,
            appeal_channel=values.appeal_channel,
            finding=values.finding,
            enterprise=answers,
            second_look_by="",
            version=1,
            valid=valid,
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        if state is MeasureState.IN_FORCE:
            MACHINE.move(_standing(row, reach), MeasureState.PROPOSED, "impose", actor)
        session.add(row)
        session.flush()
        verb = "imposed" if state is MeasureState.IN_FORCE else "proposed"
        tell(actor, f"measure.{verb}", row.key, row, (answers, *reach.parties), reason=row.reason)
        tell_of(row, verb)
    return row


def _move(
    actor: Actor,
    key: str,
    action: str,
    version: int | None,
    reason: str,
    *,
    say_why: bool = False,
    **values: Any,
) -> Measure:
    if say_why and not reason.strip():
        raise Invalid("reason_missing", f"to {action} a measure needs a reason", fix="say why")
    with unit_of_work() as session:
        row = _open(key)
        expect(row, version)
        reach = subjects.reach_of(row.subject_kind, row.subject, clock.now(), known_only=False)
        state = MACHINE.move(_standing(row, reach), row.state, action, actor)
        before = of_object(row)
        later = change(row, clock.now(), actor.name, state=state, version=row.version + 1, **values)
        session.flush()
        parties = (later.enterprise, *reach.parties)
        tell(actor, f"measure.{DONE[action]}", key, later, parties, before=before, reason=reason)
        tell_of(later, DONE[action], reason)
    return later


def _standing(row: Measure, reach: subjects.Reach) -> Standing:
    why = policy.why_not_automatic(row.action, row.subject_kind, row.subject, reach.ports, reach.categories)
    return Standing(row.recorded_by, row.second_look_by, why)


def _open(key: str) -> Measure:
    query = sa.select(Measure).where(Measure.key == key, known(Measure))
    row = db.session.scalar(query.where(open_after(Measure, clock.now())).order_by(Measure.valid).limit(1))
    if row is None:
        if db.session.scalar(query.limit(1)) is None:
            raise NotFound("no_such_measure", f"there is no measure {key[:40]}")
        raise Conflict("already_ended", f"the measure {key[:40]} has run out")
    return row
