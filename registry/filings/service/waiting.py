"""The queue at work: claim, release, take the next one, urge; and what the clock does with what lies too long."""

from collections.abc import Callable

import sqlalchemy as sa
import structlog

from registry import audit
from registry.filings import policy, queries
from registry.filings.model import Filing
from registry.filings.service.lookalikes import look_for_lookalikes
from registry.filings.service.steps import locked, put_down, step
from registry.filings.service.telling import tell_of
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, NotFound, Problem
from registry.store import db, unit_of_work


def claim(actor: Actor, key: str, *, version: int | None = None) -> Filing:
    """The filing is this reviewer's until it is decided or released."""
    with unit_of_work():
        filing = locked(actor, key, version)
        _take(actor, filing)
    return filing


def claim_next(actor: Actor) -> Filing:
    """The first of the queue that this reviewer may decide on; what another one takes at this moment is passed over.

    Raises NotFound where nothing waits.
    """
    actor.require("filing.claim")
    with unit_of_work():
        filing = queries.next_of_queue(actor)
        if filing is None:
            raise NotFound("nothing_waits", "nothing waits that you may decide on", fix="look again later")
        _take(actor, filing)
    return filing


def release(actor: Actor, key: str, *, version: int | None = None) -> Filing:
    """The filing goes back into the queue; a supervisor may release another's."""
    with unit_of_work():
        filing = locked(actor, key, version)
        step(actor, filing, "release")
        put_down(filing)
    return filing


def urge(actor: Actor, key: str, *, version: int | None = None, comment: str = "") -> Filing:
    """The applicant urges, once a calendar day in Asia/Shanghai: it counts as older in the queue from now on.

    Raises Conflict where it was urged today.
    """
    with unit_of_work():
        filing = locked(actor, key, version)
        now = clock.now()
        if policy.urged_today(filing.urged_at, now):
            raise Conflict("urged_today", "it was urged today", fix="urge it again tomorrow")
        step(actor, filing, "urge", tell=False)
        before = {"queue_at": filing.queue_at}
        filing.queue_at = policy.raised(filing.queue_at or now, now)
        filing.urged_at, filing.urges = now, filing.urges + 1
        after = {"queue_at": filing.queue_at, "urges": filing.urges}
        audit.record(actor, "filing.urge", "filing", key, before=before, after=after, reason=comment)
    return filing


def look(actor: Actor) -> int:
    """Close what was not mended in time, and put back what was claimed and left; each in a commit of its own.

    Answers how many filings that were.
    """
    actor.require("filing.reassign")
    now = clock.now()
    unmended = sa.select(Filing.key).where(Filing.state == State.RETURNED, Filing.mend_by <= now)
    left = sa.select(Filing.key).where(Filing.state == State.IN_REVIEW, Filing.claimed_at.is_not(None))
    closed = [_tried(_close, actor, key) for key in db.session.scalars(unmended.order_by(Filing.key)).all()]
    back = [_tried(_put_back, actor, key) for key in db.session.scalars(left.order_by(Filing.key)).all()]
    return sum(closed) + sum(back)


def _take(actor: Actor, filing: Filing) -> None:
    step(actor, filing, "claim")
    look_for_lookalikes([filing.key])  # whoever decides sees them
    filing.claimed_by, filing.claimed_at = actor.name, clock.now()


def _tried(act: Callable[[Actor, str], bool], actor: Actor, key: str) -> bool:
    """One filing that moved on meanwhile must not keep the others from theirs."""
    try:
        return act(actor, key)
    except Problem as problem:
        structlog.get_logger().info("filing moved on", filing=key, code=problem.code)
        return False


def _close(actor: Actor, key: str) -> bool:
    with unit_of_work():
        filing = locked(actor, key, None)
        if filing.mend_by is None or filing.mend_by > clock.now():
            return False
        step(actor, filing, "close", reason="it was not mended in time")
        filing.decided_at = clock.now()
        tell_of(filing, comment="it was not mended in time")
    return True


def _put_back(actor: Actor, key: str) -> bool:
    with unit_of_work():
        filing = locked(actor, key, None)
        since = filing.claimed_at
        if since is None or policy.end_of_working_days(since, "filings.claim_lasts") > clock.now():
            return False
        step(actor, filing, "release", reason=f"{filing.claimed_by} claimed it and left it")
        put_down(filing)
    return True
