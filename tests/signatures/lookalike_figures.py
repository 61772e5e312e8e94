"""Recall on made impostors against false alarms on lawful names: `python -m tests.signatures.lookalike_figures`.

Ours against plain edit distance (share of characters kept, over folded texts): at the same false alarms, and at the
same recall. Names are drawn with a seed from the real lists in the folder beside the checkout.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

from registry.kernel import clock
from registry.law import provisions
from registry.signatures.folding import fold
from registry.signatures.lookalikes.index import Index
from registry.signatures.lookalikes.likeness import score
from tests.shared import SHARED
from tests.signatures.impostors import impostors

DATA = SHARED / "data"
SEED = 20260501
Pair = tuple[str, str]
Score = Callable[[str, str], float]


def names() -> list[str]:
    """Company and brand names, folded."""
    lines = (DATA / "company_short_names.txt").read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(fold(line) for line in lines if line.strip()))


def headers() -> list[str]:
    """Sender names of India's register, folded."""
    with (DATA / "trai_headers.csv").open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(fold(row["header"]) for row in csv.DictReader(file) if row["header"].strip()))


def lawful() -> list[Pair]:
    """Lawful pairs one character apart, folded; a pair that is the same when folded is no false alarm."""
    with (DATA / "near_signature_pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(fold(row["a"]), fold(row["b"])) for row in csv.DictReader(file)]
    return [pair for pair in pairs if pair[0] != pair[1]]


def neighbours(listed: Sequence[str], many: int, seed: int) -> list[Pair]:
    """Pairs of real names of three to six characters that differ in one: nobody chose them."""
    chance = random.Random(seed)  # noqa: S311 - a draw, no secret
    groups: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for name in listed:
        if 3 <= len(name) <= 6 and name[0] >= "\u4e00":
            place = chance.randrange(len(name))
            groups[place, name[:place], name[place + 1 :]].append(name)
    found = [tuple(chance.sample(group, 2)) for group in groups.values() if len(group) > 1]
    return [(one, other) for one, other in chance.sample(found, min(many, len(found)))]


def made(listed: Sequence[str], many: int, seed: int) -> dict[str, list[Pair]]:
    """Pairs of an impostor and its victim, by kind."""
    chance = random.Random(seed)  # noqa: S311 - a draw, no secret
    found: dict[str, list[Pair]] = defaultdict(list)
    for victim in chance.sample([name for name in listed if 2 <= len(name) <= 8], many):
        for kind, impostor in impostors(victim, chance).items():
            found[kind].append((impostor, victim))
    return found


def plain(one: str, other: str) -> float:
    """Plain edit distance as a score."""
    return Levenshtein.normalized_similarity(one, other)


def ours(index: Index) -> Score:
    """Ours, with the rarity of an index."""
    return lambda one, other: score(one, other, index.rarity.weight)


def share(pairs: Sequence[Pair], likeness: Score, least: float) -> float:
    """The share of pairs that score at least so much."""
    return sum(likeness(fold(one), other) >= least for one, other in pairs) / len(pairs)


def best_threshold(pairs: Sequence[Pair], likeness: Score, most: float) -> float:
    """The lowest threshold at which at most such a share of lawful pairs is taken for impostors."""
    scores = sorted((likeness(one, other) for one, other in pairs), reverse=True)
    allowed = int(most * len(scores) + 1e-9)
    return scores[allowed] + 1e-9 if allowed < len(scores) else 0.0


def alarms_at(recall: float, impostors_: Sequence[Pair], pairs: Sequence[Pair], likeness: Score) -> float:
    """The share of false alarms at the highest threshold that reaches a recall."""
    scores = sorted((likeness(fold(one), other) for one, other in impostors_), reverse=True)
    return share(pairs, likeness, scores[min(len(scores) - 1, int(recall * len(scores)))])


def everything(seed: int, many: int) -> tuple[Index, dict[str, list[Pair]]]:
    """An index of the real names, and impostors of some of them."""
    chinese, latin = names(), headers()
    kinds = made(chinese, many, seed) | made(latin, many, seed)
    return Index([*chinese, *latin]), kinds


def main() -> None:
    """Print the figures as Markdown tables."""
    index, kinds = everything(SEED, many=500)
    least = provisions.number("signatures.lookalike.least_score", clock.now())
    mine = ours(index)
    all_made = [pair for some in kinds.values() for pair in some]
    fairly = {"lawful pairs": lawful(), "real neighbours": neighbours(names(), 2000, SEED)}
    print(f"threshold {least}: recall {share(all_made, mine, least):.3f} of {len(all_made)} impostors", end="")
    for called, pairs in fairly.items():
        print(f", alarms {share(pairs, mine, least):.3f} of {len(pairs)} {called}", end="")
    print("\n\n| false alarms allowed | on | recall, ours | recall, plain |\n|---|---|---|---|")
    for called, pairs in fairly.items():
        for most in (0.03, 0.05, 0.07, 0.1, 0.2):
            recalls = (share(all_made, each, best_threshold(pairs, each, most)) for each in (mine, plain))
            print(f"| {most:.2f} | {called} | " + " | ".join(f"{each:.3f}" for each in recalls) + " |")
    print("\n| recall | on | false alarms, ours | false alarms, plain |\n|---|---|---|---|")
    for called, pairs in fairly.items():
        for recall in (0.3, 0.5, 0.7, 0.9, 0.95):
            figures = (alarms_at(recall, all_made, pairs, each) for each in (mine, plain))
            print(f"| {recall:.2f} | {called} | " + " | ".join(f"{each:.3f}" for each in figures) + " |")
    print("\n| kind | impostors | recall, ours | recall, plain |\n|---|---|---|---|")
    fair = best_threshold(fairly["lawful pairs"], plain, share(fairly["lawful pairs"], mine, least))
    for kind, some in kinds.items():
        print(f"| {kind} | {len(some)} | {share(some, mine, least):.3f} | {share(some, plain, fair):.3f} |")
    _print_work(all_made, fairly, mine)


def _print_work(all_made: Sequence[Pair], fairly: dict[str, list[Pair]], mine: Score) -> None:
    print("\n| score | recall | lawful pairs | real neighbours | new among 20,000 | new among all |")
    print("|---|---|---|---|---|---|")
    few, every = (workload(many) for many in (20_000, None))
    for least in (0.75, 0.8, 0.85, 0.9):
        figures = [share(some, mine, least) for some in (all_made, *fairly.values())]
        figures += [sum(each >= least for each in scores) / len(scores) for scores in (few, every)]
        print(f"| {least:.2f} | " + " | ".join(f"{each:.3f}" for each in figures) + " |")


def workload(among: int | None, many: int = 300) -> list[float]:
    """The highest score of real names that are not in an index of so many others: what reviewers would look at."""
    listed = names()
    random.Random(SEED).shuffle(listed)  # noqa: S311 - a draw, no secret
    index = Index(listed[many:] if among is None else listed[many : many + among])
    return [max((each.score for each in index.nearest(name, 1)), default=0.0) for name in listed[:many]]


if __name__ == "__main__":
    main()
