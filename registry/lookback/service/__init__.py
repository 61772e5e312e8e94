"""What can be done about look-backs, one function a use case.

Plans: `add_plan`, `rest`, `resume`. Runs: `order` (then the task `lookback.run` carries it out), or at once `run_plan`
and `run_due`; `go_on` for the worker. Items: `answer` (the holder), `judge_passed`, `judge_failed`, `except_until`,
`ask`, `give_up`, `propose_measure` (staff), `look` (the clock). Which actions a person may take on an item now:
`workflow.MACHINE.open_to(item, item.state, actor)`.
"""

from registry.lookback.service.answering import (
    answer,
    ask,
    except_until,
    give_up,
    judge_failed,
    judge_passed,
    propose_measure,
)
from registry.lookback.service.due import look
from registry.lookback.service.planning import add_plan, order, rest, resume
from registry.lookback.service.running import go_on, run_due, run_plan

__all__ = [
    "add_plan",
    "answer",
    "ask",
    "except_until",
    "give_up",
    "go_on",
    "judge_failed",
    "judge_passed",
    "look",
    "order",
    "propose_measure",
    "rest",
    "resume",
    "run_due",
    "run_plan",
]
