"""Reads of usage facts: which files are listed, and what stands in them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.settings import current
from registry.store import db
from registry.store.lists import page_of_keys
from registry.traffic import lineage
from registry.traffic.model import FactFile, FactKind, IngestedFile, IngestJob, TrafficDay
from registry.traffic.sealed import unboxed

_NAMES = {"gateway": "string", "port": "string", "submitter": "string", "agent": "string", "signature": "string"}
_WITHOUT_AGENT = {name: kind for name, kind in _NAMES.items() if name != "agent"}
_NUMBERS = [
    "category",
    "messages",
    "first_at",
    "last_at",
    "hours",
    "provinces",
    "without_opt_out",
    "missing",
    "extractor",
]
SCHEMAS: dict[str, dict[str, str]] = {
    "base": {"day": "date", **_NAMES, "read": "string", **dict.fromkeys(_NUMBERS, "int64")},
    "province": {"day": "date", **_NAMES, "category": "int64", "province": "string", "messages": "int64"},
    "hour": {"day": "date", **_NAMES, **dict.fromkeys(("category", "hour", "messages", "within_grace"), "int64")},
    "contact": {"day": "date", **_WITHOUT_AGENT, "kind": "string", "value": "string", "messages": "int64"},
}
"""Columns of the facts, by kind. Facts of one key stand once for each delivered file: whoever reads sums them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One message kept as evidence; `recipient` is a keyed hash, `file` and `line` say where it stood."""

    day: dt.date
    gateway: str
    port: str
    submitter: str
    agent: str
    signature: str
    read: str
    category: int
    submitted_at: dt.datetime
    message_ref: str
    file: str
    line: int
    recipient: str
    content: str


def facts(
    connection: Any,
    kind: str,
    from_day: dt.date,
    to_day: dt.date,
    files: Collection[int] | None = None,
    columns: Sequence[str] = (),
) -> Any:
    """The facts of a kind (base, province, hour, contact) from one day to another, both included, as an Ibis table.

    connection: an Ibis backend on DuckDB. files: ids out of `listed`, for a reader who froze its list: where some were
    put together since, their rows alone are read of the file that took their place. columns: those wanted, else all.
    """
    schema = ibis.schema({name: SCHEMAS[kind][name] for name in columns or SCHEMAS[kind]})
    found = lineage.parts(filed(kind, from_day, to_day), files)
    whole = [file for file, sources in found if sources is None]
    tables = [_read(connection, whole)] if whole else []
    tables += [_read(connection, [file]).filter(ibis._.source.isin(sources)) for file, sources in found if sources]
    if not tables:
        return ibis.memtable([], schema=schema)
    return ibis.union(*(t.select(**{name: t[name].cast(kind) for name, kind in schema.items()}) for t in tables))


def _read(connection: Any, files: Sequence[FactFile]) -> Any:
    return connection.read_parquet([str(current().facts / file.path) for file in files])


def listed(kind: str, from_day: dt.date | None = None, to_day: dt.date | None = None) -> Sequence[FactFile]:
    """The files of a kind that exist, of these days (both included), in the order of their listing."""
    return [file for file in filed(kind, from_day, to_day) if file.replaced_by is None]


def filed(kind: str, from_day: dt.date | None = None, to_day: dt.date | None = None) -> Sequence[FactFile]:
    """The same with the files that were put together: what was listed once."""
    query = sa.select(FactFile).where(FactFile.kind == FactKind(kind)).order_by(FactFile.id)
    if from_day is not None:
        query = query.where(FactFile.day >= from_day)
    if to_day is not None:
        query = query.where(FactFile.day <= to_day)
    return db.session.scalars(query).all()


def days() -> list[tuple[dt.date, int]]:
    """Each day that has facts, with its messages, newest first."""
    query = (
        sa.select(FactFile.day, sa.func.sum(FactFile.messages))
        .where(FactFile.kind == FactKind.BASE, FactFile.day.is_not(None), FactFile.replaced_by.is_(None))
        .group_by(FactFile.day)
        .order_by(FactFile.day.desc())
    )
    return [(day, int(messages)) for day, messages in db.session.execute(query) if day is not None]


def ingested(page: PageRequest) -> Page[IngestedFile]:
    """Deliveries, the newest first."""
    query = sa.select(IngestedFile).order_by(IngestedFile.id.desc()).limit(page.limit + 1)
    if page.after:
        query = query.where(IngestedFile.id < _number(page.after))
    rows = db.session.scalars(query).all()
    more = len(rows) > page.limit
    return Page(rows[: page.limit], str(rows[page.limit - 1].id) if more else "")


def ingested_with(sha256: str) -> IngestedFile | None:
    """The delivery with these bytes, if it was taken in."""
    return db.session.scalar(sa.select(IngestedFile).where(IngestedFile.sha256 == sha256))


def delivery(sha256: str) -> IngestedFile:
    """The delivery with these bytes. Raises NotFound."""
    found = ingested_with(sha256)
    if found is None:
        raise NotFound("no_such_delivery", "no such file was taken in")
    return found


def ingests(request: PageRequest) -> Page[IngestJob]:
    """Files that the worker takes in or took, by their keys, oldest first."""
    return page_of_keys(sa.select(IngestJob), IngestJob.key, request)


def latest_ingests(count: int = 10) -> Sequence[IngestJob]:
    """The last ones, newest first."""
    return db.session.scalars(sa.select(IngestJob).order_by(IngestJob.key.desc()).limit(count)).all()


def ingest(key: str) -> IngestJob:
    """One of them. Raises NotFound."""
    found = db.session.scalar(sa.select(IngestJob).filter_by(key=key))
    if found is None:
        raise NotFound("no_such_ingest", f"nothing was ordered as {key}")
    return found


def versions(from_day: dt.date | None = None, to_day: dt.date | None = None) -> dict[dt.date, int]:
    """How often something was counted on each day that has facts, of these days (both included)."""
    query = sa.select(TrafficDay.day, TrafficDay.version)
    if from_day is not None:
        query = query.where(TrafficDay.day >= from_day)
    if to_day is not None:
        query = query.where(TrafficDay.day <= to_day)
    return {row.day: row.version for row in db.session.execute(query.order_by(TrafficDay.day))}


def _number(after: str) -> int:
    return int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0  # noqa: PLR2004 - digits of a bigint


def samples(
    from_day: dt.date,
    to_day: dt.date,
    *,
    port: str | None = None,
    signature: str | None = None,
    submitter: str | None = None,
    category: int | None = None,
    limit: int = 10,
) -> list[Sample]:
    """Messages kept as evidence of these days (both included), decrypted; those asked for, at most `limit`."""
    wanted = {"port": port, "signature": signature, "submitter": submitter, "category": category}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    found: list[Sample] = []
    for file in listed("sample", from_day, to_day):
        for row in _sampled(file, port):
            if all(row[name] == value for name, value in wanted.items()):
                found.append(_sample(row))
            if len(found) >= limit:
                return found
    return found


def _sampled(file: FactFile, port: str | None) -> Any:
    settings = current()
    for table in unboxed(settings.encryption_key, settings.facts / file.path, "sample", port):
        yield from table.to_pylist()


def _sample(row: dict[str, Any]) -> Sample:
    return Sample(**{**row, "submitted_at": clock.from_millis(row["submitted_at"])})
