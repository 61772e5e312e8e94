"""What a content needs a letter for: who must have allowed whom, and which signature."""

from dataclasses import dataclass

from registry.filings.content import Content, PermitContent, SignatureContent, letter_of
from registry.filings.view import View
from registry.law import provisions
from registry.ports.kinds import DelegationRole
from registry.ports.values import DelegationValues


@dataclass(frozen=True, slots=True)
class Need:
    """The letter that is wanted. An empty `owner` or `signature` is not asked for; `must`: without it, it fails."""

    owner: str
    applicant: str
    signature: str
    must: bool


def need(content: Content, view: View) -> Need | None:
    """The letter that a content needs, None where it needs none and names none."""
    wanted = _wanted(content, view)
    return wanted if wanted and (wanted.must or letter_of(content)) else None


def _wanted(content: Content, view: View) -> Need | None:
    match content:
        case PermitContent():
            values = content.values
            return Need(values.owner, values.user, values.signature, must=values.owner != values.user)
        case SignatureContent():
            owner, signature = content.values.owner, content.values.signature
            return Need(owner, view.applicant, signature, must=owner != view.applicant)
        case DelegationValues():
            owner = content.to_enterprise if content.role == DelegationRole.END_USER else ""
            must = content.role in provisions.words("ports.delegations.letter", view.at)
            return Need(owner, content.from_enterprise, "", must=must)
        case _:
            return None
