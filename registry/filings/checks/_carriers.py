"""The carriers' own codes with a customer behind them: who may say of a number that it is one."""

from registry.enterprises.kinds import Role
from registry.filings.view import View
from registry.ports.kinds import PortUse
from registry.ports.plan import Use, classify
from registry.ports.values import PortValues


def carrier_allotted(content: PortValues, view: View) -> bool:
    """Whether a number is a carrier's that it allotted to a customer, and not only called so.

    It lies in a range of the carriers or under a carrier's code, and its holder or who files it is a carrier; of one
    that stands already the carrier's code above it is enough.
    """
    if content.use != PortUse.CARRIER_ALLOTTED:
        return False
    above = [each.holder for each in view.above(content.port) if each.port != content.port][:1]
    under_a_carrier = _carrier_among(above, view)
    if under_a_carrier and view.registered:
        return True
    of_a_carrier = under_a_carrier or classify(content.port).use is Use.CARRIER
    return of_a_carrier and _carrier_among([content.holder, view.applicant], view)


def _carrier_among(codes: list[str], view: View) -> bool:
    return any(Role.CARRIER in view.parties[code].roles for code in codes if code in view.parties)
