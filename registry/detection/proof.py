"""What a verdict rests on: its elements of proof, and which of them are still missing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.detection.verdicts import Verdict
from registry.kernel.sentence import Sentence


class Element(StrEnum):
    """What is to be shown."""

    USE_BY_ANOTHER = "use_by_another"
    USE_BEYOND = "use_beyond"
    NO_AUTHORITY = "no_authority"
    PAYMENT_OR_CONTRACT = "payment_or_contract"
    OUTSIDE_CAUSE = "outside_cause"


class Stance(StrEnum):
    """Whether something speaks for an element or against it."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an element stands: shown, contradicted or missing (no stance), and what that rests on."""

    element: Element
    stance: Stance | None
    why: tuple[Sentence, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether a verdict may rest on it."""
        return self.stance is Stance.FOR


SENTENCES = {
    Element.USE_BY_ANOTHER: Sentence("他人实际使用", "use by another"),
    Element.USE_BEYOND: Sentence("超出许可范围使用", "use beyond what was permitted"),
    Element.NO_AUTHORITY: Sentence("无授权", "no authority"),
    Element.PAYMENT_OR_CONTRACT: Sentence("付款或合同", "payment or contract"),
    Element.OUTSIDE_CAUSE: Sentence("外部原因的证明", "proof of the cause outside"),
}

_USE = frozenset({Element.USE_BY_ANOTHER, Element.USE_BEYOND})
_UNDECLARED = (_USE, frozenset({Element.NO_AUTHORITY}))
_CAUSE = (frozenset({Element.OUTSIDE_CAUSE}),)
NEEDED: dict[Verdict, tuple[frozenset[Element], ...]] = {
    Verdict.SUBLET_PROVEN: (
        frozenset({Element.USE_BY_ANOTHER}),
        frozenset({Element.NO_AUTHORITY}),
        frozenset({Element.PAYMENT_OR_CONTRACT}),
    ),
    Verdict.UNDECLARED_USE: _UNDECLARED,
    Verdict.PAPER_MISSING: _UNDECLARED,
    Verdict.ACCOUNT_STOLEN: _CAUSE,
    Verdict.REROUTED: _CAUSE,
    Verdict.FORGED_SENDER: _CAUSE,
    Verdict.REGISTRY_ERROR: _CAUSE,
    Verdict.GATEWAY_ERROR: _CAUSE,
    Verdict.INSUFFICIENT: (),
}
"""Of each set one element must be shown before the verdict is given."""


def missing(verdict: Verdict, standings: Mapping[Element, Standing]) -> list[frozenset[Element]]:
    """The sets of elements of which none is shown yet."""
    return [
        any_of for any_of in NEEDED[verdict] if not any(standings[each].shown for each in any_of if each in standings)
    ]
