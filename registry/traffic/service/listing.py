"""The list of fact files, and what a run takes from it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from registry.kernel import clock
from registry.law import provisions
from registry.settings import current
from registry.store import db
from registry.traffic.folder import Drafts
from registry.traffic.model import FactFile, FactKind, TrafficDay
from registry.traffic.queries import listed
from registry.traffic.sealed import unboxed
from registry.traffic.writing import EPOCH


def list_files(session: Session, run: Drafts, digests: dict[str, str], ingested_file: int | None) -> None:
    """From this commit on the run's files exist, and something was counted on their days."""
    session.add_all(rows_of(run, digests, ingested_file))
    _count_up(session, {file.day for file in run.files if file.kind is FactKind.BASE and file.day})


def rows_of(run: Drafts, digests: dict[str, str], ingested_file: int | None) -> list[FactFile]:
    """The run's files as rows of the list."""
    return [
        FactFile(
            kind=file.kind,
            day=file.day,
            path=file.path,
            sha256=digests[file.path],
            rows=file.rows,
            messages=file.messages,
            ingested_file=ingested_file,
            added_at=clock.now(),
        )
        for file in run.files
    ]


def _count_up(session: Session, days: set[dt.date]) -> None:
    """Something was counted on these days: whoever judged them before did not see it."""
    for day in sorted(days):
        grown = insert(TrafficDay).values(day=day, version=1)
        session.execute(grown.on_conflict_do_update(index_elements=["day"], set_={"version": TrafficDay.version + 1}))


def unlist(session: Session, files: Sequence[FactFile]) -> None:
    """From this commit on these files no longer exist; they are removed from the disk after it."""
    session.execute(sa.delete(FactFile).where(FactFile.id.in_([file.id for file in files])))


def waiting_parts(files: Sequence[FactFile]) -> Iterator[Any]:
    """The parts in these files as Arrow tables, one in memory at a time."""
    settings = current()
    for file in files:
        yield from unboxed(settings.encryption_key, settings.facts / file.path, "waiting")


def seen_files(days: Sequence[int]) -> list[str]:
    """Paths of the tags of these days (since 1970) and their neighbours: a delivery repeats what is fresh."""
    near = {EPOCH + dt.timedelta(day + step) for day in days for step in (-1, 0, 1)}
    query = sa.select(FactFile.path).where(FactFile.kind == FactKind.SEEN, FactFile.day.in_(near))
    query = query.where(FactFile.replaced_by.is_(None))
    paths = [str(current().facts / path) for path in db.session.scalars(query)]
    db.session.rollback()
    return paths


def waiting_files() -> Sequence[FactFile]:
    """The files of parts that wait; the session holds no transaction afterwards."""
    files = listed("waiting")
    db.session.rollback()
    return files


def grace() -> int:
    """Minutes in which queues still empty after the hour has struck."""
    return provisions.integer("marketing.queue_grace", clock.today())
