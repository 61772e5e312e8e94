"""The last yes: the entry is opened in the same commit, by a person's word or, for the unsampled, by the registry's."""

from registry import audit
from registry.filings import queries
from registry.filings.content import Content
from registry.filings.model import Filing
from registry.filings.service.opening import open_entry
from registry.filings.service.steps import by_deputy, put_down
from registry.filings.view import View
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.actor import Actor


def grant(actor: Actor, filing: Filing, before: State, content: Content, view: View, comment: str) -> None:
    """What was asked for stands in the registry; one event says who decided, and why."""
    said = by_deputy(actor, filing) | {
        "filing": filing.key,
        "from": before,
        "to": filing.state,
        "applicant": filing.applicant,
        "first_decider": filing.first_decider,
        "comment": comment,
    }
    filing.decided_at = clock.now()
    put_down(filing)
    if filing.entry_key or queries.is_planted(filing):
        # it counts since it was handed in, or never will: this says that it was looked at
        audit.record(actor, "filing.approve", "filing", filing.key, before={"state": before}, after=said)
        return
    with audit.within(decision=said):
        filing.entry_kind, filing.entry_key = open_entry(actor, filing, content, view)
