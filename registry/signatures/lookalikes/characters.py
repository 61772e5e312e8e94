"""What characters look like: which two are taken for each other, and one that stands for all that look alike.

Three sources: Unicode's confusables, the hand-made groups, the pairs drawn from a font. `looks_like` is exact;
`look` is coarser, for finding: chains of pairs share one representative as long as their group stays small.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from confusable_homoglyphs.confusables import confusables_data

from registry.signatures.folding import fold
from registry.signatures.lookalikes import curated, drawn

LARGEST_GROUP = 24  # a chain of pairs that grew beyond would make half the script look alike
_DIGRAPHS = (("rn", "m"), ("vv", "w"))


def spelled(folded: str) -> str:
    """A folded text with two letters that read as one taken for that one."""
    for two, one in _DIGRAPHS:
        folded = folded.replace(two, one)
    return folded


def looks_like(one: str, other: str) -> bool:
    """Whether two folded characters are taken for each other; none for itself."""
    return other in _neighbours().get(one, ())


def look(character: str) -> str:
    """The character that stands for all that look like this one."""
    return _representatives().get(character, character)


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in _pairs():
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {character: frozenset(others) for character, others in found.items()}


@cache
def _representatives() -> dict[str, str]:
    groups: dict[str, set[str]] = {}
    for one, other in _pairs():
        mine, theirs = groups.get(one, {one}), groups.get(other, {other})
        if mine is theirs or len(mine) + len(theirs) > LARGEST_GROUP:
            continue
        mine |= theirs
        groups.update(dict.fromkeys(mine, mine))
    return {character: min(group) for character, group in groups.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    """Pairs of different folded characters, the surest first."""
    for word in f"{curated.SIGNS} {curated.VARIANTS}".split():
        yield from combinations(_folded(word), 2)
    for written, others in confusables_data.items():
        for other in others:
            pair = _folded(written) + _folded(other["c"])
            if len(pair) == len(set(pair)) == len((written, other)):
                yield pair[0], pair[1]
    for word in (*curated.STROKES.split(), *drawn.PAIRS.split()):
        yield from combinations(_folded(word), 2)


def _folded(word: str) -> list[str]:
    return list(dict.fromkeys(fold(word)))
