"""The carriers' own 1065 codes carry their direct customers: banks, payment, shops."""

from registry.simulation.numbers import PoolExhaustedError
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Extensions of a carrier's code with a declared customer behind each; banks on their short numbers too."""
    parents = [_own_code(town, place) for place in range(len(town.carriers))]
    for place, count in enumerate(town.spread(ports=0.10, signatures=0.06)):
        if place % 5 == 0 and _short_number(town):
            continue
        _customer(town, parents, place % len(parents), count)


def _own_code(town: Town, place: int) -> str:
    carrier = town.carriers[place]
    code = town.numbers.carrier_code(place)
    town.open_port(code, carrier, "own", signing="shared")
    return code


def _customer(town: Town, parents: list[str], place: int, count: int) -> None:
    carrier, owner = town.carriers[place], town.user("finance", "retail", "internet")
    number = town.numbers.extension(parents[place])
    town.open_port(number, carrier, "carrier_allotted")
    town.delegate(number, [carrier, owner])
    way = town.way(number, [carrier, owner])
    for text in [town.signature(owner) for _ in range(count)]:
        town.permit(way, text, owner, owner)


def _short_number(town: Town) -> bool:
    owner = town.user("finance")
    pool = "bank" if owner.theme == "finance" else "service"
    try:
        number = town.numbers.access_code(pool)
    except PoolExhaustedError:
        return False
    town.open_port(number, owner, "own")
    town.permit(town.way(number, [owner]), town.signature(owner), owner, owner)
    return True
