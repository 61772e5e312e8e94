"""What may happen to a delivery: it arrives, it is given up after the last try, it is sent once more."""

from enum import StrEnum

from registry.kernel.workflow import Machine, Transition

MANAGE = "webhook.manage"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


_WAITING, _DELIVERED, _GIVEN_UP = DeliveryState.WAITING, DeliveryState.DELIVERED, DeliveryState.GIVEN_UP

MACHINE: Machine[DeliveryState] = Machine(
    (
        Transition("arrive", frozenset({_WAITING}), _DELIVERED, MANAGE),
        Transition("give_up", frozenset({_WAITING}), _GIVEN_UP, MANAGE),
        Transition("replay", frozenset({_DELIVERED, _GIVEN_UP}), _WAITING, MANAGE),
    )
)
