"""F322: the letter is from this owner, for this applicant, and lists this signature.

What it detects
    A letter of another owner, for another applicant, or with other signatures.
Why it matters
    A real letter under a wrong filing is the most frequent trick with letters.
Basis
    Practice of carriers: letter, applicant and signature must agree.
Not a hit
    The signature written in another width, case or script.
Known gaps
    What the paper says beyond the fields of its entry.
What the reviewer does
    Reads the paper beside the fields.
"""

import datetime as dt

from registry.filings.checks._letter import Need, need
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import Allowance, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.signatures.folding import fold

KINDS = frozenset({Kind.DELEGATION, Kind.SIGNATURE, Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_OWNER = Sentence("委托书的授权方是 {found}，应为 {wanted}", "the letter is from {found}, not from {wanted}")
_APPLICANT = Sentence("委托书的被授权方是 {found}，应为 {wanted}", "the letter is for {found}, not for {wanted}")
_SIGNATURE = Sentence("委托书未列出签名 {wanted}", "the letter does not list {wanted}")
_FIX = Sentence("提供与报备一致的授权委托书", "name a letter that agrees with the filing")


def check(content: Content, view: View) -> Outcome:
    """Whether owner, applicant and signature agree."""
    wanted = need(content, view)
    if wanted is None or view.letter is None:
        return CLEAR
    said = _differs(wanted, view.letter)
    return fails(said, _FIX, "letter", letter=view.letter.key) if said else CLEAR


def _differs(wanted: Need, letter: Allowance) -> Sentence | None:
    if wanted.owner and wanted.owner != letter.owner:
        return _OWNER.about(found=letter.owner, wanted=wanted.owner)
    if wanted.applicant != letter.applicant:
        return _APPLICANT.about(found=letter.applicant, wanted=wanted.applicant)
    if (
        wanted.signature
        and letter.signatures
        and fold(wanted.signature) not in {fold(each) for each in letter.signatures}
    ):
        return _SIGNATURE.about(wanted=wanted.signature)
    return None
