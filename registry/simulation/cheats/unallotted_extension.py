"""A service company lets an extension that it never had allotted."""

from dataclasses import replace

from registry.simulation.planting import foreign, plant, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Strangers' signatures on a number below a known access code that stands in no register."""
    for _ in range(times(town)):
        company, access = town.pick(town.access)
        number = town.numbers.extension(access)
        other = tenant(town)
        ghost = replace(other, way=town.way(number, [company]), number=number)
        streams = [foreign(town, ghost, one) for one in (other, tenant(town))]
        plant(town, "sublet", "crude", company, streams)
