"""Making a pack: every file of it, zipped; that it was made stands in the audit trail."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from registry import audit
from registry.cases import queries
from registry.cases.pack import attached, contents
from registry.cases.pack.page import page
from registry.cases.pack.proof import PACKED, proof
from registry.cases.pack.zipping import written, zipped
from registry.cases.queries import Told
from registry.detection.model import DetectionRun
from registry.kernel.actor import Actor
from registry.store import unit_of_work

FORMAT = "sms-registry evidence pack 1"
VERIFIER = Path(__file__).with_name("verify.py")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it goes out: its name, its bytes and their SHA-256."""

    name: str
    content: bytes
    sha256: str


def make(actor: Actor, key: str) -> Pack:
    """The evidence pack of a case: the same bytes as long as nothing about the case changes. Raises NotFound."""
    actor.require("case.pack")
    with unit_of_work():
        told = queries.told(key)
        runs = contents.runs_of(told)
        told = queries.as_known(told, max((each.started_at for each in runs), default=None))
        trail = proof(_subjects(told))
        about = {"format": FORMAT, "case": key, "until_event": trail["checkpoint"].get("number", 0)}
        content = zipped(_files(told, runs) | {"audit.json": written(trail)}, about)
        made = Pack(f"{key}.zip", content, hashlib.sha256(content).hexdigest())
        after = {"sha256": made.sha256, "bytes": len(content), "until_event": about["until_event"]}
        audit.record(actor, PACKED, "case", key, after=after)
    return made


def _files(told: Told, runs: Sequence[DetectionRun]) -> dict[str, bytes]:
    samples, letters = contents.samples(told), list(attached.letters(told))
    return {
        "index.html": page(told, samples, letters).encode(),
        "case.json": written(contents.case(told)),
        "evidence.csv": contents.evidence(told),
        "facts.csv": contents.facts(told),
        "samples.csv": contents.samples_table(samples),
        "sources.csv": contents.sources(told),
        "registered.json": written(contents.registered(told)),
        "letters.csv": contents.csv_of(attached.COLUMNS, letters),
        "rules.json": written(contents.rules(told, runs)),
        "runs.json": written(contents.runs(runs)),
        "verify.py": VERIFIER.read_bytes(),
    }


def _subjects(told: Told) -> set[tuple[str, str]]:
    """What the events of the proof are about: the case, its findings, asks, runs, and the registry's rows behind it."""
    found = {("case", told.case.key), *(("ask", each.key) for each in told.asks)}
    for finding in told.case.findings:
        found |= {("finding", finding.key), *(("detection_run", day.run) for day in finding.evidence)}
    for rows in (told.registered, told.then):
        found |= {("permit", each.key) for each in rows.permits} | {("letter", each.key) for each in rows.letters}
        found |= {("measure", each.key) for each in rows.measures}
        found |= {("delegation", each.key) for each in rows.delegations if not rows.stood(each)}
    return found
