"""Others' content behind a legal signature, with a link that no register knows."""

from registry.simulation.planting import daily, nobodys_link, plant, single, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Offers under the customer's own signature that lead to a new host of nobody."""
    for victim in single(town, times(town), fits=lambda grant: "marketing" in grant.permit.categories):
        own = {"link": nobodys_link(town), "contact": "", "theme": "loan"}
        stream = town.stream(victim, "marketing", daily=daily(town), **own)
        plant(town, "sublet", "subtle", victim.user, [stream], also_kind="scope_expansion")
