"""Customers of a service company send from extensions of their own: one extension, one signature."""

from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Extensions delegated to their users; a permit names the exact number, or the user's whole range."""
    for count in town.spread(ports=0.30, signatures=0.24):
        (company, access), owner = town.pick(town.access), town.user()
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service")
        town.delegate(extension, [company, owner])
        way = town.way(extension, [company, owner])
        if count == 1 and town.chance(0.2):
            number = f"{extension}{town.between(1, 99):02d}"
            town.permit(way, town.signature(owner), owner, owner, port=f"{extension}*", number=number)
            continue
        for place in range(count):
            number = extension if count == 1 else f"{extension}{place + 1:02d}"
            town.permit(way, town.signature(owner), owner, owner, number=number)
