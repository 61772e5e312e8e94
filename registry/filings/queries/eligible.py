"""May this enterprise have this category? Answered before anything is filed, by the tables that the checks use."""

from dataclasses import dataclass

from registry.enterprises.queries import seen_by
from registry.filings.needs_two import CONDITIONS, Condition
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.permits.eligibility import Owner, Refusal, refusals
from registry.texts.category import CATEGORY_NAMES


@dataclass(frozen=True, slots=True)
class Eligibility:
    """One category: why it is closed (None where it is open), and why two people would decide on a first permit."""

    category: str
    refusal: Refusal | None
    needs_two: list[Condition]

    @property
    def open(self) -> bool:
        """Whether it may be filed with a prospect of approval."""
        return self.refusal is None


def eligibility(
    actor: Actor, enterprise: str = "", *, legal_form: str = "company", industry: str = "", source: str = ""
) -> list[Eligibility]:
    """Every category for a registered enterprise, or for one that is described by legal form and industry.

    Raises NotFound for an enterprise that is not there, or none of the actor's business.
    """
    roles = frozenset[str]()
    if enterprise:
        row = seen_by(actor, enterprise)
        legal_form, industry, roles = row.legal_form, row.industry, frozenset(row.roles)
    owner = Owner(legal_form, industry, roles, frozenset({source} - {""}))
    return [_of(owner, category) for category in CATEGORY_NAMES]


def _of(owner: Owner, category: str) -> Eligibility:
    features = {"categories": {category}, "source": set(owner.sources), "industry_section": {owner.section()}}
    day = clock.today()
    rows = [row for row in CONDITIONS if features.get(row.feature, set()) & row.values(day)]
    return Eligibility(category, refusals(owner, category, clock.now()), rows)
