"""When a new entry begins: from now on, later, or in the past where that is allowed.

An entry filed today cannot whitewash last month: the past is open only to what was there before the registry
(standing `inherited`) and to a correction by two people.
"""

import datetime as dt

from sqlalchemy.dialects.postgresql import Range

from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.correction import Correction
from registry.kernel.errors import FieldError, Invalid
from registry.store.periods import period
from registry.store.standing import Standing

SLACK = dt.timedelta(minutes=1)  # a caller's "now" is a little old when it arrives: it means our now


def opening(
    actor: Actor,
    valid_from: dt.datetime | None,
    valid_until: dt.datetime | None,
    *,
    standing: Standing = Standing.VERIFIED,
    correction: Correction | None = None,
) -> Range[dt.datetime]:
    """The period of a new entry; from now on where no beginning is said.

    Raises Invalid for a beginning in the past and for an empty period.
    """
    if valid_from is not None and standing is Standing.INHERITED:
        start = valid_from
    else:
        start = _not_past("valid_from", actor, valid_from, correction)
    if valid_until is not None and valid_until <= start:
        error = FieldError("valid_until", "period_empty", "it ends before it begins", "give an end after the beginning")
        raise Invalid("period_empty", "nothing lies between beginning and end", fields=[error])
    return period(start, valid_until)


def moment_of_change(actor: Actor, at: dt.datetime | None, correction: Correction | None = None) -> dt.datetime:
    """When a change begins to count: now where not said. Raises Invalid for the past, as `opening` does."""
    return _not_past("at", actor, at, correction)


def _not_past(field: str, actor: Actor, at: dt.datetime | None, correction: Correction | None) -> dt.datetime:
    now = clock.now()
    if at is None or (now - SLACK <= at < now and correction is None):
        return now
    if at < now:
        _allow_past(field, actor, correction)
    return at


def _allow_past(field: str, actor: Actor, correction: Correction | None) -> None:
    if correction is not None:
        correction.check(actor)
        return
    error = FieldError(field, "backdated", "it lies in the past", "leave it out, or ask for a correction by two people")
    raise Invalid("backdated", "an entry made today does not change the past", fields=[error])
