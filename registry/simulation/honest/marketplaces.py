"""A platform sends under its own signature for merchants whom it has declared as beneficiaries."""

from typing import Any

from registry.simulation.rows import Beneficiary
from registry.simulation.town import Grant, Town

MERCHANTS = 6


def settle(town: Town) -> None:
    """Permits on behalf of merchants; the streams carry the merchants' own links and contacts."""
    for _ in town.spread(ports=0.02, signatures=0.02):
        (company, access), platform = town.pick(town.access), town.pick(town.people["platform"])
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service")
        town.delegate(extension, [company, platform])
        way = town.way(extension, [company, platform])
        text = town.signature(platform)
        more = {"on_behalf": "merchants", "categories": ("notice", "marketing"), "provinces": ()}
        grant = town.permit(way, text, platform, platform, **more)
        already: set[str] = set()
        for _ in range(town.between(MERCHANTS // 2, MERCHANTS * 2)):
            _merchant(town, grant, already)


def _merchant(town: Town, grant: Grant, already: set[str]) -> None:
    merchant = town.user("retail", "catering", "education")
    if merchant.code in already:
        return
    already.add(merchant.code)
    declared: dict[str, Any] = {
        "links": (merchant.link,),
        "contacts": (merchant.contact,),
        "valid_from": town.before(60, 300),
    }
    permit = grant.permit.permit
    town.add(Beneficiary(permit=permit, beneficiary=merchant.code, name=merchant.row.name, **declared))
    own = {"brand": merchant.brand, "link": merchant.link, "contact": merchant.contact, "theme": merchant.theme}
    town.sendings.append(town.stream(grant, "marketing", daily=0.4, **own))
