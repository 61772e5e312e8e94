"""What may happen to an ask for originals: one table. Pure."""

from enum import StrEnum
from typing import Any

from registry.kernel.actor import Actor
from registry.kernel.sentence import Sentence
from registry.kernel.workflow import Machine, Transition


class AskState(StrEnum):
    """Where an ask stands; `dropped`: no longer wanted."""

    ASKED = "asked"
    RECEIVED = "received"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


SENTENCES = {
    AskState.ASKED: Sentence("待提供", "asked for"),
    AskState.RECEIVED: Sentence("已收到", "received"),
    AskState.REFUSED: Sentence("拒绝提供", "refused"),
    AskState.ACCEPTED: Sentence("已查看", "looked at"),
    AskState.DROPPED: Sentence("不再需要", "no longer wanted"),
}
S = AskState
OPEN = frozenset({S.ASKED, S.RECEIVED, S.REFUSED})


def _asked_of_it(ask: Any, actor: Actor) -> str | None:
    own = actor.enterprise is None or actor.enterprise == ask.enterprise
    return None if own else "another enterprise is asked"


MACHINE: Machine[AskState] = Machine(
    [
        Transition("answer", frozenset({S.ASKED, S.REFUSED}), S.RECEIVED, "finding.answer", _asked_of_it),
        Transition("refuse", frozenset({S.ASKED}), S.REFUSED, "finding.answer", _asked_of_it),
        Transition("receive", frozenset({S.ASKED, S.REFUSED}), S.RECEIVED, "finding.work"),
        Transition("note_refusal", frozenset({S.ASKED}), S.REFUSED, "finding.work"),
        Transition("remind", frozenset({S.ASKED}), S.ASKED, "finding.work"),
        Transition("send_back", frozenset({S.RECEIVED, S.REFUSED}), S.ASKED, "finding.work"),
        Transition("accept", frozenset({S.RECEIVED}), S.ACCEPTED, "finding.judge"),
        Transition("drop", OPEN, S.DROPPED, "finding.work"),
    ]
)
"""`receive` and `note_refusal` are for what came in on paper or by telephone; staff says what it saw."""
