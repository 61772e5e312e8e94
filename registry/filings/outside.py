"""What a content needs to be looked up outside, and what of it is claimed. Pure."""

from collections.abc import Mapping
from typing import Any

from registry.enterprises.values import EnterpriseValues
from registry.filings.content import Content, PermitContent, SignatureContent
from registry.filings.view import Party, Person
from registry.kernel.sentence import Unreadable
from registry.lookups.kinds import LookupKind
from registry.permits.scope_values import declared_link
from registry.ports.kinds import DelegationRole, PortUse
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.kinds import SignatureSource

Claims = dict[tuple[LookupKind, str], dict[str, Any]]
_NAMED = (SignatureSource.COMPANY_NAME, SignatureSource.SHORT_NAME)


def claims(content: Content, parties: Mapping[str, Party], handler: Person | None) -> Claims:
    """Every subject that a source outside knows about, with what is claimed of it; names as present and former ones.

    A handler is a subject by the keyed hash of its ID number.
    """
    match content:
        case EnterpriseValues():
            found = _enterprise(content.code, (content.name,), content.licence)
            if handler is not None and handler.id_hash:
                found[LookupKind.REAL_NAME, handler.id_hash] = {"matches": "true"}
            return found
        case SignatureContent():
            return _signature(content, parties.get(content.values.owner))
        case PermitContent():
            return _links(content, parties)
        case PortValues() if content.use == PortUse.SERVICE:
            return _licence(parties.get(content.holder))
        case DelegationValues() if content.role != DelegationRole.END_USER:
            return _licence(parties.get(content.to_enterprise))
        case _:
            return {}


def _enterprise(code: str, names: tuple[str, ...], licence: str) -> Claims:
    found: Claims = {(LookupKind.COMPANY_REGISTER, code): {"code": code, "name": list(names)}}
    if licence:
        found[LookupKind.LICENCE, code] = {"licence": licence, "name": list(names)}
    return found


def _signature(content: SignatureContent, owner: Party | None) -> Claims:
    values, names = content.values, list(owner.names) if owner else []
    match values.source:
        case SignatureSource.TRADEMARK if content.trademark:
            claim: dict[str, Any] = {"number": content.trademark, "owner": names, "mark": values.signature}
            return {(LookupKind.TRADEMARK, content.trademark): claim}
        case SignatureSource.APP:
            return {(LookupKind.APP, values.signature): {"app": values.signature, "owner": names}}
        case source if source in _NAMED and owner is not None:
            return _enterprise(owner.code, owner.names, "")
        case _:
            return {}


def _licence(party: Party | None) -> Claims:
    if party is None or not party.licence:
        return {}
    return {(LookupKind.LICENCE, party.code): {"licence": party.licence, "name": list(party.names)}}


def _links(content: PermitContent, parties: Mapping[str, Party]) -> Claims:
    """The domains that a permit declares are its user's, or those of the owner of the name."""
    named = [parties[code] for code in (content.values.user, content.values.owner) if code in parties]
    names = list(dict.fromkeys(name for party in named for name in party.names))
    found: Claims = {}
    for link in content.values.scope.links:
        try:
            domain = declared_link(link).host
        except Unreadable:
            continue
        found[LookupKind.ICP, domain] = {"domain": domain, "owner": names}
    return found
