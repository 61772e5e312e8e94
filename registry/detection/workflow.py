"""What may happen to a finding: one table. Pure."""

from enum import StrEnum
from typing import Any

from registry.kernel.actor import Actor
from registry.kernel.workflow import Machine, Transition


class FindingState(StrEnum):
    """Where the work on a finding stands."""

    OPEN = "open"
    NOTIFIED = "notified"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    REMEDIED = "remedied"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


S = FindingState
WORKED = frozenset({S.NOTIFIED, S.ANSWERED, S.CONFIRMED, S.DISMISSED, S.REMEDIED})
LEFT_OUT = (S.WITHDRAWN, S.MERGED)  # they belong to no case's story
CLOSED = frozenset({S.DISMISSED, S.REMEDIED, S.MERGED, S.WITHDRAWN})


def _answers_for_itself(finding: Any, actor: Actor) -> str | None:
    own = actor.enterprise is None or actor.enterprise == finding.enterprise
    return None if own else "another enterprise is held answerable"


MACHINE: Machine[FindingState] = Machine(
    [
        Transition("notify", frozenset({S.OPEN, S.ANSWERED}), S.NOTIFIED, "finding.work"),
        Transition("answer", frozenset({S.NOTIFIED, S.ANSWERED}), S.ANSWERED, "finding.answer", _answers_for_itself),
        Transition("confirm", frozenset({S.OPEN, S.NOTIFIED, S.ANSWERED}), S.CONFIRMED, "finding.judge"),
        Transition("dismiss", frozenset({S.OPEN, S.NOTIFIED, S.ANSWERED}), S.DISMISSED, "finding.judge"),
        Transition("remedy", frozenset({S.CONFIRMED}), S.REMEDIED, "finding.work"),
        Transition("reopen", frozenset({S.CONFIRMED, S.DISMISSED, S.REMEDIED}), S.OPEN, "finding.judge"),
        Transition("merge", frozenset({S.OPEN, S.NOTIFIED, S.ANSWERED}), S.MERGED, "finding.work"),
    ]
)
"""`withdrawn` has no action: only a detection run that no longer finds it withdraws a finding nobody has worked."""
