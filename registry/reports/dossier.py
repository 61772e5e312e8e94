"""Everything on file about one permit: what it is, how it came about, what was told, where it works, what was found.

A company sees of it what it sees elsewhere: its own filings and notices, findings that it was notified of.
"""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from registry.audit import queries as audit
from registry.audit.service import plain
from registry.detection import queries as detection
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.queries.filings import visible
from registry.filings.reasons import BY_CODE
from registry.gateway import queries as gateway
from registry.gateway.model import Activation, CarrierFiling
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.paging import PageRequest
from registry.lifecycle import queries as lifecycle
from registry.lookback import queries as lookback
from registry.measures import queries as measures
from registry.measures.model import Measure
from registry.notices import queries as notices
from registry.papers import queries as papers
from registry.permits import queries as permits
from registry.permits.model import Permit
from registry.ports.prefix import pattern
from registry.signatures.queries import registered
from registry.store import db
from registry.store.lists import of_object
from registry.store.periods import known

MOST = PageRequest("", 1000)
Section = list[dict[str, Any]]


def gather(actor: Actor, key: str) -> dict[str, Any]:
    """The dossier of a permit, section by section, as JSON knows it. Raises NotFound where the actor may not see it."""
    permit = permits.one(actor, key)
    versions = permits.history(key)
    filings = _filings(actor, permit, [row.filing for row in versions if row.filing])
    sections: dict[str, Callable[[], Section]] = {
        "versions": lambda: [_version(row) for row in versions],
        "filings": lambda: [_filing(row) for row in filings],
        "papers": lambda: _papers(filings),
        "checks": lambda: [check for row in filings for check in _checks(row)],
        "decisions": lambda: [_decision(actor, row, each) for row in filings for each in row.decisions],
        "notices": lambda: _notices(actor, permit, filings),
        "activations": lambda: _reports(gateway.history(Activation, key), "gateway"),
        "carrier_filings": lambda: _reports(gateway.history(CarrierFiling, key), "carrier"),
        "measures": lambda: _measures(actor, permit),
        "findings": lambda: _findings(actor, permit),
        "lookbacks": lambda: [_item(row) for row in lookback.of_subject(actor, "permit", key)],
        "lapses": lambda: [_of(row) for row in lifecycle.lapses(actor, MOST, permit=key).items],
        "history": lambda: [] if actor.is_company else [_event(row) for row in audit.history("permit", key)],
    }
    head = {"permit": key, "made_at": clock.now(), "made_for": actor.name}
    return dict(_plain(head | {name: section() for name, section in sections.items()}))


def as_zip(dossier: dict[str, Any]) -> bytes:
    """The dossier as an archive: the whole as JSON, and each section as a table."""
    import csv

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dossier.json", json.dumps(dossier, ensure_ascii=False, indent=1))
        for name, rows in dossier.items():
            if isinstance(rows, list) and rows:
                table = io.StringIO()
                writer = csv.DictWriter(table, list(rows[0]), extrasaction="ignore", lineterminator="\r\n")
                writer.writeheader()
                writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
                archive.writestr(f"{name}.csv", "\ufeff" + table.getvalue())
    return target.getvalue()


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value is not None else ""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


_OF_PARTIES = (Kind.SUCCESSION, Kind.ENTERPRISE_CHANGE)


def _filings(actor: Actor, permit: Permit, keys: list[str]) -> list[Filing]:
    """The filings of the permit, its signature and its letter, and by which its parties took it over or changed.

    Oldest first, as far as the actor sees them.
    """
    signature = registered(permit.signature, permit.owner)
    entries = [("permit", permit.key)]
    entries += [("signature", signature.key)] if signature else []
    entries += [("letter", permit.letter)] if permit.letter else []
    about = [sa.and_(Filing.entry_kind == kind, Filing.entry_key == key) for kind, key in entries]
    parties = Filing.entry_key.in_([permit.owner, permit.user])
    about.append(sa.and_(Filing.entry_kind == "enterprise", parties, Filing.kind.in_(_OF_PARTIES)))
    query = visible(actor).where(sa.or_(Filing.key.in_(keys), *about))
    query = query.options(selectinload(Filing.checked), selectinload(Filing.decisions))
    return list(db.session.scalars(query.order_by(Filing.key)))


