"""The register lacks a hop of the chain: an agent passes on what nobody gave it."""

from registry.simulation.planting import daily, plant, times
from registry.simulation.rows import Delegation
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """The hop from the service company to the agent was never declared; the one behind it was."""
    hops = town.tables[Delegation]
    alone = {row.port for row in hops}
    for victim in town.victims(times(town), lambda grant: grant.room == "agent_chains" and grant.number in alone):
        first, second = victim.way.chain[:2]
        lost = (victim.number, first, second)
        hops[:] = [row for row in hops if (row.port, row.from_enterprise, row.to_enterprise) != lost]
        agent = next(one for one in town.people["agent"] if one.code == second)
        present = [one for one in town.sendings if one.permit == victim.permit.permit]
        more = town.stream(victim, victim.permit.categories[0], daily=daily(town))
        plant(town, "sublet", "medium", agent, [more], present=present)
