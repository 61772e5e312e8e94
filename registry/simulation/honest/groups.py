"""Group companies: a parent holds the port, its subsidiaries are declared users of it."""

from registry.simulation.rows import Relation
from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Own-use codes of a parent on which related companies send under declared signatures of their own."""
    tied: set[tuple[str, str, str]] = set()
    for count in town.spread(ports=0.03, signatures=0.03):
        parent, *children = town.some(town.people["end_user"], count + 1)
        code = town.numbers.access_code("own")
        town.open_port(code, parent, "own")
        for place, child in enumerate(children):
            kind = town.pick(("parent", "branch", "franchise"))
            since = town.before(1000, 2000)
            tie = Relation(from_enterprise=parent.code, to_enterprise=child.code, kind=kind, valid_from=since)
            if (parent.code, child.code, kind) not in tied:
                town.add(tie)
            tied.add((parent.code, child.code, kind))
            number = f"{code}{place + 1:02d}"
            town.delegate(number, [parent, child])
            way = town.way(number, [parent, child])
            town.permit(way, town.signature(child), child, child, number=number)
