"""Replays in the background: one after the other, since each takes an engine of its own."""

from registry import jobs
from registry.kernel.actor import SYSTEM
from registry.replays import service


@jobs.task("detection.replay", lock="detection.replay")
def replay(key: str) -> None:
    """Answer what was ordered."""
    service.carry_out(SYSTEM, key)
