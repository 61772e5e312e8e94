"""A permit rests on a letter that lists other names than the one that is sent."""

from registry.simulation.planting import daily, lettered, plant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """An agency uses a brand's signature that the brand's letter does not list."""
    for _ in range(times(town)):
        brand = town.user("retail", "finance", "internet")
        grant = lettered(town, brand, town.signature(brand), confirmation="confirmed")
        stream = town.stream(grant, "marketing", daily=daily(town))
        plant(town, "scope_expansion", "medium", grant.user, [stream], also_kind="sublet")
