"""Whose office works a filing."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from registry.accounts.queries import is_staffed
from registry.enterprises.model import Enterprise
from registry.enterprises.values import EnterpriseValues
from registry.filings.changing import EnterpriseChangeContent
from registry.filings.content import Content, PermitContent, from_bag, number_of
from registry.filings.model import Filing
from registry.ports.model import Port
from registry.ports.prefix import is_valid, prefixes_of
from registry.ports.values import PortValues
from registry.store import db
from registry.store.periods import in_force


def office_of(filing: Filing) -> str:
    """The province whose office works a filing; empty, for headquarters, where nobody of that office has a log-in.

    It is the only province that a permit is for, the office of the number, else the province of the enterprise.
    """
    [office] = offices_of([(from_bag(filing.kind, filing.content), filing.applicant)])
    return office


def offices_of(asked: Sequence[tuple[Content, str]]) -> list[str]:
    """The same of many contents with their applicants, in their order."""
    numbers = _offices_of_numbers({number for content, _who in asked if is_valid(number := number_of(content))})
    provinces = _provinces_of({who for content, who in asked if not number_of(content)})
    named = [_named(content, numbers, provinces.get(who, "")) for content, who in asked]
    staffed = {office for office in {*named} - {""} if is_staffed(office)}
    return [office if office in staffed else "" for office in named]


def _named(content: Content, numbers: dict[str, str], province_of_applicant: str) -> str:
    number = number_of(content)
    match content:
        case PermitContent() if len(content.values.scope.provinces) == 1:
            return content.values.scope.provinces[0]
        case PortValues(office=named) if named:
            return named
        case EnterpriseValues(province=province):
            return province
        case EnterpriseChangeContent(province=moved) if moved:
            return moved
    return numbers.get(number, "") if number else province_of_applicant


def _offices_of_numbers(numbers: Iterable[str]) -> dict[str, str]:
    """The offices of the longest ports in force above numbers, or at them."""
    listed = sorted(numbers)
    above = sorted({prefix for number in listed for prefix in prefixes_of(number)})
    query = sa.select(Port.port, Port.office).where(Port.port.in_(above), in_force(Port))
    held = dict(db.session.execute(query).all()) if above else {}
    nearest = {number: next((each for each in prefixes_of(number) if each in held), "") for number in listed}
    return {number: held.get(port) or "" for number, port in nearest.items()}


def _provinces_of(enterprises: Iterable[str]) -> dict[str, str]:
    listed = sorted(enterprises)
    query = sa.select(Enterprise.code, Enterprise.province).where(Enterprise.code.in_(listed))
    return {code: province or "" for code, province in db.session.execute(query)} if listed else {}
