"""Inherited extensions carry several signatures of ONE owner: from before the registry, not yet verified."""

from typing import Any

from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Rows with standing `inherited`, several signatures on one number, all of one owner."""
    for count in town.spread(ports=0.06, signatures=0.14):
        (company, access), owner = town.pick(town.access), town.user()
        extension = town.numbers.extension(access)
        old: dict[str, Any] = {"standing": "inherited"}
        town.open_port(extension, company, "service", **old)
        town.delegate(extension, [company, owner], **old)
        way = town.way(extension, [company, owner])
        for text in [town.signature(owner, standing="inherited") for _ in range(count)]:
            town.permit(way, text, owner, owner, **old)
