"""What the rules about change have in common: days that compare, and what is late among them."""

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


def halves(facts: Any, least_days: int) -> Any:
    """Adds `late`: whether a day lies in the last third of those seen; nothing where the span is shorter than asked."""
    span = facts.agg(first_day=_.day.min().epoch_seconds(), last_day=_.day.max().epoch_seconds())
    met = facts.cross_join(span).filter(_.last_day - _.first_day >= (least_days - 1) * 86_400)
    return met.mutate(late=3 * (_.day.epoch_seconds() - _.first_day) > 2 * (_.last_day - _.first_day))
