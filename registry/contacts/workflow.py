"""What may happen to a change of contact: expected by staff, reported by the enterprise, taken over or refused."""

from enum import StrEnum
from typing import Any

from registry.kernel.actor import Actor
from registry.kernel.workflow import Machine, Transition

REPORT, DECIDE = "contact.report", "enterprise.change"


class ContactState(StrEnum):
    """Where a change stands."""

    EXPECTED = "expected"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DROPPED = "dropped"


def _own(change: Any, actor: Actor) -> str | None:
    return None if actor.enterprise == change.enterprise else "only the enterprise itself reports its changes"


_S = ContactState

MACHINE: Machine[ContactState] = Machine(
    (
        Transition("report", frozenset({_S.EXPECTED, _S.REFUSED}), _S.REPORTED, REPORT, _own),
        Transition("accept", frozenset({_S.REPORTED}), _S.ACCEPTED, DECIDE),
        Transition("refuse", frozenset({_S.REPORTED}), _S.REFUSED, DECIDE),
        Transition("drop", frozenset({_S.EXPECTED, _S.REFUSED}), _S.DROPPED, DECIDE),
    )
)
