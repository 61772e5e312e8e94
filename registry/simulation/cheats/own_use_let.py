"""A code for its holder's own use carries one stranger's traffic beside the holder's."""

from registry.simulation.planting import foreign, plant, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """One tenant on an own-use code."""
    for victim in town.victims(times(town), lambda grant: grant.room == "own_use"):
        plant(town, "sublet", "crude", victim.user, [foreign(town, victim, tenant(town, victim))])
