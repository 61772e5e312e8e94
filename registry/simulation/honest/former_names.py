"""Companies change their names; old letters and invoices still bear the former one."""

from registry.simulation.rows import FormerName
from registry.simulation.town import Town

ORDER = 2
SHARE = 0.04


def settle(town: Town) -> None:
    """Former names of some senders."""
    for member in town.some(town.people["end_user"], max(1, int(len(town.people["end_user"]) * SHARE))):
        former = f"{member.city}{member.brand}贸易有限公司"
        begins, ends = town.before(2500, 3000), town.before(1600, 2000)
        town.add(FormerName(enterprise=member.code, name=former, valid_from=begins, valid_until=ends))
