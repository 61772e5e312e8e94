"""Texts that are read amiss: notices with a word of offer in them, and offers that speak like notices."""

from registry.simulation.town import Town
from registry.simulation.wording import DOUBTFUL

ORDER = 2
SHARE, MOST = 0.4, 0.04


def settle(town: Town) -> None:
    """A few of a hundred texts of many lawful streams, as far as reading them goes wrong on real ones."""
    streams = [sending for sending in town.sendings if sending.category in DOUBTFUL]
    for sending in town.some(streams, int(len(streams) * SHARE)):
        part = float(town.rng.uniform(0.005, MOST))
        doubtful = sending.but(theme="doubtful", daily=sending.daily * part, story=town.story)
        town.sendings.append(doubtful.but(opt_out="") if town.chance(0.5) else doubtful)
