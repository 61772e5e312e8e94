"""What may happen to a thing that has a status: one table, one door.

A concept writes its table of transitions; API, console, bulk and jobs alike change a status through `Machine.move`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, Forbidden, NotFound

State = TypeVar("State", bound=StrEnum)
Guard = Callable[[Any, Actor], str | None]  # answers why not, or None


@dataclass(frozen=True, slots=True)
class Transition(Generic[State]):
    """One line of the table: from these states, by this action, to that state, with this permission."""

    action: str
    sources: frozenset[State]
    target: State
    permission: str
    guard: Guard | None = None


class Machine(Generic[State]):
    """Looks an action up, asks who and whether, and answers the next state."""

    def __init__(self, transitions: Iterable[Transition[State]]) -> None:
        self.transitions = tuple(transitions)
        self._by_action: dict[str, list[Transition[State]]] = {}
        for line in self.transitions:
            self._by_action.setdefault(line.action, []).append(line)

    def actions(self, state: State) -> list[str]:
        """Actions that start from this state, in the table's order."""
        return [line.action for line in self.transitions if state in line.sources]

    def open_to(self, subject: object, state: State, actor: Actor) -> list[str]:
        """Actions that this actor may take now: what a page shows as buttons."""
        lines = [line for line in self.transitions if state in line.sources and actor.may(line.permission)]
        return [line.action for line in lines if not (line.guard and line.guard(subject, actor))]

    def move(self, subject: object, state: State, action: str, actor: Actor) -> State:
        """The state after `action`.

        Raises NotFound `unknown_action`, Forbidden `not_permitted`, Conflict `wrong_state` or Forbidden `guarded`.
        """
        lines = self._by_action.get(action)
        if not lines:
            raise NotFound(
                "unknown_action", f"there is no action {action!r}", fix=f"one of {', '.join(self._by_action)}"
            )
        actor.require(lines[0].permission)
        line = next((each for each in lines if state in each.sources), None)
        if line is None:
            possible = ", ".join(self.actions(state)) or "nothing"
            raise Conflict("wrong_state", f"{action} does not start from {state}", fix=f"possible now: {possible}")
        if line.guard and (why_not := line.guard(subject, actor)):
            raise Forbidden("guarded", why_not)
        return line.target
