"""A permit for some provinces is used all over the country."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Most recipients live outside the permitted provinces."""
    for victim in single(town, times(town), "province", fits=lambda grant: bool(grant.permit.provinces)):
        stream = town.stream(victim, victim.permit.categories[0], daily=daily(town, 1.5), away=0.9)
        plant(town, "scope_expansion", "medium", victim.user, [stream])
