"""Permits under which nothing is sent: warned of in time, then ended; standby permits are spared.

What the records can't show counts for nobody's lapse: days without records put it off.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from registry import audit
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.lifecycle import policy, usage
from registry.lifecycle.model import Lapse
from registry.lifecycle.workflow import LAPSE, MACHINE, LapseState
from registry.notices import service as notices
from registry.permits import service as permits
from registry.permits.kinds import Purpose
from registry.permits.model import Permit
from registry.store import db, unit_of_work
from registry.store.columns import key_of
from registry.store.periods import in_force
from registry.traffic.queries import days

CHUNK = 2000
CODE = "NO_SEND_RECORD"
_WARNED = Sentence(
    "许可 {permit} 自 {since} 起没有发送记录，如无发送将于 {day} 失效",
    "Nothing was sent under permit {permit} since {since}: it lapses on {day} unless it is used",
)
_LAPSED = Sentence("许可 {permit} 长期没有发送记录，已失效", "Permit {permit} has lapsed: nothing was sent under it")
_IDLE = Sentence("{months} 个月没有发送记录", "nothing was sent for {months} months")
_USE = Sentence("在此之前使用一次，或声明为备用许可", "use it before that day, or file it as a standby permit")
_AGAIN = Sentence(
    "如需使用，请重新报备；已上传的材料无需重交",
    "register it again where it is needed; papers on file need not come again",
)


def warn(actor: Actor) -> int:
    """Warn of every permit that would lapse soon and was not warned of for this time; answers how many."""
    actor.require(LAPSE)
    recorded = sorted(day for day, _messages in days())
    if not recorded:
        return 0
    return sum(_warn(actor, row, idle) for row, idle in _idle(recorded))


def end_idle(actor: Actor) -> int:
    """End every permit whose day has come and that is still idle; answers how many lapsed.

    One that was used meanwhile, is standby by now, or has ended otherwise is let go.
    """
    actor.require(LAPSE)
    due = sa.select(Lapse.id).where(Lapse.state == LapseState.WARNED, Lapse.lapses_on <= clock.today())
    return sum(_end(actor, number) for number in db.session.scalars(due.order_by(Lapse.id)).all())


def _idle(recorded: Sequence[dt.date]) -> Iterator[tuple[Permit, policy.Idle]]:
    today = clock.today()
    months = provisions.integer("signatures.lapse", today)
    ahead = dt.timedelta(days=provisions.integer("permits.lapse_notice", today))
    for rows in _chunks(policy.months_after(today + ahead, -months)):
        seen = usage.of_permits(rows)
        began = _beginnings([row.key for row in rows])
        for row in rows:
            idle = policy.idle(began[row.key], seen.get(row.key), months, recorded[0], recorded)
            if idle.lapses_on <= today + ahead:
                yield row, idle


def _chunks(before: dt.date) -> Iterator[Sequence[Permit]]:
    """Permits that may lapse at all: in force, begun long ago, and not kept for an emergency."""
    last = ""
    old = sa.func.lower(Permit.valid) < clock.midnight(before + dt.timedelta(days=1))
    query = sa.select(Permit).where(in_force(Permit), old, ~Permit.standby, Permit.purpose != Purpose.BACKUP)
    while rows := db.session.scalars(query.where(Permit.key > last).order_by(Permit.key).limit(CHUNK)).all():
        yield rows
        last = rows[-1].key


def _beginnings(keys: list[str]) -> dict[str, dt.date]:
    """The day on which the present version of each began: a change of scope is a sign of life too."""
    query = sa.select(Permit.key, sa.func.lower(Permit.valid)).where(Permit.key.in_(keys), in_force(Permit))
    return {key: clock.local_day(at) for key, at in db.session.execute(query)}


def _warn(actor: Actor, row: Permit, idle: policy.Idle) -> bool:
    notice = provisions.integer("permits.lapse_notice", clock.today())
    day = max(idle.lapses_on, clock.today() + dt.timedelta(days=notice))
    said = {
        "key": key_of("LPS", row.key, idle.since.isoformat()),
        "permit": row.key,
        "enterprise": row.user,
        "idle_since": idle.since,
        "lapses_on": day,
        "state": LapseState.WARNED,
        "warned_at": clock.now(),
    }
    with unit_of_work() as session:
        new = insert(Lapse).values(said).on_conflict_do_nothing().returning(Lapse.id)
        if session.scalar(new) is None:
            return False
        _tell("permit.lapsing", row, _WARNED.about(permit=row.key, since=idle.since, day=day), _USE, day)
        audit.record(
            actor, "permit.lapse_warned", "permit", row.key, after={"idle_since": idle.since, "lapses_on": day}
        )
    return True


def _end(actor: Actor, number: int) -> bool:
    with unit_of_work() as session:
        lapse = session.scalar(sa.select(Lapse).where(Lapse.id == number).with_for_update())
        if lapse is None or lapse.state is not LapseState.WARNED:
            return False
        row = session.scalar(sa.select(Permit).where(Permit.key == lapse.permit, in_force(Permit)))
        action = _what_became(row, lapse)
        if action == "lapse" and row is not None:
            action = _lapse(actor, row, lapse)
        lapse.state = MACHINE.move(lapse, lapse.state, action, actor)
        lapse.ended_at = clock.now()
    return lapse.state is LapseState.LAPSED


def _what_became(row: Permit | None, lapse: Lapse) -> str:
    if row is None:
        return "end"
    if row.standby or row.purpose is Purpose.BACKUP:
        return "spare"
    seen = usage.of_permits([row]).get(row.key)
    used = (seen is not None and seen > lapse.idle_since) or clock.local_day(row.valid_from) > lapse.idle_since
    return "use" if used else "lapse"


def _lapse(actor: Actor, row: Permit, lapse: Lapse) -> str:
    reason = f"{CODE}: nothing sent since {lapse.idle_since}"
    try:
        permits.end_permit(actor, row.key, reason=reason)
    except NotFound:
        return "end"
    _tell("permit.lapsed", row, _LAPSED.about(permit=row.key), _AGAIN, lapse.lapses_on)
    return "lapse"


def _tell(event: str, row: Permit, said: Sentence, fix: Sentence, day: dt.date) -> None:
    months = provisions.integer("signatures.lapse", clock.today())
    notices.tell(
        event,
        ("permit", row.key),
        said,
        enterprise=row.user,
        reasons=[notices.reason(CODE, _IDLE.about(months=months), fix, field="permit")],
        payload={"permit": row.key, "port": row.port, "signature": row.signature, "lapses_on": day},
    )
