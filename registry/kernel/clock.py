"""Time: the only place that asks the machine what time it is.

A moment is an aware datetime in UTC. Gateways and people live by Asia/Shanghai, which has no summer time.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
FOREVER = 2**63 - 1  # "open" as milliseconds, so that no comparison meets a NULL
FIRST_YEAR = 1970  # nothing here is older; long before it the zone had seconds, which RFC 3339 cannot write

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_frozen: ContextVar[dt.datetime | None] = ContextVar("frozen", default=None)


def now() -> dt.datetime:
    """The present moment, or the one that `frozen` holds."""
    return _frozen.get() or dt.datetime.now(dt.UTC)


@contextmanager
def frozen(at: dt.datetime) -> Iterator[None]:
    """Hold the clock at a moment: a look-back run judges all its items at one time."""
    token = _frozen.set(at.astimezone(dt.UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def local_day(at: dt.datetime) -> dt.date:
    """The calendar day in Asia/Shanghai of a moment."""
    return at.astimezone(SHANGHAI).date()


def today() -> dt.date:
    """The present calendar day in Asia/Shanghai."""
    return local_day(now())


def midnight(day: dt.date) -> dt.datetime:
    """00:00 in Asia/Shanghai of a day, in UTC."""
    return dt.datetime.combine(day, dt.time(), SHANGHAI).astimezone(dt.UTC)


def millis(at: dt.datetime) -> int:
    """Milliseconds since 1970 UTC."""
    return round(at.timestamp() * 1000)


def from_millis(value: int) -> dt.datetime:
    """The moment of so many milliseconds since 1970 UTC."""
    return dt.datetime.fromtimestamp(value / 1000, dt.UTC)


def parse_moment(text: str) -> dt.datetime:
    """A moment from RFC 3339 with offset, or from a date that means 00:00 in Asia/Shanghai.

    Raises ValueError with a sentence for people.
    """
    text = text.strip()
    try:
        if _DATE.match(text):
            at = midnight(dt.date.fromisoformat(text))
        else:
            at = dt.datetime.fromisoformat(text.replace(" ", "T", 1))
    except (OverflowError, ValueError):
        raise ValueError(f"{text[:40]!r} is no time: write 2026-05-01 or 2026-05-01T08:00:00+08:00") from None
    if at.tzinfo is None:
        raise ValueError(f"{text[:40]!r} has no offset: write 2026-05-01T08:00:00+08:00")
    try:
        local = at.astimezone(SHANGHAI)  # it is to be written in this zone again
    except (OverflowError, ValueError):
        raise ValueError(f"{text[:40]!r} lies outside the calendar") from None
    if local.year < FIRST_YEAR:
        raise ValueError(f"{text[:40]!r} lies before {FIRST_YEAR}")
    return at.astimezone(dt.UTC)


def write_moment(at: dt.datetime | None) -> str:
    """RFC 3339 in Asia/Shanghai; a bare date where the moment is its 00:00; empty for none."""
    if at is None:
        return ""
    local = at.astimezone(SHANGHAI)
    return local.date().isoformat() if local.time() == dt.time() else local.isoformat()
