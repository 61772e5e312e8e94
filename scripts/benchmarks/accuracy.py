"""Precision and recall of cases on made worlds, as the file formats score them, beside two baselines.

Each world is made, its bundle imported, its records ingested, every rule applied with its defaults, and the cases held
against the ground truth; of one size the rules judge the last days alone, with the days before as what they know. The
baselines are what an analyst would try first: more than N signatures on a number; a
signature that is not in the register. They are scored without regard to kind, which is kind to them.
"""

import datetime as dt
import itertools
import json
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from traffic import settings_of

from registry.app import create_app
from registry.cases import queries
from registry.detection import engines, export, loading, service
from registry.detection.catalogue import catalogue
from registry.exchange.service import import_bundle
from registry.kernel.actor import SYSTEM
from registry.simulation.scoring import KINDS, Score, ratio, rows, score
from registry.simulation.settings import Settings
from registry.simulation.world import build
from registry.simulation.writing import write_bundle, write_records, write_truth
from registry.store import unit_of_work
from registry.store.embedded import EmbeddedPostgres
from registry.store.upgrade import upgrade
from registry.traffic import service as traffic

SIZES = {
    "200 numbers, 7 days": Settings(enterprises=120, ports=200, signatures=500, days=7, messages_per_day=4_000),
    "500 numbers, 3 days": Settings(days=3, messages_per_day=20_000),
    "150 numbers, 30 days over 18 June": Settings(
        enterprises=100, ports=150, signatures=350, days=30, messages_per_day=2_500, start=dt.date(2026, 5, 25)
    ),
    "1,000 numbers, 2 days": Settings(enterprises=600, ports=1000, signatures=4000, days=2, messages_per_day=40_000),
    "150 numbers, 42 days to Double Eleven after 28 known ones": Settings(
        enterprises=100, ports=150, signatures=350, days=70, messages_per_day=2_500, start=dt.date(2026, 9, 3)
    ),
}
KNOWN_BEFORE = {"150 numbers, 42 days to Double Eleven after 28 known ones": 28}
"""Days of records that are not judged, by size; what ended in them is no incident of the judgement."""
MANY = (2, 5)
PAGE = Path(__file__).parents[2] / "registry" / "docs" / "accuracy.md"
BEGINS, ENDS = "<!-- cheats: written by scripts/bench accuracy -->", "<!-- cheats end -->"
UNSEEN = "; seeds that nobody looked at while rules or worlds were changed"
RECALL_OF_A_RULE = """\
By rule whose finding speaks for the case's kind. Its recall: of all incidents of the patterns of which it helped to
find one, those in whose credited case it stands; what it found of an incident in a surplus case only is not counted.
"""

Said = list[dict[str, str]]  # rows of cases


@dataclass
class Judged:
    """One world with what was said of it; by case, the rules that speak for its kind, and all that it holds."""

    size: str
    settings: Settings
    numbers: int  # on which somebody may send
    score: Score
    baselines: dict[str, Score]
    rules_of: dict[str, list[str]] = field(default_factory=dict)
    held_by: dict[str, list[str]] = field(default_factory=dict)


@click.command(help=__doc__)
@click.option("--first-seed", default=101, show_default=True)
@click.option("--seeds", default=5, show_default=True, help="worlds with cheats of each size")
@click.option("--honest", default=2, show_default=True, help="worlds without cheats of each size")
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), help="only this; may be given again")
@click.option("--unseen", is_flag=True, help="say that nobody looked at these seeds while rules or worlds were changed")
@click.option("--write", is_flag=True, help="write the table into registry/docs/accuracy.md")
def bench(first_seed: int, seeds: int, honest: int, sizes: tuple[str, ...], *, unseen: bool, write: bool) -> None:
    """Print the tables."""
    worlds, judged_by = [], commit()
    for number, size in itertools.product(range(seeds + honest), sizes or SIZES):
        made = replace(SIZES[size], seed=first_seed + number, cheats=number < seeds)
        worlds.append(judged(size, made))
        told = worlds[-1].score
        counts = {"recall": told.recall, "precision": told.precision, "false": len(told.false)}
        click.echo(json.dumps({"size": size, "seed": made.seed, "cheats": made.cheats} | counts), err=True)
    options = f"--first-seed {first_seed} --seeds {seeds} --honest {honest}"
    options += "".join(f' --size "{size}"' for size in sizes) + " --unseen" * unseen
    text = "\n".join(page(worlds, options, judged_by, unseen=unseen))
    click.echo(text)
    if write:
        put(text)


def commit() -> str:
    """The commit of the code that judges."""
    asked = ("git", "rev-parse", "--short", "HEAD"), ("git", "status", "--porcelain", "--untracked-files=no")
    head, changes = (
        subprocess.run(each, cwd=PAGE.parent, capture_output=True, text=True, check=False).stdout for each in asked
    )
    return f"commit {head.strip() or 'unknown'}{', with changes' if changes.strip() else ''}"


