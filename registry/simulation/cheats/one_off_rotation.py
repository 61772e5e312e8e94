"""One-off signatures that nobody registered rotate on one number."""

import datetime as dt

from registry.simulation.planting import daily, plant, single, tenant, times
from registry.simulation.rows import at_midnight
from registry.simulation.sending import Sending
from registry.simulation.town import Grant, Town

_WORDS = ("臻享", "速达", "惠民", "优惠", "福利", "钱包", "好物", "专享", "管家", "在线", "云购", "秒到")


def settle(town: Town) -> None:
    """A dozen or two of made-up names, each for some hours only."""
    for victim in single(town, times(town)):
        streams = [_one_off(town, victim, place) for place in range(town.between(12, 24))]
        plant(town, "sublet", "medium", victim.user, streams)


def _one_off(town: Town, victim: Grant, place: int) -> Sending:
    name = f"{town.pick(_WORDS)}{town.pick(_WORDS)}{place}"
    day = town.pick(town.settings.calendar)
    first = at_midnight(day) + dt.timedelta(hours=town.between(9, 13))
    return town.stream(
        victim,
        "marketing",
        signature=name,
        theme="loan",
        daily=daily(town, 0.5),
        link=tenant(town, victim).owner.link,
        permit="",
        first_at=first,
        last_at=first + dt.timedelta(hours=town.between(4, 7)),
    )
