"""How well categories are read, on judged rows of real files and on made wordings.

`python -m tests.texts.category_accuracy` prints it. judged_categories.csv holds no text: a file, a row number (row 1 is
the first), what was judged in two passes and what holds. Made wordings are those of the simulated world, each once,
whose category is known because they were written for it.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from registry.kernel.printing import printed
from registry.simulation import wording
from registry.texts.category import CATEGORY_NAMES, category_names
from registry.texts.reading import read_message
from tests.texts.accuracy import texts_of

JUDGED = Path(__file__).with_name("judged_categories.csv")
Confusion = Counter[tuple[str, str]]  # (judged, read): texts


def read(text: str) -> str:
    """The one category that the lexicon reads in a text."""
    return category_names(read_message(text).category)[0]


def real() -> Iterator[tuple[str, str]]:
    """Judged category and text of every judged row."""
    texts: dict[str, list[str]] = {}
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["file"] not in texts:
                texts[line["file"]] = texts_of(line["file"])
            yield line["category"], texts[line["file"]][int(line["row"]) - 1]


def made() -> Iterator[tuple[str, str]]:
    """Category and text of every wording of the simulated world, behind a signature, variables as they stand."""
    for category in CATEGORY_NAMES:
        bodies = {body for theme in (*wording.NOTICE, *wording.MARKETING) for body in wording.texts(theme, category)}
        opt_out = wording.OPT_OUTS[0] if category == "marketing" else ""
        yield from ((category, f"【青禾】{body}{opt_out}") for body in sorted(bodies))


def confusion(texts: Iterable[tuple[str, str]]) -> Confusion:
    """How often each judged category is read as which."""
    return Counter((judged, read(text)) for judged, text in texts)


def right(table: Confusion) -> float:
    """The share of texts that are read as judged."""
    return sum(count for (judged, found), count in table.items() if judged == found) / table.total()


def of_category(table: Confusion, category: str) -> tuple[float, float]:
    """Precision and recall of one category; 1 where there is nothing to be right about."""
    hit = table[category, category]
    found = sum(count for (_, each), count in table.items() if each == category)
    judged = sum(count for (each, _), count in table.items() if each == category)
    return (hit / found if found else 1.0), (hit / judged if judged else 1.0)


def shown(table: Confusion) -> str:
    """The confusion as lines: a row for each judged category, a column for each one read."""
    rows = []
    for judged in CATEGORY_NAMES:
        precision, recall = of_category(table, judged)
        rates = {"precision": f"{precision:.3f}", "recall": f"{recall:.3f}"}
        rows.append({"judged": judged} | {name: table[judged, name] for name in CATEGORY_NAMES} | rates)
    return printed(rows, "table") + f"\nright: {right(table):.3f} of {table.total()}"


if __name__ == "__main__":
    print(shown(confusion(real())), "\n")
    print(shown(confusion(made())))
