"""Complaints of subscribers: marketing draws them, honest or not; cheats draw more."""

import datetime as dt

from registry.simulation.people import HOMES
from registry.simulation.rendering import example
from registry.simulation.rows import Complaint, at_midnight
from registry.simulation.sending import Sending
from registry.simulation.town import Town

CHANNELS = ("12321", "hotline", "app")
HONEST_RATE, CHEAT_RATE = 0.0004, 0.004


def file_complaints(town: Town) -> None:
    """Complaints about messages of the days of records, received within two days."""
    for sending in town.sendings:
        rate = CHEAT_RATE if sending.incident else HONEST_RATE
        if sending.category in {"marketing", "dunning"}:
            for _ in range(int(town.rng.poisson(sending.daily * town.settings.days * rate))):
                _complain(town, sending)


def _complain(town: Town, sending: Sending) -> None:
    day = town.pick(town.settings.calendar)
    sent = at_midnight(day) + dt.timedelta(hours=10, seconds=town.between(0, 30_000))
    if not sending.first_at <= sent < sending.last_at:
        return
    town.add(
        Complaint(
            complaint=town.key("C"),
            received_at=sent + dt.timedelta(seconds=town.between(600, 170_000)),
            sent_at=sent,
            port=sending.port,
            signature=sending.signature,
            content=example(sending, day, town.rng),
            channel=town.pick(CHANNELS),
            province=town.pick(sending.provinces or HOMES),
        )
    )
