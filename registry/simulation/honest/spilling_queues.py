"""Marketing that was scheduled in time and leaves the queue past the hour."""

from registry.simulation.sending import Hours
from registry.simulation.town import Town

ORDER = 2
SHARE = 0.05


def settle(town: Town) -> None:
    """Some streams of marketing spill minutes past eight in the evening, scheduled before it."""
    marketing = [sending for sending in town.sendings if sending.category == "marketing"]
    for sending in town.some(marketing, int(len(marketing) * SHARE)):
        town.sendings.append(sending.but(daily=sending.daily * 0.05, hours=Hours.SPILL, story=town.story))
