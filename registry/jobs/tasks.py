"""The queue's own tasks: the minute's tick, and the rescue of jobs whose worker was killed."""

from datetime import UTC, datetime

from registry.jobs import periodic
from registry.jobs.queue import in_context, queue


@queue.periodic(cron="* * * * *", periodic_id="tick")
@queue.task(name="jobs.tick", queueing_lock="jobs.tick")
def tick(timestamp: int) -> None:  # noqa: ARG001 - the queue passes it
    """Ask every room what is due."""
    in_context(periodic.tick)


@queue.periodic(cron="* * * * *", periodic_id="rescue")
@queue.task(name="jobs.rescue", queueing_lock="jobs.rescue")
async def rescue(timestamp: int) -> None:  # noqa: ARG001 - the queue passes it
    """Give jobs whose worker died back to the queue: they are written so that they go on where they stopped."""
    for job in await queue.job_manager.get_stalled_jobs():
        await queue.job_manager.retry_job(job, retry_at=datetime.now(UTC))
