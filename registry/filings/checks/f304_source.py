"""F304: the right to the signature comes from a source that is accepted on the day.

What it detects
    A source that is no longer accepted, like the name of an app, an official account, a mini-program, a website or a
    shop; it says since when.
Why it matters
    Anybody can name an app as they like; a company's name and a trademark are checked by somebody.
Basis
    Controls of the three carriers, 2025 (`signatures.sources`, dated).
Not a hit
    Signatures from an app that were registered while it was accepted: looked at with today's clock they are.
Known gaps
    Whether the trademark exists is for its certificate.
What the reviewer does
    Asks for another source and its papers.
"""

import datetime as dt

from registry.filings.checks._signature import objection
from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether the source is accepted."""
    return objection(content, view, "source", "SIGNATURE_SOURCE")
