"""What may happen to a case: one table. Pure."""

from typing import Any

from registry.detection.kinds import CaseState
from registry.kernel.actor import Actor
from registry.kernel.workflow import Machine, Transition

S = CaseState


def _waits_for_nothing(case: Any, _actor: Actor) -> str | None:
    return "originals are still asked for, or wait for a look" if case.waits else None


MACHINE: Machine[CaseState] = Machine(
    [
        Transition("take", frozenset({S.OPEN}), S.IN_WORK, "finding.work"),
        Transition("note", frozenset({S.IN_WORK}), S.IN_WORK, "finding.work"),
        Transition("ask", frozenset({S.IN_WORK}), S.IN_WORK, "finding.work"),
        Transition("judge", frozenset({S.IN_WORK}), S.JUDGED, "finding.judge"),
        Transition("close", frozenset({S.JUDGED}), S.CLOSED, "finding.judge", _waits_for_nothing),
        Transition("reopen", frozenset({S.JUDGED, S.CLOSED}), S.IN_WORK, "finding.judge"),
        Transition("merge", frozenset({S.OPEN, S.IN_WORK}), S.MERGED, "finding.work"),
        Transition("split", frozenset({S.IN_WORK}), S.IN_WORK, "finding.work"),
    ]
)
"""`withdrawn` has no action: a run withdraws a case whose findings are gone before anybody worked it."""
