"""One handler serves one enterprise: the rule that filings and changes of contact ask. Pure."""

from typing import Protocol

from registry.kernel.sentence import Sentence

ANOTHERS = Sentence("该经办人登记在其他企业名下", "this handler is registered for another enterprise")
SEVERAL = Sentence(
    "经办人的证件或电话同时用于其他 {count} 家企业", "the handler's ID or telephone stands behind {count} others"
)


class Acting(Protocol):
    """A handler as the rule sees it."""

    @property
    def known(self) -> bool:
        """Whether it is registered here, and not an opaque key from elsewhere."""

    @property
    def enterprise(self) -> str:
        """Whom it is registered for."""

    @property
    def others(self) -> int:
        """How many other enterprises the same person serves."""


def objection(handler: Acting, enterprise: str) -> Sentence | None:
    """What speaks against this handler for this enterprise, None for nothing."""
    if handler.known and handler.enterprise != enterprise:
        return ANOTHERS
    return SEVERAL.about(count=handler.others) if handler.others else None
