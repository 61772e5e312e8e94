"""Periodic work: every minute each room's tables are asked what is due.

A queue's own timetable drops ticks that it missed; tables do not. Rooms add what they look after with `every_minute`.
"""

from collections.abc import Callable

import structlog

_due: list[Callable[[], None]] = []


def every_minute(look: Callable[[], None]) -> Callable[[], None]:
    """Decorator: a function that finds in its tables what is due and does it, or nothing."""
    _due.append(look)
    return look


def tick() -> None:
    """Ask every room once. A room that fails is logged by name and does not keep the others from theirs."""
    for look in _due:
        try:
            look()
        except Exception:  # noqa: BLE001 - one room must not stop the others
            structlog.get_logger().exception("periodic work failed", work=f"{look.__module__}.{look.__name__}")
