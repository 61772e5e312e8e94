"""Authorities send public-good texts and notices from public-good codes."""

from registry.simulation.numbers import PoolExhaustedError
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Public-good codes held by authorities, as long as the pool has any."""
    for count in town.spread(ports=0.04, signatures=0.03):
        owner = town.pick(town.people["authority"])
        try:
            number = town.numbers.access_code("public_good")
        except PoolExhaustedError:
            return
        town.open_port(number, owner, "own")
        way = town.way(number, [owner])
        for place in range(count):
            exact = number if count == 1 else f"{number}{place + 1:02d}"
            town.permit(way, town.signature(owner), owner, owner, number=exact)
