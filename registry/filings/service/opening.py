"""What an approval does to the registry: it opens one entry, or ends one, through the entry's own room."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from registry.enterprises import service as enterprises
from registry.enterprises.values import EnterpriseValues
from registry.filings.content import (
    Content,
    PermitContent,
    SignatureContent,
    WithdrawalContent,
    beginning_no_earlier,
)
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.view import View
from registry.kernel.actor import Actor
from registry.kernel.clock import local_day
from registry.permits import service as permits
from registry.ports import service as ports
from registry.ports.values import DelegationValues, PortValues
from registry.signatures import service as signatures
from registry.signatures.kinds import SignatureSource
from registry.signatures.policy import protected_words
from registry.signatures.values import LetterValues

_ENDINGS: dict[str, Callable[..., Any]] = {
    Kind.PORT: ports.end_port,
    Kind.DELEGATION: ports.end_delegation,
    Kind.SIGNATURE: signatures.end_signature,
    Kind.LETTER: signatures.revoke_letter,
    Kind.PERMIT: permits.end_permit,
}


def open_entry(actor: Actor, filing: Filing, content: Content, view: View) -> tuple[str, str]:
    """Open what was asked for, from its beginning or from now on, and answer its kind and key.

    The entry's room writes the one audit event and the one row of the change feed. Raises Conflict where it refuses.
    """
    content = beginning_no_earlier(content, view.at)
    if isinstance(content, WithdrawalContent):
        return _end(actor, content, view)
    return filing.kind, _open(actor, content, view, filing.key)


def _open(actor: Actor, content: Content, view: View, by: str) -> str:
    match content:
        case PortValues():
            return ports.allot(actor, content, filing=by).port
        case DelegationValues():
            return ports.delegate(actor, _with_letter(content, view), filing=by).key
        case SignatureContent():
            return signatures.register(actor, _protected(content, view), filing=by).key
        case LetterValues():
            return signatures.add_letter(actor, content, filing=by).key
        case PermitContent():
            return permits.grant(actor, _with_letter(content.values, view), filing=by).key
        case EnterpriseValues():
            return enterprises.register(actor, content).code
    raise TypeError("a withdrawal opens nothing")


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
