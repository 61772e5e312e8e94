"""What an approval does to the registry: it opens one entry, or ends one, through the entry's own room."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from registry.enterprises import service as enterprises
from registry.enterprises.values import EnterpriseValues
from registry.filings.changing import (
    BeneficiariesContent,
    EnterpriseChangeContent,
    RenewalContent,
    ScopeChangeContent,
    SuccessionContent,
    TemplateContent,
    TemporaryPermitContent,
)
from registry.filings.content import (
    Content,
    PermitContent,
    SignatureContent,
    WithdrawalContent,
    beginning_no_earlier,
)
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.port_change import PortChangeContent
from registry.filings.queries.entries import entry_of, rests_on, scope_of
from registry.filings.service.continuing import renew
from registry.filings.service.succeeding import succeed
from registry.filings.signature_change import SignatureChangeContent
from registry.filings.view import View
from registry.inquiries import service as inquiries
from registry.inquiries.queries import of_filing as inquiry_of
from registry.inquiries.workflow import NO, InquiryState
from registry.kernel.actor import Actor
from registry.kernel.clock import local_day
from registry.kernel.errors import Conflict
from registry.permits import service as permits
from registry.permits.kinds import Purpose
from registry.permits.model import Permit
from registry.permits.values import PermitValues
from registry.ports import service as ports
from registry.ports.values import DelegationValues, PortValues
from registry.signatures import service as signatures
from registry.signatures.kinds import Confirmation, SignatureSource
from registry.signatures.policy import protected_words
from registry.signatures.values import LetterValues

_ENDINGS: dict[str, Callable[..., Any]] = {
    Kind.PORT: ports.end_port,
    Kind.DELEGATION: ports.end_delegation,
    Kind.SIGNATURE: signatures.end_signature,
    Kind.LETTER: signatures.revoke_letter,
    Kind.PERMIT: permits.end_permit,
    Kind.TEMPLATE: permits.end_template,
}


def open_entry(actor: Actor, filing: Filing, content: Content, view: View) -> tuple[str, str]:
    """Open what was asked for, from its beginning or from now on, and answer its kind and key.

    The entry's room writes the one audit event and the one row of the change feed. Raises Conflict where it refuses.
    """
    content = beginning_no_earlier(content, view.at)
    match content:
        case WithdrawalContent():
            return _end(actor, content, view)
        case RenewalContent():
            return content.subject_kind, renew(actor, content, view.at)
        case SuccessionContent() | EnterpriseChangeContent() | PortChangeContent() | SignatureChangeContent():
            return _altered(actor, content, view)
        case TemplateContent():
            return Kind.TEMPLATE, permits.add_template(actor, content.values).key
        case ScopeChangeContent() | TemporaryPermitContent() | BeneficiariesContent():
            return Kind.PERMIT, _change(actor, content, filing, view)
    return filing.kind, _open(actor, content, view, filing.key)


def _altered(
    actor: Actor,
    content: SuccessionContent | EnterpriseChangeContent | PortChangeContent | SignatureChangeContent,
    view: View,
) -> tuple[str, str]:
    match content:
        case SuccessionContent():
            return Kind.ENTERPRISE, succeed(actor, content, content.valid_from or view.at)
        case PortChangeContent():
            return Kind.PORT, ports.alter(actor, content.port, content.changes(), reason=content.reason).port
        case SignatureChangeContent():
            return Kind.SIGNATURE, _resourced(actor, content, view)
    row = enterprises.alter(actor, content.enterprise, content.changes(), reason=content.reason)
    return Kind.ENTERPRISE, row.code


def _resourced(actor: Actor, content: SignatureChangeContent, view: View) -> str:
    asked = rests_on(content, view.at)
    if asked is None or not isinstance(asked[0], SignatureContent):
        raise Conflict("no_such_signature", f"there is no signature {content.subject[:40]} to change")
    values = _protected(asked[0], view)
    return signatures.alter(actor, content.subject, values, proof=content.trademark, reason=content.reason).key


def _change(
    actor: Actor,
    content: ScopeChangeContent | TemporaryPermitContent | BeneficiariesContent,
    filing: Filing,
    view: View,
) -> str:
    match content:
        case ScopeChangeContent():
            return permits.amend(actor, content.permit, scope=content.scope, reason=content.reason).key
        case TemporaryPermitContent():
            values = temporary(entry_of(Kind.PERMIT, content.permit, view.at), content, view.at)
            return permits.grant(actor, values, filing=filing.key).key
    for beneficiary in content.end:
        permits.end_beneficiary(actor, content.permit, beneficiary)
    for added in content.added():
        permits.add_beneficiary(actor, added)
    return content.permit


def temporary(row: Permit, content: TemporaryPermitContent, at: dt.datetime) -> PermitValues:
    """The permit of a backup channel: same user, signature and scope on another port, for some hours."""
    until = at + dt.timedelta(hours=content.hours)
    until = min(until, row.valid_until) if row.valid_until else until
    return PermitValues(
        row.signature,
        row.owner,
        content.port,
        row.user,
        scope_of(row),
        letter=row.letter,
        on_behalf=row.on_behalf.value,
        purpose=Purpose.BACKUP.value,
        valid_until=until,
    )


def _open(actor: Actor, content: Content, view: View, by: str) -> str:
    match content:
        case PortValues():
            return ports.allot(actor, content, filing=by).port
        case DelegationValues():
            return ports.delegate(actor, _with_letter(content, view), filing=by).key
        case SignatureContent():
            return signatures.register(actor, _protected(content, view), filing=by).key
        case LetterValues():
            return _letter(actor, content, by)
        case PermitContent():
            return permits.grant(actor, _with_letter(content.values, view), filing=by).key
        case EnterpriseValues():
            return enterprises.register(actor, content).code
    raise TypeError(f"{type(content).__name__} opens nothing of its own")


def _letter(actor: Actor, content: LetterValues, by: str) -> str:
    """The letter with the word that its owner gave while it was being decided on. Raises Conflict after a no."""
    asked = inquiry_of(by)
    if asked is not None and asked.state in NO:
        raise Conflict("owner_denied", "the owner says that this letter is not its own", fix="reject the filing")
    if asked is not None and asked.state is InquiryState.CONFIRMED:
        content = replace(content, confirmation=Confirmation.CONFIRMED, confirmed_at=asked.answered_at)
    row = signatures.add_letter(actor, content, filing=by)
    inquiries.opened(by, row)
    return row.key


def _end(actor: Actor, content: WithdrawalContent, view: View) -> tuple[str, str]:
    at = content.at if content.at and content.at > view.at else None
    _ENDINGS[content.subject_kind](actor, content.subject, at=at, reason=content.reason)
    return content.subject_kind, content.subject


def _with_letter(values: Any, view: View) -> Any:
    """The values with the letter's own key, where the filing that brought it was named."""
    return replace(values, letter=view.letter.key) if view.letter else values


def _protected(content: SignatureContent, view: View) -> Any:
    values = content.values
    words = protected_words(values.signature, local_day(view.at))
    return replace(values, protected=bool(words) or values.source == SignatureSource.GOVERNMENT)
