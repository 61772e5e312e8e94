"""F109: the applicant has to do with what it files.

What it detects
    A permit filed by somebody who is neither its user or owner, nor stands in the chain of the port; a hop, letter,
    port or signature filed by somebody who is no party to it.
Why it matters
    Strangers' filings are noise at best; at worst they open a scope that its parties know nothing of.
Basis
    This registry's rule: companies file their own business.
Not a hit
    SMS service companies that file for customers on their own ports; staff.
Known gaps
    Agents whose hop is on its way.
What the reviewer does
    Asks who commissioned it.
"""

import datetime as dt

from registry.enterprises.kinds import Role
from registry.filings.checks._letter import need
from registry.filings.content import Content, number_of, parties
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PORT, Kind.DELEGATION, Kind.SIGNATURE, Kind.LETTER, Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_STRANGER = Sentence("申请人 {applicant} 与本报备无关", "the applicant {applicant} has no part in this")
_FIX = Sentence("由当事方之一提交，或先报备授权", "let one of the parties file it, or file the delegation first")


def check(content: Content, view: View) -> Outcome:
    """Whether the applicant is a party, stands in the chain, or is allowed by letter."""
    number, party = number_of(content), view.parties.get(view.applicant)
    concerned = set(parties(content).values()) | {each.holder for each in view.above(number)}
    concerned |= {hop.taker for hop in view.chain(number)}
    by_letter = view.letter is not None and need(content, view) is not None
    if view.applicant in concerned or by_letter or (party and Role.CARRIER in party.roles):
        return CLEAR
    return fails(_STRANGER.about(applicant=view.applicant), _FIX)
