"""An outage: for a day another company's account hands in what is not its own."""

import datetime as dt

from registry.simulation.rows import at_midnight
from registry.simulation.town import Town

ORDER = 2
SHARE = 0.01
LONG = 7


def settle(town: Town) -> None:
    """Some streams on one day, in records of a week and more, where an analyst can see that it was but a day."""
    if town.settings.days < LONG:
        return
    for sending in town.some(town.sendings, max(1, int(len(town.sendings) * SHARE))):
        other = town.account(town.pick(town.people["sms_service_company"]), sending.gateway)
        day = at_midnight(town.pick(town.settings.calendar))
        town.sendings.append(
            sending.but(submitter=other, agent="", first_at=day, last_at=day + dt.timedelta(days=1), story=town.story)
        )
