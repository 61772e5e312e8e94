"""A number that slept for months wakes with a burst of a stranger's texts."""

from registry.simulation.planting import daily, foreign, plant, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """An extension with a permit that nobody used, not a standby, and a sudden tenant on it."""
    for _ in range(times(town)):
        (company, access), owner = town.pick(town.access), town.user()
        number = town.numbers.extension(access)
        town.open_port(number, company, "service")
        town.delegate(number, [company, owner])
        way = town.way(number, [company, owner])
        sleeper = town.permit(way, town.signature(owner), owner, owner, weight=0, valid_from=town.before(400, 600))
        burst = foreign(town, sleeper, tenant(town, sleeper), daily=daily(town, 2))
        plant(town, "sublet", "medium", owner, [burst])
