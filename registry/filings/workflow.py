"""What may happen to a filing: one table for API, console, bulk and command line.

Deciding needs four eyes: nobody decides on what they filed, and the second reviewer is another than the first.
"""

from enum import StrEnum
from typing import Any

from registry.kernel.actor import Actor
from registry.kernel.workflow import Machine, Transition


class State(StrEnum):
    """Where a filing stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    AWAITING_SECOND = "awaiting_second"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.PROPOSED, State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SECOND})
"""Filings that wait for somebody other than the applicant."""


def _own(filing: Any, actor: Actor) -> str | None:
    own = actor.enterprise is None or actor.enterprise == filing.applicant
    return None if own else "only the applicant may do this"


def _alone(filing: Any, actor: Actor) -> str | None:
    waits = filing.counterparty and "the other company must accept it first: propose it"
    return _own(filing, actor) or waits or None


def _together(filing: Any, actor: Actor) -> str | None:
    alone = None if filing.counterparty else "no other company has to accept this: submit it"
    return _own(filing, actor) or alone


def _other_party(filing: Any, actor: Actor) -> str | None:
    return None if actor.enterprise == filing.counterparty else "only the other company may answer this"


def _not_author(filing: Any, actor: Actor) -> str | None:
    return "you filed it yourself: somebody else decides" if actor.name in filing.authors else None


def _claimed(filing: Any, actor: Actor) -> str | None:
    mine = None if filing.claimed_by == actor.name else f"{filing.claimed_by or 'nobody'} has claimed it, not you"
    return _not_author(filing, actor) or mine


def _one_decides(filing: Any, actor: Actor) -> str | None:
    return _claimed(filing, actor) or ("a second reviewer must confirm: endorse it" if filing.needs_two else None)


def _two_decide(filing: Any, actor: Actor) -> str | None:
    return _claimed(filing, actor) or (None if filing.needs_two else "one reviewer is enough: approve it")


def _second(filing: Any, actor: Actor) -> str | None:
    same = "you decided first: the second reviewer is another" if actor.name == filing.first_decider else None
    return _not_author(filing, actor) or same


def _mine_or_reassigned(filing: Any, actor: Actor) -> str | None:
    may = actor.name == filing.claimed_by or actor.may("filing.reassign")
    return None if may else f"{filing.claimed_by} has claimed it, not you"


_S = State
_WITH_APPLICANT = frozenset({_S.DRAFT, _S.RETURNED})
_FIRST, _SECOND = frozenset({_S.IN_REVIEW}), frozenset({_S.AWAITING_SECOND})

MACHINE = Machine(
    [
        Transition("mend", _WITH_APPLICANT, _S.DRAFT, "filing.submit", _own),
        Transition("submit", _WITH_APPLICANT, _S.SUBMITTED, "filing.submit", _alone),
        Transition("propose", _WITH_APPLICANT, _S.PROPOSED, "filing.submit", _together),
        Transition("withdraw", _WITH_APPLICANT | OPEN, _S.WITHDRAWN, "filing.submit", _own),
        Transition("accept", frozenset({_S.PROPOSED}), _S.SUBMITTED, "filing.accept", _other_party),
        Transition("decline", frozenset({_S.PROPOSED}), _S.RETURNED, "filing.accept", _other_party),
        Transition("claim", frozenset({_S.SUBMITTED}), _S.IN_REVIEW, "filing.claim", _not_author),
        Transition("release", _FIRST, _S.SUBMITTED, "filing.claim", _mine_or_reassigned),
        Transition("approve", _FIRST, _S.APPROVED, "filing.decide", _one_decides),
        Transition("endorse", _FIRST, _S.AWAITING_SECOND, "filing.decide", _two_decide),
        Transition("confirm", _SECOND, _S.APPROVED, "filing.decide", _second),
        Transition("return", _FIRST, _S.RETURNED, "filing.decide", _claimed),
        Transition("return", _SECOND, _S.RETURNED, "filing.decide", _second),
        Transition("reject", _FIRST, _S.REJECTED, "filing.decide", _claimed),
        Transition("reject", _SECOND, _S.REJECTED, "filing.decide", _second),
    ]
)


def handing_in(filing: Any) -> str:
    """The action by which the applicant hands a filing in."""
    return "propose" if filing.counterparty else "submit"


def approving(filing: Any) -> str:
    """The action by which a reviewer says yes: alone, as the first of two, or as the second."""
    if filing.state is State.AWAITING_SECOND:
        return "confirm"
    return "endorse" if filing.needs_two else "approve"
