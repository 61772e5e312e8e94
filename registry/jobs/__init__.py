"""Background work: a queue in the same PostgreSQL, filled inside the caller's commit."""

from registry.jobs.queue import AGAIN, enqueue, hand_in, in_hand, install, queue, task

__all__ = ["AGAIN", "enqueue", "hand_in", "in_hand", "install", "queue", "task"]
