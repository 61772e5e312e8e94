"""What becomes of a permit that nobody sends with: it is warned of, and lapses unless it is used or ends otherwise."""

from enum import StrEnum

from registry.kernel.workflow import Machine, Transition

LAPSE = "registry.lapse"


class LapseState(StrEnum):
    """Where it stands."""

    WARNED = "warned"
    LAPSED = "lapsed"
    USED = "used"
    SPARED = "spared"
    OVER = "over"


_S = LapseState
_WARNED = frozenset({_S.WARNED})

MACHINE: Machine[LapseState] = Machine(
    (
        Transition("lapse", _WARNED, _S.LAPSED, LAPSE),
        Transition("use", _WARNED, _S.USED, LAPSE),
        Transition("spare", _WARNED, _S.SPARED, LAPSE),
        Transition("end", _WARNED, _S.OVER, LAPSE),
    )
)
