"""What may happen to an item: one table for the run, the holder, staff and the clock."""

from typing import Any

from registry.kernel.actor import Actor
from registry.kernel.workflow import Machine, Transition
from registry.lookback.kinds import ItemState

READ, PLAN, RUN = "lookback.read", "lookback.plan", "lookback.run"
ANSWER, JUDGE = "lookback.answer", "lookback.judge"

S = ItemState
WAITING = frozenset({S.WAITING})
OPEN = frozenset({S.NEEDS_ANSWER, S.ANSWERED})
UNSETTLED = OPEN | {S.NOT_CHECKABLE, S.UNREACHABLE}


def _answers_for_itself(item: Any, actor: Actor) -> str | None:
    own = actor.enterprise is None or actor.enterprise == item.enterprise
    return None if own else "another enterprise is asked"


MACHINE: Machine[ItemState] = Machine(
    (
        # by the run
        Transition("verify", WAITING, S.PASSED, RUN),
        Transition("question", WAITING, S.NEEDS_ANSWER, RUN),
        Transition("refuse", WAITING, S.FAILED, RUN),
        Transition("set_aside", WAITING, S.NOT_CHECKABLE, RUN),
        Transition("go_on_excepting", WAITING, S.EXCEPTED, RUN),
        # by the holder
        Transition("answer", UNSETTLED, S.ANSWERED, ANSWER, _answers_for_itself),
        # by staff
        Transition("pass", UNSETTLED, S.PASSED, JUDGE),
        Transition("fail", UNSETTLED, S.FAILED, JUDGE),
        Transition("except", UNSETTLED | {S.FAILED}, S.EXCEPTED, JUDGE),
        Transition("ask", UNSETTLED | {S.FAILED, S.EXCEPTED}, S.NEEDS_ANSWER, JUDGE),
        Transition("give_up", frozenset({S.NEEDS_ANSWER}), S.UNREACHABLE, JUDGE),
        # by the clock: an exception has run out
        Transition("lapse", frozenset({S.EXCEPTED}), S.NEEDS_ANSWER, RUN),
    )
)

CONCLUDING: dict[ItemState, str] = {
    S.PASSED: "verify",
    S.NEEDS_ANSWER: "question",
    S.FAILED: "refuse",
    S.NOT_CHECKABLE: "set_aside",
    S.EXCEPTED: "go_on_excepting",
}
"""The action by which the run brings a waiting item to a state."""

BY_PEOPLE = ("answer", "pass", "fail", "except", "ask", "give_up")
"""The actions that a page may show as buttons (`MACHINE.open_to` says which are possible now)."""
