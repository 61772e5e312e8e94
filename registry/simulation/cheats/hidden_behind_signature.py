"""Tenants hide behind the customer's own legal signature; only their links and contacts betray them."""

from registry.simulation.planting import foreign, plant, single, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A stranger's offers under the permit's signature, where marketing is permitted."""
    for victim in single(town, times(town), fits=lambda grant: "marketing" in grant.permit.categories):
        mask = {"signature": victim.permit.signature, "permit": victim.permit.permit, "category": "marketing"}
        other = tenant(town, victim)
        hidden = foreign(town, victim, other, theme="loan", provinces=victim.permit.provinces, **mask)
        plant(town, "sublet", "subtle", victim.user, [hidden], also_kind="scope_expansion")
