"""One person acts for companies that have nothing to do with each other, and lets each one's number to others."""

from registry.simulation.planting import daily, nobodys_link, plant, times, unrelated
from registry.simulation.town import Town

ORDER = 2
LEAST = 3


def settle(town: Town) -> None:
    """Three to five customers who name the same handler; each number carries offers that lead to a host of its own."""
    for _ in range(max(1, times(town) // 2)):
        lent = unrelated(town, town.between(LEAST, LEAST + 2))
        if len(lent) < LEAST:
            return
        for victim in lent:
            victim.user.row.handler = lent[0].user.row.handler
        own = {"contact": "", "theme": "loan"}
        streams = [
            town.stream(victim, "marketing", daily=daily(town, 0.8), link=nobodys_link(town), **own) for victim in lent
        ]
        plant(town, "sublet", "subtle", lent[0].user, streams, also_kind="scope_expansion")
