"""What counts from its handing in and is looked at afterwards: a backup channel in an outage, a narrower scope.

The registry itself opens it, in the commit in which it is handed in; the filing then waits for a reviewer like any
other. Whoever refuses it later ends the backup channel; a scope that was narrowed stays narrow.
"""

from registry import audit
from registry.filings.changing import TemporaryPermitContent, takes_effect_at_once
from registry.filings.content import Content, from_bag
from registry.filings.model import Filing
from registry.filings.service.opening import open_entry
from registry.filings.view import View
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.permits import service as permits


def take_effect(actor: Actor, filing: Filing, content: Content, view: View) -> None:
    """Open what may count at once; of other filings nothing happens, nor a second time of the same."""
    if filing.entry_key or not takes_effect_at_once(content):
        return
    said = {"filing": filing.key, "applicant": filing.applicant, "handed_in_by": actor.name, "at_once": True}
    with audit.within(decision=said):
        filing.entry_kind, filing.entry_key = open_entry(SYSTEM, filing, content, view)


def undo(actor: Actor, filing: Filing, reason: str) -> None:
    """A backup channel that a reviewer refuses ends now; what has ended by itself stays as it was."""
    content = from_bag(filing.kind, filing.content)
    if filing.entry_key and isinstance(content, TemporaryPermitContent):
        until = permits.last_version(filing.entry_key).valid_until
        if until is None or until > clock.now():
            permits.end_permit(actor, filing.entry_key, reason=reason)
        filing.entry_kind = filing.entry_key = None
