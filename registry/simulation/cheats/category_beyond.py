"""Marketing in volume on a permit that allows none."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Offers with link and opt-out under a permit for verification or notices."""
    for victim in single(town, times(town), fits=lambda grant: "marketing" not in grant.permit.categories):
        stream = town.stream(victim, "marketing", daily=daily(town, 1.5))
        plant(town, "scope_expansion", "crude", victim.user, [stream])
