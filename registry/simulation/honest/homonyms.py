"""Two lawful owners in different places bear the same signature, each on its own port; others differ by a character."""

from registry.simulation.rows import Signature
from registry.simulation.town import Town

SHARE = 0.004


def settle(town: Town) -> None:
    """The same text registered twice, each row with its own owner and no port in common."""
    taken = [row for row in town.tables[Signature] if row.source == "short_name"]
    for row in town.some(taken, town.share(town.settings.signatures, SHARE)):
        (company, access), other = town.pick(town.access), town.user()
        if other.code == row.owner:
            continue
        values = {name: getattr(row, name) for name in row.columns()} | {"owner": other.code, "protected": False}
        town.add(Signature(**values))
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service")
        town.delegate(extension, [company, other])
        town.permit(town.way(extension, [company, other]), row.signature, other, other)


ORDER = 1.5
