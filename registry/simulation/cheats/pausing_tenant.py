"""A tenant who came before the records begin, pauses, comes again and goes."""

import datetime as dt

from registry.simulation.planting import daily, foreign, plant, single, tenant, times
from registry.simulation.rows import at_midnight
from registry.simulation.sending import EVER
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A stranger's signature in two spells, with nothing between; in few days, one spell that ends."""
    days = town.settings.days
    start = at_midnight(town.settings.start)
    pause, again, end = (start + dt.timedelta(days=max(1, round(days * share))) for share in (0.3, 0.5, 0.8))
    for victim in single(town, times(town)):
        spell = foreign(town, victim, tenant(town, victim), daily=daily(town, 1.5), first_at=EVER, last_at=pause)
        spells = [spell, spell.but(first_at=again, last_at=end)] if again < end else [spell]
        plant(town, "sublet", "medium", victim.user, spells)
