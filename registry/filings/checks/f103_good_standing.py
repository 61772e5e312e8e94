"""F103: no party is suspended, revoked, blacklisted or barred from new filings.

What it detects
    A measure in force against the applicant or an enterprise named that stops it, or stops new filings.
Why it matters
    Who was stopped for subletting must not begin anew under another entry.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Anti Telecom Fraud Law, article 32.
Not a hit
    Warnings, corrections, throttles; measures that were lifted, stayed or are still proposed.
Known gaps
    Affiliates of a stopped enterprise are not looked at here; a tie is no excuse and no guilt.
What the reviewer does
    Reads the measure; refers the applicant to its remedy and appeal channel.
"""

import datetime as dt

from registry.filings.content import Content, parties
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence, listed
from registry.measures.kinds import SENTENCES, Action
from registry.measures.policy import REFUSING_FILINGS

KINDS = frozenset(Kind) - {Kind.WITHDRAWAL}
SEVERITY = Severity.CRITICAL
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_STOPPED = Sentence("对 {code} 有生效的处置措施：{actions}", "measures are in force against {code}: {actions}")
_FIX = Sentence("按处置通知整改或申诉，解除后再报备", "follow its remedy or appeal; file again once it is lifted")


def check(content: Content, view: View) -> Outcome:
    """Whether a measure stops one of the parties."""
    for field, code in {"applicant": view.applicant, **parties(content)}.items():
        party = view.parties.get(code)
        stopping = sorted(REFUSING_FILINGS & party.measures) if party else []
        if stopping:
            actions = listed(SENTENCES[Action(each)] for each in stopping)
            return fails(_STOPPED.about(code=code, actions=actions), _FIX, field)
    return CLEAR
