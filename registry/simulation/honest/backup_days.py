"""An outage elsewhere: a backup channel that slept carries a day's traffic."""

import datetime as dt

from registry.simulation.rows import at_midnight
from registry.simulation.town import Town

ORDER = 1.5
DAILY = 1.5


def settle(town: Town) -> None:
    """Half of the backup channels send much on one day, as their permits allow."""
    for grant in town.grants:
        if grant.permit.purpose == "backup" and town.chance(0.5):
            day = at_midnight(town.pick(town.settings.calendar))
            burst = town.stream(grant, grant.permit.categories[0], daily=DAILY, first_at=day)
            town.sendings.append(burst.but(last_at=day + dt.timedelta(days=1)))
