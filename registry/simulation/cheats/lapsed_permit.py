"""A permit that ended months ago is used on."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """The permit's period is over since long; its streams go on."""
    for victim in single(town, times(town)):
        victim.permit.valid_from, victim.permit.valid_until = town.before(500, 600), town.before(60, 200)
        present = [one for one in town.sendings if one.permit == victim.permit.permit]
        more = town.stream(victim, victim.permit.categories[0], daily=daily(town))
        plant(town, "scope_expansion", "crude", victim.user, [more], present=present)
