"""How alike two signatures are, from 0 to 1, and why. Pure arithmetic over folded texts.

One text is turned into the other at the least cost: a character for one that looks or sounds like it costs little, one
left out or put in costs less than itself, an unrelated one costs more, because another word is another name. Costs
weigh by rarity: in 某某科技 the rare characters are the name. Texts of which one begins or ends the other are measured
by how much of the whole the shorter one is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from registry.signatures.lookalikes.characters import looks_like, spelled
from registry.signatures.lookalikes.sounds import sounds_near, sounds_same

LOOKS, SOUNDS, SOUNDS_NEAR, REPLACED = 0.12, 0.2, 0.28, 1.35  # shares of a character's weight
LEFT_OUT, DOUBLED, SWAPPED = 0.7, 0.25, 0.35
HELD, HELD_SHARE, HELD_INSIDE = 0.66, 0.3, 0.85  # of a text that holds the other one; inside, not at an end
SPELLED_ALIKE = 0.97
MOST_BELOW_SAME = 0.99
_LEAST_WEIGHT = 0.6
_LEAST_HELD = {True: 2, False: 3}  # characters of a held text: of Chinese script, of others

Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Rarity:
    """Weights of characters by how many of so many names hold them: 0.6 for the commonest, 1 for one never seen."""

    names: int
    holding: Mapping[str, int]

    def weight(self, character: str) -> float:
        """The weight of a character."""
        if not self.names:
            return 1.0
        seen = self.holding.get(character, 0)
        return 1 - (1 - _LEAST_WEIGHT) * log(1 + seen) / log(1 + self.names)


def rarity(texts: Iterable[str]) -> Rarity:
    """The rarity of characters in a few texts."""
    listed = list(texts)
    holding: dict[str, int] = {}
    for text in listed:
        for character in set(text):
            holding[character] = holding.get(character, 0) + 1
    return Rarity(len(listed), holding)


def score(one: str, other: str, weigh: Weigh) -> float:
    """How alike two folded texts are: 1 for the same, the same both ways round."""
    if one == other:
        return 1.0
    one, other = spelled(one), spelled(other)
    if one == other:
        return SPELLED_ALIKE
    found = max(edited(one, other, weigh), held(one, other, weigh))
    return round(min(max(found, 0.0), MOST_BELOW_SAME), 4)


def held(one: str, other: str, weigh: Weigh) -> float:
    """The score of two texts of which one holds the other; 0 where none does, or what is held is too short."""
    short, long = sorted((one, other), key=len)
    if short not in long or len(short) < _LEAST_HELD[any(map(_is_chinese, short))]:
        return 0.0
    share = _total(short, weigh) / _total(long, weigh)
    at_an_end = long.startswith(short) or long.endswith(short)
    return (HELD + HELD_SHARE * share) * (1 if at_an_end else HELD_INSIDE)


def edited(one: str, other: str, weigh: Weigh) -> float:
    """The score by the cheapest way from one text to the other."""
    whole = max(_total(one, weigh), _total(other, weigh))
    return 1 - table(one, other, weigh)[-1][-1] / whole if whole else 0.0


def _total(text: str, weigh: Weigh) -> float:
    return sum(map(weigh, text))


def _is_chinese(character: str) -> bool:
    return character >= "\u2e80"


@lru_cache(262_144)
def share(one: str, other: str) -> float:
    """What turning one character into the other costs, as a share of their weight."""
    if one == other:
        return 0.0
    if looks_like(one, other):
        return LOOKS
    if sounds_same(one, other):
        return SOUNDS
    return SOUNDS_NEAR if sounds_near(one, other) else REPLACED


def table(one: str, other: str, weigh: Weigh) -> list[list[float]]:
    """The least cost of turning every beginning of one text into every beginning of the other."""
    mine, theirs = omitting(one, weigh), omitting(other, weigh)
    weights, others = [weigh(each) for each in one], [weigh(each) for each in other]
    rows = [[0.0]]
    for cost in theirs:
        rows[0].append(rows[0][-1] + cost)
    for i, a in enumerate(one):
        above, row = rows[-1], [rows[-1][0] + mine[i]]
        for j, b in enumerate(other):
            least = above[j] + (0.0 if a == b else share(a, b) * (weights[i] + others[j]) / 2)
            least = min(least, above[j + 1] + mine[i], row[j] + theirs[j])
            if i and j and a != b and a == other[j - 1] and one[i - 1] == b:
                least = min(least, rows[-2][j - 1] + SWAPPED * (weights[i] + others[j]) / 2)
            row.append(least)
        rows.append(row)
    return rows


def omitting(text: str, weigh: Weigh) -> list[float]:
    """What leaving out each character costs: less where it doubles the one before or after."""
    doubled = {n for n, (a, b) in enumerate(pairwise(text)) if a == b}
    return [weigh(each) * (DOUBLED if n in doubled or n - 1 in doubled else LEFT_OUT) for n, each in enumerate(text)]
