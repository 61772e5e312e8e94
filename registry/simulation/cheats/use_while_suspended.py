"""A suspended permit is used as if nothing had happened."""

from typing import Any

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.rows import Measure
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A suspension in force for weeks, and traffic all the same."""
    for victim in single(town, times(town)):
        values: dict[str, Any] = {
            "action": "suspend",
            "state": "in_force",
            "reason": "转租嫌疑",
            "valid_from": town.before(10, 30),
        }
        town.add(Measure(subject_kind="permit", subject=victim.permit.permit, **values))
        present = [one for one in town.sendings if one.permit == victim.permit.permit]
        more = town.stream(victim, victim.permit.categories[0], daily=daily(town))
        plant(town, "scope_expansion", "crude", victim.user, [more], present=present)
