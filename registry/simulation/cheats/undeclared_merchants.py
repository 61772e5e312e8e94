"""Merchants who are no declared beneficiaries stand under a platform's signature."""

from registry.simulation.planting import daily, foreign, plant, tenant, times
from registry.simulation.sending import Sending
from registry.simulation.town import Grant, Town


def settle(town: Town) -> None:
    """Two to five strangers' shops, with their own links and contacts, on a permit on behalf of merchants."""
    for victim in town.victims(times(town), lambda grant: grant.room == "marketplaces"):
        shops = [_shop(town, victim) for _ in range(town.between(2, 5))]
        plant(town, "sublet", "medium", victim.user, shops, also_kind="scope_expansion")


def _shop(town: Town, victim: Grant) -> Sending:
    mask = {"signature": victim.permit.signature, "permit": victim.permit.permit, "category": "marketing"}
    return foreign(town, victim, tenant(town, victim), daily=daily(town, 0.8), provinces=(), **mask)
