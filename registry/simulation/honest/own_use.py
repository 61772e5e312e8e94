"""Enterprises send from codes of their own, one signature on each extension."""

from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Own-use codes 1069[5-8] with the owner's signatures on numbers below them."""
    for count in town.spread(ports=0.14, signatures=0.10):
        owner = town.user()
        code = town.numbers.access_code("own")
        town.open_port(code, owner, "own")
        way = town.way(code, [owner])
        for place in range(count):
            number = code if count == 1 else f"{code}{place + 1:02d}"
            town.permit(way, town.signature(owner), owner, owner, number=number)