def judged(size: str, settings: Settings) -> Judged:
    """Make the world, have it judged in a registry of its own, and score what was said."""
    with tempfile.TemporaryDirectory() as name, EmbeddedPostgres(Path(name) / "postgres", durable=False) as server:
        folder, world = Path(name), build(settings)
        write_bundle(world, folder / "bundle")
        numbers = len({row["port"] for row in rows(folder / "bundle" / "permits.csv")})
        write_records(world, folder / "records", "parquet")
        write_truth(world, folder / "truth.csv")
        app = create_app(settings_of(server.url, folder))
        with app.app_context():
            upgrade()
            with unit_of_work():
                if import_bundle(SYSTEM, folder / "bundle").refused:
                    raise click.ClickException("the made bundle was refused")
            traffic.ingest(SYSTEM, sorted((folder / "records").iterdir()))
            window = settings.calendar[KNOWN_BEFORE.get(size, 0)], settings.calendar[-1]
            service.run(SYSTEM, *window)
            truth = [row for row in rows(folder / "truth.csv") if row["last_day"] >= window[0].isoformat()]
            return told(size, settings, numbers, truth, baselines(*window))


def told(
    size: str, settings: Settings, numbers: int, truth: Sequence[Any], baselines: Iterable[tuple[str, Said]]
) -> Judged:
    """The cases that stand in the registry, and the baselines', scored against the truth."""
    kept = list(queries.every_case())
    cases = [{name: str(cell) for name, cell in export.case_row(case).items()} for case in kept]
    rules_of = {case.key: sorted({each.rule for each in case.findings if each.kind is case.kind}) for case in kept}
    plain = [{**incident, "kind": "sublet", "also_kind": ""} for incident in truth]
    found = {name: score(plain, said) for name, said in baselines}
    held_by = {case.key: sorted({each.rule for each in case.findings}) for case in kept}
    return Judged(size, settings, numbers, score(truth, cases), found, rules_of, held_by)


def baselines(first: dt.date, last: dt.date) -> Iterator[tuple[str, Said]]:
    """What an analyst would try first, as cases."""
    connection = engines.duckdb()
    world = loading.load(connection, first, last)
    seen = (
        world.signed()
        .group_by("port")
        .agg(
            first_day=world.signed().day.min(), last_day=world.signed().day.max(), names=world.signed().folded.nunique()
        )
    )
    ports = world.rows(seen).to_pylist()
    for many in MANY:
        yield f"more than {many} signatures on a number", _cases(row for row in ports if row["names"] > many)
    unknown = world.signed().anti_join(world.owned, "fact")
    nobody = unknown.group_by("port").agg(first_day=unknown.day.min(), last_day=unknown.day.max())
    yield "a signature not in the register", _cases(world.rows(nobody).to_pylist())
    connection.disconnect()


def _cases(found: Iterable[dict[str, Any]]) -> Said:
    return [
        {"kind": "sublet", "ports": row["port"], "first_day": str(row["first_day"]), "last_day": str(row["last_day"])}
        for row in found
    ]


def page(worlds: list[Judged], options: str, judged_by: str, *, unseen: bool) -> Iterator[str]:
    """The section of the document."""
    cheated = [each for each in worlds if each.settings.cheats]
    honest = len(worlds) - len(cheated)
    yield f"`scripts/bench accuracy {options}`, {judged_by}: {len(cheated)} worlds with cheats, {honest} without."
    yield f"Default parameters{UNSEEN if unseen else ''}. Precision: credited cases of credited and false ones.\n"
    yield from table(("world", "recall", "precision", "surplus cases", "false cases"), by_size(worlds))
    yield from table(("kind of case", "credited", "surplus", "false", "precision"), by_kind(worlds))
    yield from table(("difficulty", "found", "of", "recall"), by_name(cheated, "difficulty"))
    yield from table(("pattern", "found", "of", "recall"), by_name(cheated, "kind", "pattern"))
    yield RECALL_OF_A_RULE
    head = ("rule", "credited", "surplus", "false", "precision", "incidents found with it", "of", "recall")
    yield from table(head, by_rule(worlds))
    yield "The same for every rule that a case holds at all, whichever kind its finding speaks for.\n"
    yield from table((*head, "cases of kind other or unregistered"), by_rule_held(worlds))
    yield from table(("baseline", "recall", "precision", "false cases"), by_baseline(cheated))
    yield from missed(cheated)


