"""What a pack holds: tables and JSON out of a case, its facts, samples, rules and what the registry said then."""

import csv
import dataclasses
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from registry.audit.service import plain
from registry.cases.masking import masked
from registry.cases.pack import beside
from registry.cases.queries import Told
from registry.cases.registered import evidence_of
from registry.detection import weighing
from registry.detection.catalogue import catalogue
from registry.detection.model import DetectionRun
from registry.kernel import clock
from registry.permits.model import Beneficiary
from registry.store import db
from registry.store.lists import of_object
from registry.texts.category import category_names
from registry.traffic import duck
from registry.traffic import queries as traffic
from registry.traffic.model import IngestedFile

WRITTEN = ("text", "answer", "what")  # columns that hold what people wrote
MOST_SAMPLES = 200
SAMPLES_OF_ONE = 10  # of one signature on one port
MOST_READ = 20_000  # of one port
_FACT_COLUMNS = ("day", "gateway", "port", "submitter", "agent", "signature", "read", "category", "messages")
_FACT_TIMES = ("first_at", "last_at")
_EVIDENCE = ("finding", "rule", "day", "run", "gateway", "port", "submitter", "signature", "tenant", "permit", "clause")
_SAMPLE = (
    "day",
    "gateway",
    "port",
    "submitter",
    "signature",
    "category",
    "submitted_at",
    "message_ref",
    "file",
    "line",
)
_SOURCE = ("kind", "day", "path", "sha256", "rows", "messages", "delivery", "delivery_sha256", "delivered_at")


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A table with its header; what a spreadsheet would take for a formula is shown as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    text = "" if value is None else "|".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def case(told: Told) -> dict[str, Any]:
    """The case: score and terms, findings, proof, what staff entered, what was asked for, what was done."""
    row = told.case
    return {
        "case": _row(row, "terms"),
        "terms": row.terms,
        "findings": [_row(each, "case_id") | {"case": row.key} for each in row.findings],
        "proof": [plain(dataclasses.asdict(each)) for each in told.standings.values()],
        "entries": [_row(each, "case_id") for each in told.entries],
        "asks": [_row(each, "case_id") for each in told.asks],
        "steps": [_row(each, "case_id") for each in told.steps],
        "chain": [plain(dataclasses.asdict(each)) for each in told.story.chain],
        "messages_by_day": {str(day): count for day, count in told.story.days.items()},
    }


def registered(told: Told) -> dict[str, Any]:
    """Ports, delegations, permits, signatures and letters of the case's days, as known when the newest run began.

    Measures as they are known now. What else a case may rest on stands beside them.
    """
    names = ("ports", "delegations", "permits", "signatures", "letters", "measures")
    rows = {name: getattr(told.then, name) for name in names} | beside.rows(told)
    return {name: [_dated(each) for each in found] for name, found in rows.items()} | {
        "shared_contacts": [plain(of_object(each)) for each in beside.shared(told)],
        "names": told.registered.names | told.then.names,
        "from": str(told.case.first_day),
        "to": str(told.case.last_day),
        "known_at": clock.write_moment(told.then.known_at),
    }


def _row(row: Any, *left_out: str) -> dict[str, Any]:
    kept = plain(of_object(row, *left_out))
    return {name: masked(value) if name in WRITTEN else value for name, value in kept.items()}


def _dated(row: Any) -> dict[str, Any]:
    kept = of_object(row, "valid") | {"valid_from": row.valid_from, "valid_until": row.valid_until}
    if isinstance(row, Beneficiary):  # a small shop's number and name may be a person's
        kept |= {"name": masked(row.name), "contacts": [masked(each) for each in row.contacts]}
    return plain(kept | {"recorded_at": row.recorded_at})  # type: ignore[no-any-return]


def rules(told: Told, judged_in: Sequence[DetectionRun]) -> list[dict[str, Any]]:
    """Each rule of the findings as it judged: version (the hash of its file and of what rules share) and parameters as
    its runs kept them.

    One that judged with others in another run stands once for each. `version_now` is that of the rule as it is today.
    """
    points = {each.rule: each.points for each in weighing.listed()}
    used: dict[tuple[str, str], dict[str, Any]] = {}
    for run in judged_in:
        for judged in run.outcomes:
            if judged["rule"] in _rules_of(told, run.key):
                judging = {"version": judged.get("version", ""), "parameters": judged.get("parameters", {})}
                kept = used.setdefault((judged["rule"], repr(judging)), _rule(judged["rule"], points) | judging)
                kept["runs"].append(run.key)
    return [used[each] for each in sorted(used)]


def _rules_of(told: Told, run: str) -> set[str]:
    """Rules whose findings rest on evidence of a run."""
    return {each.rule for each in told.case.findings if any(day.run == run for day in each.evidence)}


