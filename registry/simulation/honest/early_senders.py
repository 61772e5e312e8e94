"""Customers who send under a new signature of theirs before its filing is through."""

from registry.simulation.town import Town

ORDER = 2
SHARE = 0.004


def settle(town: Town) -> None:
    """A small stream under a signature that is not registered yet, on the owner's own number."""
    for grant in town.some(town.grants, max(1, int(len(town.grants) * SHARE))):
        text, _ = grant.user.next_signature()
        town.sendings.append(town.stream(grant, grant.permit.categories[0], daily=0.15, signature=text, permit=""))