def _filing(row: Filing) -> dict[str, Any]:
    names = (
        "key",
        "kind",
        "applicant",
        "state",
        "reference_id",
        "submitted_at",
        "decided_at",
        "entry_kind",
        "entry_key",
    )
    return {name: getattr(row, name) for name in names} | {"content": row.content, "papers": row.papers}


def _papers(filings: Iterable[Filing]) -> Section:
    used = {key: row.key for row in filings for key in (*row.papers, *row.relied_on)}
    names = ("key", "kind", "name", "sha256", "size", "media_type", "enterprise", "uploaded_at", "expires_at")
    rows = papers.of_keys(used)
    return [{name: getattr(row, name) for name in names} | {"filing": used[row.key]} for row in rows]


def _checks(filing: Filing) -> Section:
    names = ("code", "verdict", "reason", "fix", "fields")
    at = filing.checked and filing.checked.at
    return [
        {"filing": filing.key, **{name: getattr(each, name) for name in names}, "at": at} for each in filing.results
    ]


def _decision(actor: Actor, filing: Filing, row: Any) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("stage", "verdict", "comment", "version", "at")}
    who = {} if actor.is_company else {"by": row.by}
    return {"filing": filing.key, **said, **who, "reasons": [_reason(each) for each in row.reasons]}


def _reason(given: dict[str, str]) -> dict[str, Any]:
    found = BY_CODE.get(given["code"])
    said = {"zh": found.sentence.zh, "en": found.sentence.en} if found else {}
    return {"code": given["code"], "field": given.get("field", ""), "comment": given.get("comment", "")} | said


def _notices(actor: Actor, permit: Permit, filings: Iterable[Filing]) -> Section:
    found = notices.about(("permit", permit.key), *(("filing", row.key) for row in filings))
    mine = set(notices.recipients(actor)) if actor.is_company else None
    names = ("key", "at", "recipient", "event", "sentence", "payload")
    rows = [row for row in found if mine is None or row.recipient in mine]
    return [{name: getattr(row, name) for name in names} for row in rows]


def _reports(rows: Iterable[Any], place: str) -> Section:
    return [
        {
            place: row.place,
            "state": row.state,
            "code": row.code,
            "at": row.at,
            "recorded_at": row.recorded_at,
            "recorded_by": row.recorded_by,
        }
        for row in rows
    ]


def _measures(actor: Actor, permit: Permit) -> Section:
    """Every measure that ever reached the permit, as it stands now, lifted ones too; a company's own."""
    reached = measures.subjects_of([permit])[permit.key]
    subjects = {subject for _kind, subject in reached}
    query = sa.select(Measure).where(known(Measure), Measure.subject.in_(subjects)).order_by(Measure.key, Measure.valid)
    rows = {row.key: row for row in db.session.scalars(query) if (row.subject_kind, row.subject) in reached}
    mine = [row for row in rows.values() if not actor.is_company or row.enterprise == actor.enterprise]
    return [_version(row) for row in mine]


def _findings(actor: Actor, permit: Permit) -> Section:
    rows = detection.findings(actor, MOST, signature=permit.signature).items
    digits, wide = pattern(permit.port).digits, permit.port.endswith("*")
    names = ("key", "rule", "severity", "state", "port", "signature", "first_day", "last_day", "messages", "verdict")
    return [
        {name: getattr(row, name) for name in names} | {"summary": {"zh": row.summary_zh, "en": row.summary_en}}
        for row in rows
        if row.port == digits or (wide and row.port.startswith(digits))
    ]


def _item(row: Any) -> dict[str, Any]:
    names = ("key", "run", "state", "reasons", "concluded_at", "answered_at", "judged_by", "measure")
    return {name: getattr(row, name) for name in names}


def _version(row: Any) -> dict[str, Any]:
    return of_object(row) | {
        "recorded_at": row.recorded_at,
        "recorded_by": row.recorded_by,
        "superseded_at": row.superseded_at,
    }


def _event(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("number", "at", "actor", "action", "reason", "hash")}


def _of(row: Any) -> dict[str, Any]:
    return of_object(row)


def _plain(value: Any) -> Any:
    """As JSON knows it: moments in Asia/Shanghai, days in ISO form."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.SHANGHAI).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else plain(value)
