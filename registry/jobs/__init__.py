"""Background work: a queue in the same PostgreSQL, filled inside the caller's commit."""

from registry.jobs.queue import enqueue, hand_in, install, queue, task

__all__ = ["enqueue", "hand_in", "install", "queue", "task"]
