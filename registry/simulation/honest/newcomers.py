"""New companies whose rows are provisional until their papers are checked."""

from typing import Any

from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Recent extensions and permits with standing `provisional`."""
    for count in town.spread(ports=0.02, signatures=0.02):
        (company, access), owner = town.pick(town.access), town.user()
        extension = town.numbers.extension(access)
        new: dict[str, Any] = {"standing": "provisional", "valid_from": town.before(20, 50)}
        town.open_port(extension, company, "service", **new)
        town.delegate(extension, [company, owner], **new)
        way = town.way(extension, [company, owner])
        for place in range(count):
            number = extension if count == 1 else f"{extension}{place + 1:02d}"
            more = new | {"valid_from": town.before(2, 19)}
            town.permit(way, town.signature(owner, standing="provisional"), owner, owner, number=number, **more)
