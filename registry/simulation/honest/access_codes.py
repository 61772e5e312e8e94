"""Service companies hold access codes, below which their customers get extensions."""

from registry.simulation.numbers import PoolExhaustedError
from registry.simulation.people import Member
from registry.simulation.town import Town

ORDER = 0
COMMERCIAL_EACH = 5


def settle(town: Town) -> None:
    """A code for every service company, mostly of the platform kind."""
    for place, company in enumerate(town.people["sms_service_company"]):
        code = _code(town, "platform" if place % COMMERCIAL_EACH else "commercial")
        town.open_port(code, company, "service", signing="shared")
        town.access.append((company, code))
        _more_accounts(town, company)


def _code(town: Town, pool: str) -> str:
    try:
        return town.numbers.access_code(pool)
    except PoolExhaustedError:
        return town.numbers.access_code("commercial")


def _more_accounts(town: Town, company: Member) -> None:
    for gateway in ("mobile-zj-01", "unicom-gd-01"):
        town.account(company, gateway)
