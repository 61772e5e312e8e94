"""A permit's monthly volume is passed by far."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """The permit's own texts, twice what the month allows within the days of records."""
    for victim in single(town, times(town), fits=lambda grant: grant.permit.monthly_volume is not None):
        more = town.stream(victim, victim.permit.categories[0], daily=daily(town, 2))
        present = [one for one in town.sendings if one.permit == victim.permit.permit]
        told = sum(one.daily for one in (more, *present)) * min(town.settings.days, 15)
        victim.permit.monthly_volume = int(told / 2)
        plant(town, "scope_expansion", "crude", victim.user, [more], present=present, also_kind="sublet")
