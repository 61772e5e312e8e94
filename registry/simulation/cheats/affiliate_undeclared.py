"""A related company sends from a group's number without being declared: wrong, but is it a sublet?"""

from typing import Any

from registry.simulation.planting import foreign, plant, single, tenant, times
from registry.simulation.rows import Relation
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """The tenant is a registered subsidiary of the number's user; open to argument, hence grey."""
    for victim in single(town, times(town)):
        other = tenant(town, victim)
        ends: dict[str, Any] = {"from_enterprise": victim.user.code, "to_enterprise": other.owner.code}
        town.add(Relation(**ends, kind="parent", valid_from=town.before(1000, 2000)))
        plant(town, "sublet", "grey", victim.user, [foreign(town, victim, other)], also_kind="scope_expansion")
