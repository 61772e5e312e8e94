"""A correction: what changes the past needs two people and a reason."""

from dataclasses import dataclass

from registry.kernel.actor import Actor
from registry.kernel.errors import Forbidden, Invalid

PERMISSION = "registry.correct"


@dataclass(frozen=True, slots=True)
class Correction:
    """The second person, and why the registry is to say something else of the past."""

    second: Actor
    reason: str

    def check(self, first: Actor) -> None:
        """Raise Forbidden unless two different people who may correct are behind it, Invalid without a reason."""
        first.require(PERMISSION)
        self.second.require(PERMISSION)
        if first.name == self.second.name:
            raise Forbidden("four_eyes", "a correction of the past needs a second person", fix="ask a colleague")
        if not self.reason.strip():
            raise Invalid("reason_missing", "a correction of the past needs its reason", fix="say what was wrong")

    @property
    def said(self) -> str:
        """How the audit trail says it."""
        return f"{self.reason} (second person: {self.second.name})"
