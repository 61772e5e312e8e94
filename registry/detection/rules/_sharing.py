"""What the rules about numbers without a holder have in common."""

from typing import Any

import ibis
from ibis import _

from registry.detection.world import World, meeting


def unregistered(world: World) -> Any:
    """Signed facts of numbers that no registered port covers at the time."""
    covered = meeting(world.facts, world.covering, "port").select("fact")
    return world.signed().anti_join(covered, "fact")


def shared_by(facts: Any, key: str, least_signatures: int) -> Any:
    """Facts of those groups under which at least so many different signatures are seen."""
    signatures = facts.folded.nunique().over(ibis.window(group_by=key))
    return facts.mutate(signatures=signatures).filter(_.signatures >= least_signatures)
