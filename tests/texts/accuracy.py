"""How well signatures are read on judged rows of real files: `python -m tests.texts.accuracy` prints the table.

The judgements are in judged_signatures.csv: a row number and the first digits of the SHA-256 of the right signature,
or `absent`, or `part_missing`; the texts themselves stay in the folder beside the checkout.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from registry.texts.category import Category
from registry.texts.reading import read_message, read_signature
from tests.shared import SHARED

HELD_OUT = "held out"
JUDGED = Path(__file__).with_name("judged_signatures.csv")


@dataclass
class Score:
    """Rows judged in one file, and the numbers of those that were read otherwise."""

    judged: int = 0
    missed: list[int] = field(default_factory=list)

    @property
    def right(self) -> int:
        return self.judged - len(self.missed)


def texts_of(name: str) -> list[str]:
    """Every message of one real file, in its order: row 1 is the first."""
    path = SHARED / "data" / name
    if name.endswith(".csv"):
        with path.open(encoding="utf-8", newline="") as file:
            return [row["content"] or "" for row in csv.DictReader(file)]
    with path.open(encoding="utf-8") as file:
        return [_body(json.loads(line)) for line in file]


def _body(case: dict[str, str]) -> str:
    return case["body"] if "body" in case else case["report"]


def answer(text: str) -> str:
    """What the judgements say of a text read rightly."""
    reading = read_signature(text)
    if reading.signature:
        return hashlib.sha256(reading.signature.encode()).hexdigest()[:12]
    return "part_missing" if reading.read == "part_missing" else "absent"


def judgements() -> Iterator[tuple[str, int, str, bool]]:
    """File, row, right answer of every judged row, and whether it was held out while the patterns were made."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield line["file"], int(line["row"]), line["expected_hash"], line["note"] == HELD_OUT


def scores() -> dict[str, Score]:
    """The score of each file, of its held-out rows apart."""
    texts: dict[str, list[str]] = {}
    table: dict[str, Score] = {}
    for name, row, expected, held_out in judgements():
        if name not in texts:
            texts[name] = texts_of(name)
        score = table.setdefault(f"{name}, held out" if held_out else name, Score())
        score.judged += 1
        if answer(texts[name][row - 1]) != expected:
            score.missed.append(row)
    return table


def marketing_against_labels() -> tuple[int, int, int]:
    """Adverts by a human's noisy label in the gateway file, messages read as marketing, and those that are both."""
    path = SHARED / "data" / "gateway_messages_2013.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            (row["label"] == "advert", bool(read_message(row["content"] or "").category & Category.MARKETING))
            for row in csv.DictReader(file)
        ]
    return (
        sum(advert for advert, _ in rows),
        sum(read for _, read in rows),
        sum(advert and read for advert, read in rows),
    )


if __name__ == "__main__":
    print("| file | rows judged | right | missed rows |\n|---|---|---|---|")
    for name, score in scores().items():
        print(f"| {name} | {score.judged} | {score.right} | {', '.join(map(str, score.missed)) or '-'} |")
    adverts, read, agreed = marketing_against_labels()
    print(f"\nmarketing: recall {agreed}/{adverts} = {agreed / adverts:.2f}")
    print(f"marketing: precision {agreed}/{read} = {agreed / read:.2f}")
