"""The owner, asked, denies the letter: it was forged."""

from registry.simulation.planting import daily, lettered, plant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """An agency goes on sending under a signature whose owner has denied the letter."""
    for _ in range(times(town)):
        grant = lettered(town, town.user(), confirmation="denied", confirmed_at=town.before(5, 60))
        stream = town.stream(grant, "marketing", daily=daily(town))
        plant(town, "impersonation", "medium", grant.user, [stream], also_kind="sublet")
