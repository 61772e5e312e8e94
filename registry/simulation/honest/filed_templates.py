"""Some permits have their texts filed as templates."""

from registry.simulation.rendering import numbered
from registry.simulation.rows import Template
from registry.simulation.town import Town
from registry.simulation.wording import texts

ORDER = 2
SHARE = 0.15


def settle(town: Town) -> None:
    """The texts of a permit's trade with numbered variables; one link and two contacts at most."""
    for grant in town.some(town.grants, int(len(town.grants) * SHARE)):
        for category in grant.permit.categories:
            for body in texts(grant.owner.theme, category)[: town.between(1, 3)]:
                permit = grant.permit
                filed = {"links": permit.links[:1], "contacts": permit.contacts[:2], "valid_from": permit.valid_from}
                town.add(Template(template=town.key("T"), permit=permit.permit, body=numbered(body), **filed))
