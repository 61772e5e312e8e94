"""Permits that lapsed for a few days and were renewed late."""

import datetime as dt

from registry.simulation.rows import at_midnight
from registry.simulation.sending import Sending
from registry.simulation.town import Town

ORDER = 2
SHARE = 0.008
LATEST = 3


def settle(town: Town) -> None:
    """A short gap in the period of some small permits; a new row goes on where the old one stopped too early."""
    small = [grant for grant in town.grants if grant.permit.purpose == "normal" and not grant.permit.standby]
    for grant in town.some(small, max(1, int(len(small) * SHARE))):
        old = grant.permit
        lapse = town.settings.start - dt.timedelta(days=town.between(0, 1))
        renewed = lapse + dt.timedelta(days=town.between(1, LATEST))
        values = {name: getattr(old, name) for name in old.columns()}
        fresh = type(old)(**(values | {"permit": town.key("P"), "valid_from": renewed}))
        old.valid_until = lapse
        town.used.add(grant.number)
        town.add(fresh)
        for sending in [one for one in town.sendings if one.permit == old.permit]:
            _split(town, sending, fresh.permit, at_midnight(renewed))


def _split(town: Town, sending: Sending, permit: str, renewed: dt.datetime) -> None:
    sending.daily *= 0.3
    town.sendings.append(sending.but(permit=permit, first_at=renewed))
    sending.last_at, sending.story = renewed, town.story
