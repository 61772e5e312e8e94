"""An extension is let openly: strangers' registered signatures on one customer's number."""

from registry.simulation.planting import foreign, plant, single, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Two to four tenants on a number that was allotted to one customer."""
    for victim in single(town, times(town)):
        tenants = [tenant(town, victim) for _ in range(town.between(2, 4))]
        plant(town, "sublet", "crude", victim.user, [foreign(town, victim, other) for other in tenants])
