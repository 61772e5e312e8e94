"""F412: the categories asked for are open to the owner of the signature.

What it detects
    Dunning by who neither lends nor collects; public good by who is neither an authority nor an institution; marketing
    under the name of an authority.
Why it matters
    A category goes with a business: a shop that duns, or an authority that advertises, is somebody else.
Basis
    Settings of this registry by industry (GB/T 4754), source and legal form.
Not a hit
    Verification and notices, which are open to everybody; financial companies that advertise.
Known gaps
    Industries are those of the enterprise, not of the signature.
What the reviewer does
    Compares the business with what is to be sent; asks for the licence of the trade.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.permits.eligibility import Owner, refusals

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("签名所有人未登记，无法核对", "the owner is not registered, so its business is not known")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether each category is open to the owner."""
    values = content.values
    party = view.parties.get(values.owner)
    if party is None:
        return unchecked(_UNKNOWN)
    sources = frozenset(
        each.source for each in view.names if (each.text, each.owner) == (values.signature, values.owner)
    )
    owner = Owner(party.legal_form, party.industry, party.roles, sources)
    found = [each for each in (refusals(owner, category, view.at) for category in values.scope.categories) if each]
    return fails(found[0].reason, found[0].fix, "categories") if found else CLEAR
