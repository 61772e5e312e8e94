"""What may happen to an inquiry about a letter: one table for log-in, one-time link, staff and clock. Pure."""

from enum import StrEnum
from typing import Any

from registry.kernel.actor import Actor, ActorKind
from registry.kernel.workflow import Machine, Transition

ASK = "letter.ask"
ANSWER = "letter.confirm"


class InquiryState(StrEnum):
    """What the owner said, or how far the question came; `expired`: the time to answer is over."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    REVOKED = "revoked"
    EXPIRED = "expired"


S = InquiryState
UNANSWERED = frozenset({S.NOT_ASKED, S.ASKED, S.EXPIRED})
NO = frozenset({S.DENIED, S.REVOKED})
ANSWERS = ("confirm", "deny", "revoke")


def _the_owner(inquiry: Any, actor: Actor) -> str | None:
    return None if actor.enterprise == inquiry.owner else "only the owner of the signature may answer this"


def _the_clock(_inquiry: Any, actor: Actor) -> str | None:
    return None if actor.kind is ActorKind.JOB else "the registry itself does this when the time has come"


MACHINE: Machine[InquiryState] = Machine(
    [
        Transition("ask", UNANSWERED, S.ASKED, ASK),
        Transition("expire", frozenset({S.NOT_ASKED, S.ASKED}), S.EXPIRED, ASK, _the_clock),
        Transition("confirm", UNANSWERED, S.CONFIRMED, ANSWER, _the_owner),
        Transition("deny", UNANSWERED | {S.CONFIRMED}, S.DENIED, ANSWER, _the_owner),
        Transition("revoke", UNANSWERED | {S.CONFIRMED}, S.REVOKED, ANSWER, _the_owner),
    ]
)
"""A no is final: who said it by mistake has the letter filed again, and is asked again."""
