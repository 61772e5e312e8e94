"""F412: the categories asked for are open to the owner of the signature.

What it detects
    Dunning by who neither lends nor collects; public good by who is neither an authority nor an institution; marketing
    under the name of an authority; marketing and dunning for others, carried by who has no licence of a class for it.
Why it matters
    A category goes with a business: a shop that duns, or an authority that advertises, is somebody else.
Basis
    Settings of this registry by industry (GB/T 4754), source, legal form and class of licence, each dated:
    `permits.dunning.industries`, `permits.public_good.forms`, `permits.marketing.closed_sources`,
    `permits.marketing.licences`, `permits.dunning.licences`.
Not a hit
    Verification and notices, which are open to everybody; financial companies that advertise.
Known gaps
    Industries are those of the enterprise, not of the signature.
What the reviewer does
    Compares the business with what is to be sent; asks for the licence of the trade.
"""

import datetime as dt

from registry.enterprises.licence import read
from registry.filings.checks._serving import serving
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
    _field, carrier = serving(content, view)
    licence = read(carrier.licence).kind if carrier else None
    owner = Owner(party.legal_form, party.industry, party.roles, sources, licence)
    found = [each for each in (refusals(owner, category, view.at) for category in values.scope.categories) if each]
    return fails(found[0].reason, found[0].fix, "categories") if found else CLEAR
