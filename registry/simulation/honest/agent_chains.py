"""Agents stand between the service company and the content owner, up to two deep, each hop with its letter."""

from registry.simulation.town import Town


def settle(town: Town) -> None:
    """Extensions that reach their user over one or two declared agents."""
    for count in town.spread(ports=0.13, signatures=0.11):
        company, access = town.pick(town.access)
        owner = town.user()
        agents = town.some(town.people["agent"], town.between(1, 2))
        extension = town.numbers.extension(access)
        chain = [company, *agents, owner]
        town.open_port(extension, company, "service")
        texts = [town.signature(owner) for _ in range(count)]
        town.delegate(extension, chain, tuple(texts))
        way = town.way(extension, chain)
        for place, text in enumerate(texts):
            number = extension if count == 1 else f"{extension}{place + 1:02d}"
            town.permit(way, text, owner, owner, number=number)
