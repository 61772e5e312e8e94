"""What the rules about change have in common: days that compare, and what is late and what is early among them."""

from typing import Any

import ibis
from ibis import _

FESTIVE = ((601, 620), (1020, 1112), (1201, 1213), (1224, 1231), (101, 225))
"""Month and day, from and to, in which messages rise lawfully: 618, Double Eleven, Double Twelve, New Year to the end
of the Spring Festival, which moves between 21 January and 20 February and is followed by the Lantern Festival."""
HOLIDAYS = ((403, 406), (429, 505), (928, 1008))
SATURDAY = 5


def ordinary(facts: Any) -> Any:
    """Facts of working days outside festivals and long holidays."""
    day = facts.day.month() * 100 + facts.day.day()
    lifted = ibis.literal(False)
    for first, last in (*FESTIVE, *HOLIDAYS):
        lifted = lifted | day.between(first, last)
    return facts.filter(~lifted & (facts.day.day_of_week.index() < SATURDAY))


def span(own: Any, before: Any, least_days: int) -> Any:
    """From when to when is compared, as one row of seconds; none where fewer days than asked are known.

    own: rows of the window; before: of the days before it, any number.
    """
    seen = own.agg(first=_.day.min().epoch_seconds(), last=_.day.max().epoch_seconds())
    met = seen.cross_join(before.agg(begin=_.day.min().epoch_seconds()))
    met = met.mutate(begin=ibis.least(_.begin.fill_null(_.first), _.first))
    least = (least_days - 1) * SECONDS
    return met.filter(_.last - _.begin >= least).mutate(first=ibis.least(_.first, _.last - least))


def placed(rows: Any, within: Any) -> Any:
    """Adds `late`: in the last third of the window (of `least_days` where it is shorter); `early`: in the first two
    thirds of all that is known. Days between, of a window with many before it, are neither.
    """
    met = rows.cross_join(within)
    place = met.day.epoch_seconds()
    met = met.mutate(late=3 * (place - met.first) > 2 * (met.last - met.first))
    early = (3 * (met.day.epoch_seconds() - met.begin) <= 2 * (met.last - met.begin)) & ~met.late
    return met.mutate(early=early).select(*rows.columns, "late", "early")


SECONDS = 86_400
