"""What may happen to a filing: one table for API, console, bulk and command line.

Deciding needs four eyes: nobody decides on what they filed, and the second reviewer is another than the first.
"""

from enum import StrEnum
from typing import Any

from registry.kernel.actor import Actor, ActorKind
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
    CLOSED = "closed"


OPEN = frozenset({State.PROPOSED, State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SECOND})
"""Filings that wait for somebody other than the applicant."""
TO_WORK = (State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SECOND)
"""Filings that wait for a reviewer."""


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


def _first_appeal(filing: Any, actor: Actor) -> str | None:
    again = "it was rejected again on appeal: that is final" if filing.appealed_at else None
    return _own(filing, actor) or again


def _only_the_clock(_filing: Any, actor: Actor) -> str | None:
    return None if actor.kind is ActorKind.JOB else "the registry itself does this when the time has come"


def _outside_sample(filing: Any, actor: Actor) -> str | None:
    plain = None if filing.unsampled else "a reviewer decides on this one: claim it"
    return _only_the_clock(filing, actor) or plain


def _fresh_eyes(filing: Any, actor: Actor) -> str | None:
    """Whoever decides is a person of the office who did not file it, nor reject what is appealed against."""
    if actor.kind is ActorKind.JOB:
        return "a person decides this"
    if not actor.works_in(filing.office or ""):
        return "it belongs to another office"
    if actor.eyes & set(filing.authors):
        return "you filed it yourself, or stand in for who did: somebody else decides"
    rejected = actor.eyes & set(filing.barred or ())
    return "you rejected it, or stand in for who did: another reviewer hears the appeal" if rejected else None


def _claimed(filing: Any, actor: Actor) -> str | None:
    mine = filing.claimed_by in actor.eyes
    return _fresh_eyes(filing, actor) or (None if mine else f"{filing.claimed_by or 'nobody'} has claimed it, not you")


def _one_decides(filing: Any, actor: Actor) -> str | None:
    return _claimed(filing, actor) or ("a second reviewer must confirm: endorse it" if filing.needs_two else None)


def _two_decide(filing: Any, actor: Actor) -> str | None:
    return _claimed(filing, actor) or (None if filing.needs_two else "one reviewer is enough: approve it")


def _second(filing: Any, actor: Actor) -> str | None:
    same = "you decided first, or stand in for who did: the second reviewer is another"
    return _fresh_eyes(filing, actor) or (same if filing.first_decider in actor.eyes else None)


def _mine_or_reassigned(filing: Any, actor: Actor) -> str | None:
    may = filing.claimed_by in actor.eyes or actor.may("filing.reassign")
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
        Transition("claim", frozenset({_S.SUBMITTED}), _S.IN_REVIEW, "filing.claim", _fresh_eyes),
        Transition("release", _FIRST, _S.SUBMITTED, "filing.claim", _mine_or_reassigned),
        Transition("approve", _FIRST, _S.APPROVED, "filing.decide", _one_decides),
        Transition("endorse", _FIRST, _S.AWAITING_SECOND, "filing.decide", _two_decide),
        Transition("confirm", _SECOND, _S.APPROVED, "filing.decide", _second),
        Transition("approve", frozenset({_S.SUBMITTED}), _S.APPROVED, "filing.decide", _outside_sample),
        Transition("return", _FIRST, _S.RETURNED, "filing.decide", _claimed),
        Transition("return", _SECOND, _S.RETURNED, "filing.decide", _second),
        Transition("reject", _FIRST, _S.REJECTED, "filing.decide", _claimed),
        Transition("reject", _SECOND, _S.REJECTED, "filing.decide", _second),
        Transition("appeal", frozenset({_S.REJECTED}), _S.SUBMITTED, "filing.submit", _first_appeal),
        Transition("urge", frozenset({_S.SUBMITTED}), _S.SUBMITTED, "filing.submit", _own),
        Transition("urge", _FIRST, _S.IN_REVIEW, "filing.submit", _own),
        Transition("urge", _SECOND, _S.AWAITING_SECOND, "filing.submit", _own),
        Transition("close", frozenset({_S.RETURNED}), _S.CLOSED, "filing.reassign", _only_the_clock),
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
