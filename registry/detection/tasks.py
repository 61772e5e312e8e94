"""Detection in the background."""

from registry import jobs
from registry.detection import queries, service, windows
from registry.jobs.lease import left_to_others
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.settings import current
from registry.traffic import service as traffic

traffic.holder(queries.samples_held)


@every_minute
def judge_what_changed() -> None:
    """Runs whose process was killed failed. After an ingest, where the setting says so: windows on whose days something
    was counted are judged again.
    """
    service.end_broken_off(SYSTEM)
    if current().judge_changed and not traffic.under_way():
        windows.judge_by_itself(SYSTEM)


@jobs.task("detection.run")
def run(key: str, rules: list[str]) -> None:
    """Carry out a run that was ordered; one that a process is at is left to it."""
    with left_to_others():
        service.carry_out(SYSTEM, key, rules)
