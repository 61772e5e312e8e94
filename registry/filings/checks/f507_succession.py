"""F507: who takes over has become the successor by merger or split, not by purchase.

What it detects
    A succession without a merger that the registry knows of and without a paper that shows one; by a stranger.
Why it matters
    To transfer, sell or let a code is itself the offence; what is lawful is succession, or return and reassignment.
Basis
    Telecommunications Regulations, article 28; Anti Telecom Fraud Law, article 31 (no buying or renting).
Not a hit
    A merger on record as a tie between the two; a split shown by an uploaded paper of kind `other`.
Known gaps
    What the paper says is for people.
What the reviewer does
    Reads the paper of the merger or split; asks the company register.
"""

import datetime as dt

from registry.filings.changing import SuccessionContent
from registry.filings.kinds import Kind, Manner
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.papers.kinds import PaperKind

KINDS = frozenset({Kind.SUCCESSION})
SEVERITY = Severity.CRITICAL
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_STRANGER = Sentence("申请人不是任何一方", "the applicant is neither of the two")
_PARTY = Sentence("由任一方提交", "let one of the two file it")
_TRANSFER = Sentence(
    "没有合并或分立的依据：码号不得转让", "nothing shows a merger or split: a code may not be transferred"
)
_RETURN = Sentence(
    "上传合并或分立文件；否则请交回码号，由对方重新申请",
    "upload the paper of the merger or split; else return the code, and let the other apply for it anew",
)
_ON_PAPER = Sentence("依据仅为上传的文件，请核对", "it rests on the uploaded paper alone")
_ASK = Sentence("向登记机关核实", "ask the company register")


def check(content: SuccessionContent, view: View) -> Outcome:
    """Whether there is a merger on record, or a paper that shows one or a split."""
    if view.applicant not in (content.from_enterprise, content.to_enterprise):
        return fails(_STRANGER, _PARTY, "from_enterprise")
    if content.manner == Manner.MERGER and view.succeeded:
        return CLEAR
    if view.papers is None or PaperKind.OTHER not in view.papers:
        return fails(_TRANSFER, _RETURN, "manner", "papers")
    return warns(_ON_PAPER, _ASK, "papers")
