"""The policy over a signature's text and source, asked for some of its objections: each check is one question."""

import datetime as dt
from functools import lru_cache

from registry.filings.content import SignatureContent
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.clock import local_day
from registry.signatures.policy import Draft, Issue, issues


def objection(content: SignatureContent, view: View, field: str, *codes: str) -> Outcome:
    """The first objection with one of these codes, as a failure; as a warning where a person must look at it."""
    owner = view.parties.get(content.values.owner)
    draft = Draft(content.values.signature, content.values.source, owner.names if owner else ())
    for issue in _issues(draft, local_day(view.at)):
        if issue.code in codes:
            answer = fails if issue.blocking else warns
            return answer(issue.reason.sentence, issue.reason.fix, field, code=issue.code)
    return CLEAR


@lru_cache(maxsize=1024)
def _issues(draft: Draft, day: dt.date) -> tuple[Issue, ...]:
    """Every objection: one look for all the checks that ask."""
    return tuple(issues(draft, day))
