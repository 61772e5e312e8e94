"""What may happen to a measure: proposed, notified, in force, stayed, lifted.

Restoring is quick: one person lifts at once, and a second one looks at it the next working day.
"""

from dataclasses import dataclass

from registry.kernel.actor import Actor, ActorKind
from registry.kernel.sentence import Reason
from registry.kernel.workflow import Machine, Transition
from registry.measures.kinds import MeasureState

IMPOSE, LIFT = "measure.impose", "measure.lift"
_PROPOSED, _NOTIFIED, _IN_FORCE = MeasureState.PROPOSED, MeasureState.NOTIFIED, MeasureState.IN_FORCE
_STAYED, _LIFTED = MeasureState.STAYED, MeasureState.LIFTED


@dataclass(frozen=True, slots=True)
class Standing:
    """What a guard looks at: who brought the measure where it stands, who looked again, and what needs a person."""

    moved_by: str
    looked_by: str = ""
    needs_a_person: Reason | None = None


def _never_automatic(subject: Standing, actor: Actor) -> str | None:
    if actor.kind is ActorKind.JOB and subject.needs_a_person:
        return subject.needs_a_person.sentence.en
    return None


def _second_person(subject: Standing, actor: Actor) -> str | None:
    if subject.looked_by:
        return f"{subject.looked_by} has looked at it already"
    return "you lifted it yourself: a second person looks at it" if subject.moved_by == actor.name else None


MACHINE: Machine[MeasureState] = Machine(
    (
        Transition("notify", frozenset({_PROPOSED}), _NOTIFIED, IMPOSE),
        Transition("impose", frozenset({_PROPOSED, _NOTIFIED}), _IN_FORCE, IMPOSE, _never_automatic),
        Transition("stay", frozenset({_IN_FORCE}), _STAYED, LIFT),
        Transition("resume", frozenset({_STAYED}), _IN_FORCE, IMPOSE, _never_automatic),
        Transition("lift", frozenset({_PROPOSED, _NOTIFIED, _IN_FORCE, _STAYED}), _LIFTED, LIFT),
        Transition("look_again", frozenset({_LIFTED}), _LIFTED, LIFT, _second_person),
    )
)
DONE = {
    "notify": "notified",
    "impose": "imposed",
    "stay": "stayed",
    "resume": "resumed",
    "lift": "lifted",
    "look_again": "looked_at_again",
}
"""The word under which the audit trail keeps each action."""
