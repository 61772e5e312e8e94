"""A tenant sends under the customer's name misspelt, another way every few hours: each looks like a slip."""

import datetime as dt

from registry.simulation.planting import daily, plant, single, tenant, times
from registry.simulation.rows import at_midnight
from registry.simulation.sending import Sending
from registry.simulation.town import Grant, Town

ORDER = 2
LEAST_SIGNS = 3


def settle(town: Town) -> None:
    """A stranger's offers under eight to a dozen slips of the permitted signature, each for some hours only."""
    for victim in single(town, times(town), fits=lambda grant: len(grant.permit.signature) >= LEAST_SIGNS):
        link = tenant(town, victim).owner.link
        names = town.some(_slips(victim.permit.signature), town.between(8, 12))
        streams = [_spell(town, victim, name, link) for name in names]
        plant(town, "sublet", "subtle", victim.user, streams, also_kind="impersonation")


def _slips(name: str) -> list[str]:
    """One character doubled, dropped or exchanged, or two of them turned round, at every place."""
    slips: set[str] = set()
    for place, sign in enumerate(name):
        before, after = name[:place], name[place + 1 :]
        slips |= {before + sign + sign + after, before + after, before + "网" + after, before + "通" + after}
        slips.add(before + after[:1] + sign + after[1:])
    return sorted(slips - {name})


def _spell(town: Town, victim: Grant, name: str, link: str) -> Sending:
    first = at_midnight(town.pick(town.settings.calendar)) + dt.timedelta(hours=town.between(9, 13))
    last = first + dt.timedelta(hours=town.between(4, 7))
    own = {"signature": name, "link": link, "theme": "loan", "permit": "", "first_at": first, "last_at": last}
    return town.stream(victim, "marketing", daily=daily(town, 0.8), **own)
