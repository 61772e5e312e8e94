"""On a shared platform port, among its many declared users, one stranger whom nobody declared."""

from registry.simulation.planting import foreign, plant, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A registered signature whose owner is no declared user of the shared number."""
    for victim in town.victims(times(town), lambda grant: grant.room == "shared_ports"):
        declared = [grant for grant in town.grants if grant.number == victim.number]
        stream = foreign(town, victim, tenant(town, *declared))
        holder = next(company for company, _ in town.access if company.code == victim.way.holder)
        plant(town, "sublet", "medium", holder, [stream])
