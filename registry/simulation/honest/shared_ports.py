"""Platform ports that dozens to hundreds of declared users share lawfully, some of them behind an agent or two."""

import itertools

import numpy as np

from registry.simulation.people import Member
from registry.simulation.rows import Delegation
from registry.simulation.town import Town

LETTER_SHARE = 0.3
LARGEST_SHARE, MOST = 0.45, 400  # of the users of all shared ports: on the largest
AGENTS_FROM, BEHIND_AGENTS = 8, 0.35


def settle(town: Town) -> None:
    """Extensions allotted as shared, with many declared users on the very same number."""
    for count in _unequal(town, town.spread(ports=0.03, signatures=0.22)):
        company, access = town.pick(town.access)
        extension = town.numbers.extension(access)
        town.open_port(extension, company, "service", signing="shared")
        direct = town.way(extension, [company])
        above = _agents(town, extension, company) if count >= AGENTS_FROM else [company]
        deep = town.way(extension, above, direct.gateway)
        for user in town.some(town.people["end_user"], count):
            text = town.signature(user)
            giver, way = (above[-1], deep) if town.chance(BEHIND_AGENTS) else (company, direct)
            lettered = giver is not company or town.chance(LETTER_SHARE)
            town.delegate(extension, [giver, user], (text,) if lettered else ())
            town.permit(way, text, user, user)


def _unequal(town: Town, even: list[int]) -> list[int]:
    """As many users on as many ports, a large part of them on the first; nobody stands on a port twice."""
    most = min(MOST, len(town.people["end_user"]))
    shares = np.append(LARGEST_SHARE, town.rng.lognormal(0, 0.8, len(even) - 1)) if len(even) > 1 else np.ones(1)
    shares[1:] *= (1 - LARGEST_SHARE) / max(shares[1:].sum(), 1e-9)
    drawn = 1 + town.rng.multinomial(sum(even) - len(even), shares)
    counts = np.minimum(drawn, most)
    for _ in range(int(drawn.sum() - counts.sum())):
        if counts.min() < most:
            counts[counts.argmin()] += 1
    return [int(count) for count in counts]


def _agents(town: Town, extension: str, company: Member) -> list[Member]:
    """The company and the agents below it on this number, each hop declared; letters are the users' to the last."""
    above = [company, *town.some(town.people["agent"], town.between(1, 2))]
    for giver, taker in itertools.pairwise(above):
        ends = {"from_enterprise": giver.code, "to_enterprise": taker.code}
        town.add(Delegation(port=extension, role="agent", valid_from=town.before(700, 900), **ends))
    return above
