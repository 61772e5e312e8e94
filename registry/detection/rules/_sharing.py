"""What the rules about numbers without a holder have in common."""

from typing import Any

from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.world import World, meeting


def unregistered(world: World) -> Any:
    """Signed facts of numbers that no registered port covers at the time."""
    covered = meeting(world.facts, world.covering, "port").select("fact")
    return world.signed().anti_join(covered, "fact")


def shared_by(facts: Any, key: str, least_signatures: int) -> Any:
    """Facts of those groups under which at least so many different signatures are seen."""
    return with_distinct(facts, "signatures", "folded", key).filter(_.signatures >= least_signatures)