def table(head: tuple[str, ...], lines: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """A table of the document."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    yield from (f"| {' | '.join(map(str, line))} |" for line in lines)
    yield ""


def by_size(worlds: list[Judged]) -> Iterator[tuple[Any, ...]]:
    """Cheats and none by size; of honest worlds the false cases for each thousand permitted numbers."""
    for size in dict.fromkeys(each.size for each in worlds):
        scores = [each.score for each in worlds if each.size == size and each.settings.cheats]
        yield size, *_shares(scores), sum(len(each.surplus) for each in scores), sum(len(each.false) for each in scores)
        honest = [each for each in worlds if each.size == size and not each.settings.cheats]
        false, numbers = sum(len(each.score.false) for each in honest), sum(each.numbers for each in honest)
        told = f"{false} ({false / max(1, numbers) * 1000:.2f} per 1,000 permitted numbers)"
        yield f"{size}, nobody cheats", "", "", "", told
    scores = [each.score for each in worlds if each.settings.cheats]
    yield "all", *_shares(scores), sum(len(each.surplus) for each in scores), sum(len(each.false) for each in scores)


def _shares(scores: list[Score]) -> tuple[str, str]:
    found = [case is not None for each in scores for _incident, case in each.found]
    right, false = sum(len(each.credited) for each in scores), sum(len(each.false) for each in scores)
    return f"{ratio(sum(found), len(found)):.3f}", f"{ratio(right, right + false):.3f}"


def by_name(worlds: list[Judged], *columns: str) -> Iterator[tuple[Any, ...]]:
    """Recall by columns of the truth."""
    all_told, found = Counter[str](), Counter[str]()
    for incident, case in (pair for each in worlds for pair in each.score.found):
        name = "/".join(incident[column] for column in columns)
        all_told[name] += 1
        found[name] += case is not None
    yield from (
        (name, found[name], count, f"{ratio(found[name], count):.3f}") for name, count in sorted(all_told.items())
    )


def by_kind(worlds: list[Judged]) -> Iterator[tuple[Any, ...]]:
    """For each kind of case what became of those that were told."""
    for kind in KINDS:
        of_kind = [[case["kind"] for case in cases].count(kind) for each in worlds for cases in _cases_of(each.score)]
        yield kind, *_told(*(sum(of_kind[place::3]) for place in range(3)))


def _cases_of(told: Score) -> tuple[Sequence[Mapping[str, str]], ...]:
    return told.credited, told.surplus, told.false


def _told(credited: int, surplus: int, false: int) -> tuple[Any, ...]:
    share = f"{credited / (credited + false):.3f}" if credited + false else ""
    return credited, surplus, false, share


def by_rule(worlds: list[Judged]) -> Iterator[tuple[Any, ...]]:
    """For each rule the cases whose kind its findings speak for, and what became of them."""
    return _by_rule([(each.score, each.rules_of) for each in worlds])


def by_rule_held(worlds: list[Judged]) -> Iterator[tuple[Any, ...]]:
    """For each rule all cases that hold it, and what became of them; two kinds accuse nobody and are not scored."""
    held = Counter(rule for each in worlds for rules in each.held_by.values() for rule in rules)
    for rule, *counts in _by_rule([(each.score, each.held_by) for each in worlds], catalogue()):
        yield rule, *counts, held[rule] - sum(counts[:3])


def _by_rule(scores: list[tuple[Score, dict[str, list[str]]]], rules: Iterable[str] = ()) -> Iterator[tuple[Any, ...]]:
    became = Counter[tuple[str, int]]()
    found, all_told = defaultdict[str, Counter[str]](Counter), Counter[str]()
    for told, rules_of in scores:
        for place, cases in enumerate(_cases_of(told)):
            became.update((rule, place) for case in cases for rule in rules_of[case["case"]])
        for incident, case in told.found:
            pattern = f"{incident['kind']}/{incident['pattern']}"
            all_told[pattern] += 1
            for rule in rules_of[case["case"]] if case else ():
                found[rule][pattern] += 1
    for rule in rules or sorted({rule for rule, _place in became}):
        with_it, whole = found[rule].total(), sum(all_told[pattern] for pattern in found[rule])
        recall = f"{with_it / whole:.3f}" if whole else ""
        yield rule, *_told(*(became[rule, place] for place in range(3))), with_it, whole, recall


def by_baseline(worlds: list[Judged]) -> Iterator[tuple[Any, ...]]:
    """Ours and the baselines, over all worlds with cheats."""
    named: dict[str, list[Score]] = defaultdict(list)
    for each in worlds:
        named["the rules"].append(each.score)
        for name, found in each.baselines.items():
            named[name].append(found)
    for name, scores in named.items():
        yield name, *_shares(scores), sum(len(each.false) for each in scores)


def missed(worlds: list[Judged]) -> Iterator[str]:
    """What was not found, and what was found and is not so, by world."""
    yield "Missed, and false:"
    for each in worlds:
        where = f"{each.size}, seed {each.settings.seed}"
        for incident, case in each.score.found:
            if case is None:
                what = f"{incident['kind']}/{incident['pattern']} ({incident['difficulty']})"
                yield f"- {where}: missed {what} on {incident['ports'][:40]}"
        for case in each.score.false:
            yield f"- {where}: false {case['kind']} on {case['ports'][:40]} by {', '.join(each.rules_of[case['case']])}"
    yield ""


def put(text: str) -> None:
    """Write the section into the document, over the one that stands there."""
    whole = PAGE.read_text(encoding="utf-8")
    before, _, rest = whole.partition(BEGINS)
    after = rest.partition(ENDS)[2]
    PAGE.write_text(f"{before}{BEGINS}\n\n{text}\n{ENDS}{after}", encoding="utf-8")
