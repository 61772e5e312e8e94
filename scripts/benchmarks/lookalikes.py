"""Nearest signatures among a million: seconds to order them, memory a name, milliseconds a name, share found.

Names are the real ones of the folder beside the checkout, and new ones put together from their halves until there are
enough; without the folder there is nothing to measure. Every name that is asked is an impostor of a name in the index;
it is found when its victim is among the five nearest.
"""

import json
import random
import resource
import statistics
import sys
import time
from pathlib import Path

import click

from registry.signatures.lookalikes.index import Index

CHECKOUT = Path(__file__).resolve().parents[2]


def enough(real: list[str], many: int, seed: int) -> list[str]:
    """So many different names: real ones first, then the first half of one with the last half of another."""
    chance, found = random.Random(seed), dict.fromkeys(real[:many])  # noqa: S311 - a draw, no secret
    while len(found) < many:
        one, other = chance.choice(real), chance.choice(real)
        found[one[: (len(one) + 1) // 2] + other[len(other) // 2 :]] = None
    return list(found)


def asked(index: Index, pairs: list[tuple[str, str]]) -> dict[str, float]:
    """Milliseconds a name, and the share whose victim is among the five nearest."""
    from registry.signatures.folding import fold

    took, found = [], 0
    for impostor, victim in pairs:
        start = time.perf_counter()
        nearest = index.nearest(fold(impostor), 5)
        took.append((time.perf_counter() - start) * 1000)
        found += any(each.text == victim for each in nearest)
    shares = statistics.quantiles(took, n=100)
    return {
        "asked": len(pairs),
        "median ms": round(statistics.median(took), 1),
        "p95 ms": round(shares[94], 1),
        "p99 ms": round(shares[98], 1),
        "victim among five": round(found / len(pairs), 3),
    }


@click.command(help=__doc__)
@click.option("--names", default=1_000_000, show_default=True)
@click.option("--asked", "victims", default=60, show_default=True, help="victims; each has about ten impostors")
@click.option("--seed", default=20260501, show_default=True)
def bench(names: int, victims: int, seed: int) -> None:
    """Print the figures as JSON."""
    sys.path.insert(0, str(CHECKOUT))
    from tests.shared import SHARED
    from tests.signatures import lookalike_figures as figures

    if not (SHARED / "data").is_dir():
        raise click.ClickException("the folder of real names is not beside the checkout: nothing to measure with")
    real = [*figures.names(), *figures.headers()]
    texts = enough(real, names, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    index = Index(texts)
    built = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    index.nearest("暖机", 5)
    chosen = figures.made(real, victims, seed)
    pairs = [pair for some in chosen.values() for pair in some]
    shown = {"names": len(index), "seconds to order": round(built, 1), "bytes a name": round(index.size / len(index))}
    shown |= {"MiB held": index.size >> 20, "MiB more at the peak of ordering": (peak - before) >> 10}
    start = time.perf_counter()
    index.add(["新来的名字"])
    shown |= {"ms to add one": round((time.perf_counter() - start) * 1000, 1)}
    click.echo(json.dumps(shown | asked(index, pairs), ensure_ascii=False, indent=1))
