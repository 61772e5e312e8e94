"""Detection in the background."""

from registry import jobs
from registry.detection import queries, service, windows
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.settings import current
from registry.traffic import service as traffic

traffic.holder(queries.samples_held)


@every_minute
def judge_what_changed() -> None:
    """After an ingest, where the setting says so: windows on whose days something was counted are judged again."""
    if current().judge_changed and not traffic.under_way():
        windows.judge_by_itself(SYSTEM)


@jobs.task("detection.run")
def run(key: str, rules: list[str]) -> None:
    """Carry out a run that was ordered."""
    service.carry_out(SYSTEM, key, rules)
