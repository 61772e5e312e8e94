"""Numbers for ports, as the numbering plan has them: access codes dealt out without clash, and extensions below them.

Each block of the world draws its own slice of every pool, so that blocks are made without knowing one another.
"""

from collections import Counter
from itertools import count
from math import gcd


class PoolExhaustedError(LookupError):
    """A pool of access codes has no number left for this block."""


def shuffled(place: int, size: int, salt: int) -> int:
    """The place after a fixed shuffle of range(size): a bijection that needs no memory."""
    factor = next(step for step in count(max(1, int(size * 0.618) + salt % 97)) if gcd(step, size) == 1)
    return (place * factor + salt) % size


# the pools of access codes: prefixes, then how many digits follow
POOLS: dict[str, tuple[tuple[str, ...], int]] = {
    "platform": (("10690", "10630"), 3),
    "commercial": (("1066", "1062"), 4),
    "own": (("10695", "10696", "10697", "10698"), 7),
    "public_good": (("10699", "10639"), 3),
    "bank": (("955",), 2),
    "service": (("950", "951", "952", "953"), 2),
    "regional": (("963", "965", "967", "968"), 3),
    "spare": (("1060", "1061", "1067"), 4),
}
CARRIER_CODES = ("10655", "10657", "10659")


class Numbers:
    """The numbers of one block."""

    def __init__(self, seed: int, block: int, blocks: int) -> None:
        self._seed, self._block, self._blocks = seed * 7_919 + 331, block, blocks
        self._drawn: Counter[str] = Counter()

    def access_code(self, pool: str) -> str:
        """A code of the pool that nobody else has. Raises PoolExhaustedError."""
        prefixes, digits = POOLS[pool]
        place = self._block + self._drawn[pool] * self._blocks
        if place >= len(prefixes) * 10**digits:
            raise PoolExhaustedError(pool)
        self._drawn[pool] += 1
        # prefixes in turn: the first, for a small world, stands for the most usual kind
        which, rest = divmod(place, 10**digits)
        return f"{prefixes[which]}" + f"{shuffled(rest, 10**digits, self._seed):0{digits}d}"

    def extension(self, parent: str, digits: int = 5) -> str:
        """A number below the parent that nobody else has; all extensions of one parent are of one length."""
        place = self._drawn[parent]
        self._drawn[parent] += 1
        return parent + f"{shuffled(place, 10**digits, self._seed + int(parent[-4:])):0{digits}d}"

    def carrier_code(self, carrier: int) -> str:
        """A code of the carrier's own in this block, for its customers."""
        return f"{CARRIER_CODES[carrier]}{self._block:03d}"

    def account(self) -> str:
        """An account at a gateway: six digits as the protocols carry them, longer where six do not reach."""
        place = self._block + self._drawn["account"] * self._blocks
        self._drawn["account"] += 1
        return str(900_000 + place)
