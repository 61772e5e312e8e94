"""Who serves others by what is asked for: of them a licence is asked, not of who sends for itself."""

from registry.enterprises.kinds import Role
from registry.filings.checks._carriers import carrier_allotted
from registry.filings.content import Content, PermitContent, number_of
from registry.filings.view import Party, View
from registry.ports.kinds import DelegationRole, PortUse
from registry.ports.values import DelegationValues, PortValues


def serving(content: Content, view: View) -> tuple[str, Party | None]:
    """The field by which it is named, and who it is; None for nobody, for carriers, and for who is not registered.

    Of a permit it is the holder of the port, where the signature is another's. To call a number a carrier's that is
    none saves nobody the licence.
    """
    field, code = _named(content, view)
    party = view.parties.get(code)
    return field, None if party is None or Role.CARRIER in party.roles else party


def _named(content: Content, view: View) -> tuple[str, str]:
    match content:
        case PortValues(use=PortUse.SERVICE | PortUse.CARRIER_ALLOTTED):
            return "holder", "" if carrier_allotted(content, view) else content.holder
        case DelegationValues() if content.role != DelegationRole.END_USER:
            return "to_enterprise", content.to_enterprise
        case PermitContent() if above := view.above(number_of(content)):
            return "port", "" if above[0].holder == content.values.owner else above[0].holder
        case _:
            return "", ""
