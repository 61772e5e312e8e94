"""New products: a registered signature with its own permit that begins days before the records and rises."""

from registry.simulation.town import Town

SHARE = 0.01
ORDER = 1.2


def settle(town: Town) -> None:
    """A further extension for a customer, whose volume grows fourfold."""
    for _ in range(max(1, town.share(town.settings.ports, SHARE))):
        (company, access), owner = town.pick(town.access), town.user()
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service", valid_from=town.before(20, 40))
        town.delegate(extension, [company, owner], valid_from=town.before(15, 19))
        way = town.way(extension, [company, owner])
        before = len(town.sendings)
        town.permit(way, town.signature(owner), owner, owner, valid_from=town.before(1, 14), weight=0.4)
        for sending in town.sendings[before:]:
            sending.rise = 4.0
