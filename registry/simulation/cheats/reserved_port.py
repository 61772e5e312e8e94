"""A number that the plan keeps in reserve sends under a protected name."""

from dataclasses import replace

from registry.simulation.planting import daily, foreign, plant, tenant, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A protected name's offers from a spare code, submitted by an agent's account."""
    protected = [grant for grant in town.grants if grant.owner.row.roles == ("authority",)]
    for _ in range(times(town)):
        number, agent = town.numbers.access_code("spare"), town.pick(town.people["agent"])
        ghost = replace(tenant(town), way=town.way(number, [agent]), number=number)
        victim = town.pick(protected)
        stream = foreign(town, ghost, victim, theme="loan", category="marketing", daily=daily(town), provinces=())
        plant(town, "impersonation", "crude", agent, [stream], also_kind="sublet")
