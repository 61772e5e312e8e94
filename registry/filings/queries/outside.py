"""What a filing claims that sources outside know about, with what they said last."""

from dataclasses import dataclass
from typing import Any

from registry.filings.content import from_bag
from registry.filings.model import Filing
from registry.filings.outside import claims
from registry.filings.queries.entries import rests_on
from registry.filings.queries.gathering import gather
from registry.kernel import clock
from registry.lookups import policy
from registry.lookups.asking import has_connector
from registry.lookups.kinds import LookupKind
from registry.lookups.model import Lookup
from registry.lookups.queries import last_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One subject: what is claimed of it, what a source said last, and whether an answer is demanded."""

    kind: LookupKind
    subject: str
    claim: dict[str, Any]
    last: Lookup | None
    demanded: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """What a record is compared by."""
        return policy.FACTS[self.kind]

    @property
    def connected(self) -> bool:
        """Whether a connector is set for this kind."""
        return has_connector(self.kind)


def asked_of(filing: Filing) -> list[Asked]:
    """Every claim of a filing, or of what it would make of the entry that it starts from."""
    at, content = clock.now(), from_bag(filing.kind, filing.content)
    based = rests_on(content, at)
    asked = based[0] if based else content
    view = gather(asked, filing.applicant, at)
    found = claims(asked, view.parties, view.handler)
    last = last_of(found, at)
    return [
        Asked(kind, subject, claim, last.get((kind, subject)), kind in view.demanded)
        for (kind, subject), claim in found.items()
    ]