def _rule(code: str, points: Mapping[str, int]) -> dict[str, Any]:
    rule = catalogue().get(code)
    if rule is None:
        return {"rule": code, "runs": []}
    return {
        "rule": code,
        "runs": [],
        "title": rule.document.title,
        "version_now": rule.version,
        "in_force_from": str(rule.module.IN_FORCE_FROM),
        "severity": rule.module.SEVERITY.value,
        "points": points[code],
        "document": rule.document.sections,
    }


def runs(rows: Sequence[DetectionRun]) -> list[dict[str, Any]]:
    """Runs with what each counted."""
    return [plain(of_object(row)) for row in rows]


def runs_of(told: Told) -> Sequence[DetectionRun]:
    """The runs that wrote the evidence."""
    keys = {day.run for finding in told.case.findings for day in finding.evidence}
    return db.session.scalars(
        sa.select(DetectionRun).where(DetectionRun.key.in_(keys)).order_by(DetectionRun.key)
    ).all()


def evidence(told: Told) -> bytes:
    """What each finding rests on, day by day."""
    rows = (
        {**row, "finding": finding.key, "rule": finding.rule, "day": day.day, "run": day.run}
        for finding in told.case.findings
        for day in finding.evidence
        for row in sorted(day.rows, key=lambda each: sorted(each.items(), key=str).__repr__())
    )
    return csv_of((*_EVIDENCE, "category", "messages", *_FACT_TIMES), rows)


def facts(told: Told) -> bytes:
    """The usage facts of the case's numbers and signatures in its days, from their listed files."""
    with duck.connected() as connection:
        table = traffic.facts(connection, "base", told.case.first_day, told.case.last_day)
        pairs = _pairs(told)
        met = table.filter(table.port.isin(sorted({port for port, _sign in pairs})))
        rows = connection.to_pyarrow(met.order_by(list(_FACT_COLUMNS))).to_pylist()
    return csv_of(
        (*_FACT_COLUMNS, *_FACT_TIMES), (_fact(row) for row in rows if (row["port"], row["signature"]) in pairs)
    )


def _pairs(told: Told) -> set[tuple[str, str]]:
    """Ports and signatures that the evidence speaks of."""
    return {(str(row["port"]), str(row["signature"])) for row in evidence_of(told.case)}


def _fact(row: dict[str, Any]) -> dict[str, Any]:
    times = {name: clock.from_millis(row[name]).astimezone(clock.SHANGHAI).isoformat() for name in _FACT_TIMES}
    return row | times | {"category": category_names(row["category"])}


def samples(told: Told) -> list[dict[str, Any]]:
    """A few messages of each signature on each port, traced to file and row; personal values masked."""
    return [_sample(each) for each in list(_samples(told))[:MOST_SAMPLES]]


def _samples(told: Told) -> Iterator[traffic.Sample]:
    days: tuple[dt.date, dt.date] = (told.case.first_day, told.case.last_day)
    pairs, taken = _pairs(told), Counter[tuple[str, str]]()
    for port in sorted({port for port, _signature in pairs}):
        found = traffic.samples(*days, port=port, limit=MOST_READ)
        for each in sorted(found, key=lambda each: (each.signature, each.submitted_at, each.file, each.line)):
            pair = (port, each.signature)
            taken[pair] += 1
            if pair in pairs and taken[pair] <= SAMPLES_OF_ONE:
                yield each


def _sample(each: traffic.Sample) -> dict[str, Any]:
    kept = {name: getattr(each, name) for name in _SAMPLE}
    at = each.submitted_at.astimezone(clock.SHANGHAI).isoformat()
    told = {"submitted_at": at, "category": category_names(each.category), "content": masked(each.content)}
    return kept | told | {"recipient_keyed_hash": each.recipient}


def samples_table(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The samples as CSV."""
    return csv_of((*_SAMPLE, "recipient_keyed_hash", "content"), rows)


def sources(told: Told) -> bytes:
    """The files of facts and samples, also those that were put together since, and the deliveries they come from."""
    days: tuple[dt.date, dt.date] = (told.case.first_day, told.case.last_day)
    files = [file for kind in ("base", "sample") for file in traffic.filed(kind, *days)]
    paths = {file.id: file.path for file in files}
    wanted = {file.ingested_file for file in files if file.ingested_file}
    query = sa.select(IngestedFile).where(IngestedFile.id.in_(wanted))
    behind = {row.id: row for row in db.session.scalars(query)}
    rows = (
        _source(file, behind.get(file.ingested_file or 0)) | {"put_into": paths.get(file.replaced_by or 0, "")}
        for file in files
    )
    return csv_of((*_SOURCE, "put_into"), rows)


def _source(file: Any, delivery: Any) -> dict[str, Any]:
    own = {name: getattr(file, name) for name in ("day", "path", "sha256", "rows", "messages")} | {
        "kind": file.kind.value
    }
    if delivery is None:
        return own
    at = delivery.ingested_at.astimezone(clock.SHANGHAI).isoformat()
    return own | {"delivery": delivery.name, "delivery_sha256": delivery.sha256, "delivered_at": at}
