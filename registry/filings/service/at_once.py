"""What counts from its handing in and is looked at afterwards: a backup channel in an outage, a narrower scope.

The registry itself opens it, in the commit in which it is handed in; the filing then waits for a reviewer like any
other. Refused or taken back, the backup channel ends, and the scope that was approved counts again.
"""

from dataclasses import asdict
from typing import Any

from registry import audit
from registry.filings.changing import ScopeChangeContent, TemporaryPermitContent, takes_effect_at_once
from registry.filings.content import Content, from_bag
from registry.filings.model import Filing
from registry.filings.queries.entries import scope_of
from registry.filings.service.opening import open_entry
from registry.filings.service.telling import tell_at_once
from registry.filings.view import View
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.permits import service as permits
from registry.permits.model import Permit
from registry.permits.values import ScopeValues

_CHANGED = "the permit was changed again, or has ended, since it was narrowed"


def take_effect(actor: Actor, filing: Filing, content: Content, view: View) -> None:
    """Open what may count at once; of other filings nothing happens, nor a second time of the same."""
    if filing.entry_key or not takes_effect_at_once(content):
        return
    if isinstance(content, ScopeChangeContent):
        filing.replaced = asdict(scope_of(permits.last_version(content.permit)))
    said = {"filing": filing.key, "applicant": filing.applicant, "handed_in_by": actor.name, "at_once": True}
    with audit.within(decision=said):
        filing.entry_kind, filing.entry_key = open_entry(SYSTEM, filing, content, view)
    permit = permits.last_version(filing.entry_key)
    tell_at_once(filing, permit, permits.concerned(permit))


def undo(actor: Actor, filing: Filing, reason: str) -> None:
    """What counts without an approval is as it was before; where it cannot be, the trail says why it stands."""
    content = from_bag(filing.kind, filing.content)
    if not filing.entry_key or not takes_effect_at_once(content):
        return
    permit, why = permits.last_version(filing.entry_key), f"{filing.key} was refused or taken back: {reason}"
    over = permit.valid_until is not None and permit.valid_until <= clock.now()
    if isinstance(content, TemporaryPermitContent) and not over:
        permits.end_permit(actor, permit.key, reason=why)
    if isinstance(content, ScopeChangeContent):
        _restore(actor, filing, permit, why, stands=over or scope_of(permit) != content.scope)
    filing.entry_kind = filing.entry_key = filing.replaced = None


def _restore(actor: Actor, filing: Filing, permit: Permit, why: str, *, stands: bool) -> None:
    if stands or filing.replaced is None:
        after = {"permit": permit.key, "stands_because": _CHANGED}
        audit.record(actor, "filing.stands", "filing", filing.key, after=after, reason=why)
        return
    said: dict[str, Any] = {each: tuple(v) if isinstance(v, list) else v for each, v in filing.replaced.items()}
    permits.amend(actor, permit.key, scope=ScopeValues(**said), reason=why)
