"""Marketing at night, in volume."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.sending import Hours
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A marketing permit used between nine in the evening and early morning."""
    for victim in single(town, times(town), fits=lambda grant: "marketing" in grant.permit.categories):
        stream = town.stream(victim, "marketing", daily=daily(town, 1.5), hours=Hours.NIGHT)
        plant(town, "scope_expansion", "crude", victim.user, [stream])
