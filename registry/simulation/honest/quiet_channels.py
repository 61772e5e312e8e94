"""Backup channels and standby senders: permitted, silent for months, in order."""

from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Permits for backup (a trickle of test traffic) and for standby (none at all)."""
    for place, count in enumerate(town.spread(ports=0.02, signatures=0.02)):
        (company, access), owner = town.pick(town.access), town.user("finance", "internet")
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service")
        town.delegate(extension, [company, owner])
        way = town.way(extension, [company, owner])
        backup = place % 2 == 0
        more = {"purpose": "backup", "weight": 0.05} if backup else {"standby": True, "weight": 0}
        for text in [town.signature(owner) for _ in range(count)]:
            town.permit(way, text, owner, owner, **more)
