"""An agent chain with one hop that nobody declared: the account of a company outside the chain submits."""

from registry.simulation.planting import daily, outsider, plant, single, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """The permit's own signature, submitted by an agent who is not in the chain."""
    for victim in single(town, times(town), "submitter"):
        agent = outsider(town, victim)
        account = town.account(agent, victim.way.gateway)
        stream = town.stream(victim, victim.permit.categories[0], daily=daily(town), submitter=account, agent="")
        plant(town, "sublet", "medium", agent, [stream])
