"""Letters of authorisation that ended a few days ago: mostly renewed late, some on their way; sending goes on."""

import datetime as dt

from registry.simulation.rows import Letter
from registry.simulation.town import Town

ORDER = 2
SHARE, LEAST = 0.05, 2
EARLIEST, LATEST = 10, 5


def settle(town: Town) -> None:
    """Of some permits of agencies the letter lapses; every other one of them has a second letter by now."""
    letters = {row.letter: row for row in town.tables[Letter]}
    lettered = [grant for grant in town.grants if grant.permit.letter and grant.number not in town.used]
    for place, grant in enumerate(town.some(lettered, max(LEAST, int(len(lettered) * SHARE)))):
        town.used.add(grant.number)
        old = letters[grant.permit.letter]
        if place % 2 == 0:
            _renewed_late(town, old)
        else:
            old.valid_until = town.settings.calendar[-1] - dt.timedelta(days=town.between(1, LATEST))


def _renewed_late(town: Town, old: Letter) -> None:
    """It ended before the records or within them; the second letter came some days later, within them at the latest."""
    last = town.settings.calendar[-1]
    latest = max(-1, town.settings.days - LATEST - 1)
    old.valid_until = town.settings.start + dt.timedelta(days=town.between(-EARLIEST, latest))
    renewed = min(last, old.valid_until + dt.timedelta(days=town.between(1, LATEST)))
    values = {name: getattr(old, name) for name in old.columns()}
    fresh = {"letter": town.key("L"), "confirmed_at": renewed, "valid_from": renewed}
    town.add(Letter(**(values | fresh | {"valid_until": town.after(300, 700)})))
