"""The background work of the exchange."""

from registry import jobs
from registry.exchange import rechecking
from registry.kernel.actor import SYSTEM


@jobs.task(rechecking.TASK)
def recheck(kind: str, after: int, last: int) -> None:
    """The filing checks over some of what was imported."""
    rechecking.recheck(SYSTEM, kind, after, last)
