"""A notice port drifts to marketing: little at first, more every day, declared as notice."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A rising share of marketing without opt-out under a permit for notices."""
    for victim in single(town, times(town), fits=lambda grant: grant.permit.categories == ("notice",)):
        drift = {"daily": daily(town, 0.4), "rise": 5.0, "declared": "notice", "opt_out": ""}
        plant(town, "scope_expansion", "subtle", victim.user, [town.stream(victim, "marketing", **drift)])
