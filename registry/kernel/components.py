"""What hangs together over pairs."""

from collections.abc import Iterable


def components(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Things that hang together over pairs: each thing with the least thing of its component."""
    root: dict[str, str] = {}

    def find(thing: str) -> str:
        root.setdefault(thing, thing)
        while root[thing] != thing:
            root[thing] = root[root[thing]]
            thing = root[thing]
        return thing

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return {thing: find(thing) for thing in root}
