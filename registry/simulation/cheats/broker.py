"""A broker rents from unrelated holders: the same link and telephone under several legal signatures."""

from registry.simulation.planting import daily, plant, single, tenant, times
from registry.simulation.town import Town

RENTED = 4


def settle(town: Town) -> None:
    """One link and one telephone of a broker on three to six ports of companies that have no tie."""
    for _ in range(max(1, times(town) // 2)):
        rented = single(town, town.between(RENTED - 1, RENTED + 2))
        if not rented:
            return
        behind = tenant(town, *rented).owner
        own = {"link": behind.link, "contact": behind.contact, "theme": "stock", "brand": behind.brand}
        streams = [town.stream(victim, "marketing", daily=daily(town, 0.8), **own) for victim in rented]
        plant(town, "sublet", "subtle", behind, streams, also_kind="scope_expansion")
