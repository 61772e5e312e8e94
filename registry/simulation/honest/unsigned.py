"""Now and then a text goes out without its signature."""

from registry.simulation.sending import Place
from registry.simulation.town import Town

ORDER = 2
SHARE = 0.01


def settle(town: Town) -> None:
    """A trickle beside some streams, unsigned."""
    for sending in town.some(town.sendings, int(len(town.sendings) * SHARE)):
        town.sendings.append(sending.but(place=Place.ABSENT, daily=sending.daily * 0.03, story=town.story))
