"""A big brand sends one signature from many ports of many companies, through agencies with its letter."""

from registry.simulation.town import Town

PORTS_OF_A_BRAND = 12


def settle(town: Town) -> None:
    """Brands whose agencies use their signature on extensions of several service companies."""
    left = town.share(town.settings.ports, 0.10)
    while left > 0:
        count = min(left, town.between(PORTS_OF_A_BRAND // 2, PORTS_OF_A_BRAND * 2))
        _brand(town, count)
        left -= count


def _brand(town: Town, count: int) -> None:
    owner = town.user("retail", "finance", "internet")
    text = town.signature(owner)
    for _ in range(count):
        (company, access), agency = town.pick(town.access), town.pick(town.people["agent"])
        letter = town.letter(owner, agency, text, confirmation="confirmed")
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service")
        town.delegate(extension, [company, agency, owner], (text,))
        way = town.way(extension, [company, agency, owner])
        town.permit(way, text, owner, agency, letter=letter)
