"""Unchanged renewals: those outside the sample are approved by the registry itself when every check passes."""

from registry.filings import sampling
from registry.filings.content import Content
from registry.filings.kinds import Stage
from registry.filings.model import Filing
from registry.filings.outcome import Result
from registry.filings.service.granting import grant
from registry.filings.service.steps import decision, step
from registry.filings.view import View
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.law import provisions
from registry.settings import current
from registry.store import db


def let_through(filing: Filing, content: Content, view: View, results: list[Result]) -> None:
    """Draw for an unchanged renewal; outside the sample, and with every check passed, it is approved at once.

    What is drawn stands with the filing, and the decision says number and share, so that it can be repeated. Of the
    sample and of what has a doubt one reviewer decides: nothing of the scope changes.
    """
    if not sampling.is_unchanged_renewal(filing.kind, results):
        return
    share = provisions.integer("filings.renewal_sample", clock.now())
    filing.needs_two, filing.sample_draw = [], drawn(filing)
    filing.unsampled = sampling.all_passed(results) and not sampling.sampled(filing.sample_draw, share)
    if filing.unsampled:
        said = f"unchanged renewal outside the sample: drew {filing.sample_draw}, the sample is below {share}"
        before = step(SYSTEM, filing, "approve", tell=False)
        db.session.add(decision(filing, SYSTEM, Stage.FIRST, "approve", comment=said))
        grant(SYSTEM, filing, before, content, view, said)


def drawn(filing: Filing) -> int:
    """The number that a filing draws, to be compared with the one that stands with it."""
    return sampling.draw(current().hashing_key, filing.key)
