"""Spare volume is let to others: the permit's own signature and category, under its cap, with a stranger's contacts."""

from registry.simulation.planting import daily, foreign, plant, single, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A stranger's notices under the legal signature, rising, never over the cap."""
    for victim in single(town, times(town), fits=lambda grant: "notice" in grant.permit.categories):
        mask = {"signature": victim.permit.signature, "permit": victim.permit.permit, "category": "notice"}
        let = foreign(town, victim, tenant(town, victim), daily=daily(town), rise=2.0, **mask)
        plant(town, "sublet", "subtle", victim.user, [let.but(provinces=victim.permit.provinces)])
