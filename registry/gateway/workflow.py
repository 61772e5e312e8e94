"""Where a permit stands at one gateway: what a gateway reports may follow what it reported before."""

from enum import StrEnum

from registry.kernel.workflow import Machine, Transition

REPORT, MANAGE = "activation.report", "gateway.manage"


class ActivationState(StrEnum):
    """Whether a gateway lets a permit's messages through. Nothing reported yet is `pending`."""

    PENDING = "pending"
    ACTIVE = "active"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


_S = ActivationState

MACHINE: Machine[ActivationState] = Machine(
    (
        Transition("activate", frozenset({_S.PENDING, _S.FAILED, _S.WITHDRAWN}), _S.ACTIVE, REPORT),
        Transition("fail", frozenset({_S.PENDING, _S.ACTIVE, _S.WITHDRAWN}), _S.FAILED, REPORT),
        Transition("withdraw", frozenset({_S.PENDING, _S.ACTIVE, _S.FAILED}), _S.WITHDRAWN, REPORT),
        Transition("await", frozenset({_S.ACTIVE, _S.FAILED, _S.WITHDRAWN}), _S.PENDING, REPORT),
    )
)
LEADING_TO = {line.target: line.action for line in MACHINE.transitions}
"""The action by which each state is come to."""
