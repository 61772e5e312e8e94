"""F311: a signature from a government source belongs to a government body or a public institution.

What it detects
    A government source whose owner is registered as a company, a trader, or of no legal form.
Why it matters
    A message in the name of an authority is believed at once.
Basis
    Lists of papers asked for by carriers (government bodies and institutions prove themselves by their certificate).
Not a hit
    Public institutions, military bodies; authorities by their role.
Known gaps
    Companies to which an authority has given its service number: they file with a letter of the authority.
What the reviewer does
    Compares the certificate of the body with the owner's code, which begins with 11 or 12 for such bodies.
"""

import datetime as dt

from registry.enterprises.kinds import LegalForm, Role
from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.signatures.kinds import SignatureSource

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

BODIES = frozenset({LegalForm.GOVERNMENT, LegalForm.INSTITUTION, LegalForm.MILITARY})
_UNKNOWN = Sentence("签名所有人未登记，无法核对", "the owner is not registered, so what it is is not known")
_NONE = Sentence("签名所有人不是政府机构或事业单位", "the owner is no government body and no public institution")
_FIX = Sentence("更正签名来源，或由该机构作为所有人报备", "correct the source, or file it with the body as owner")


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether the owner may speak as an authority."""
    if content.values.source != SignatureSource.GOVERNMENT:
        return CLEAR
    owner = view.parties.get(content.values.owner)
    if owner is None:
        return unchecked(_UNKNOWN)
    body = owner.legal_form in BODIES or Role.AUTHORITY in owner.roles
    return CLEAR if body else fails(_NONE, _FIX, "source", "owner")
