"""Detection in the background."""

from registry import jobs
from registry.detection import queries, service
from registry.kernel.actor import SYSTEM
from registry.traffic import service as traffic

traffic.holder(queries.samples_held)


@jobs.task("detection.run")
def run(key: str, rules: list[str]) -> None:
    """Carry out a run that was ordered."""
    service.carry_out(SYSTEM, key, rules)
