"""A broker who gives each number a link of its own, and hands everything in by one account."""

from registry.simulation.planting import daily, nobodys_link, outsider, plant, times, unrelated
from registry.simulation.town import Town

ORDER = 2
LEAST = 3


def settle(town: Town) -> None:
    """Offers under three to five unrelated customers' own signatures, by an agent outside all of their chains."""
    for _ in range(max(1, times(town) // 2)):
        rented = unrelated(town, town.between(LEAST, LEAST + 2), "submitter")
        if len(rented) < LEAST:
            return
        broker = outsider(town, *rented)
        streams = []
        for victim in rented:
            own = {"submitter": town.account(broker, victim.way.gateway), "agent": "", "link": nobodys_link(town)}
            streams.append(town.stream(victim, "marketing", daily=daily(town, 0.8), theme="loan", contact="", **own))
        plant(town, "sublet", "subtle", broker, streams, also_kind="scope_expansion")
