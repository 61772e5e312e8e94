"""The letter ended long ago; the agency goes on using the signature."""

from registry.simulation.planting import daily, lettered, plant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """An agency's permit whose letter has expired months ago."""
    for _ in range(times(town)):
        ended = {"valid_from": town.before(500, 700), "valid_until": town.before(90, 300)}
        grant = lettered(town, town.user(), confirmation="confirmed", **ended)
        stream = town.stream(grant, "notice", daily=daily(town))
        plant(town, "scope_expansion", "medium", grant.user, [stream], also_kind="sublet")
