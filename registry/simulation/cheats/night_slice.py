"""A slice of the traffic is let at night only."""

from registry.simulation.planting import daily, foreign, plant, single, tenant, times
from registry.simulation.sending import Hours
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """A stranger's registered signature, few messages, between nine in the evening and early morning."""
    for victim in single(town, times(town)):
        slice_ = foreign(town, victim, tenant(town, victim), hours=Hours.NIGHT, daily=daily(town, 0.7))
        plant(town, "sublet", "subtle", victim.user, [slice_])
