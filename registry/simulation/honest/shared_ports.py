"""Platform ports that many declared users share lawfully."""

from registry.simulation.town import Town

LETTER_SHARE = 0.3


def settle(town: Town) -> None:
    """Extensions allotted as shared, with dozens to hundreds of declared users on the very same number."""
    for count in town.spread(ports=0.03, signatures=0.22):
        company, access = town.pick(town.access)
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service", signing="shared")
        way = town.way(extension, [company])
        users = town.some(town.people["end_user"], count)
        for user in users:
            text = town.signature(user)
            town.delegate(extension, [company, user], (text,) if town.chance(LETTER_SHARE) else ())
            town.permit(way, text, user, user)
