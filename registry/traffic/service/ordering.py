"""Files that the worker takes in, each a job of its own: several at once, and a killed one starts again."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from registry import audit, jobs
from registry.jobs.queue import AT_ONCE
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid, NotFound
from registry.settings import current
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.traffic.model import IngestJob, IngestState
from registry.traffic.outcome import Outcome
from registry.traffic.service.ingesting import ingest

INBOX = "inbox"
MOST_LYING = 100  # that are shown


def order(
    actor: Actor, paths: Iterable[Path], *, default_time: dt.datetime | None = None, gateway: str = ""
) -> list[IngestJob]:
    """Have files taken in by the worker, which must see them where they lie. Raises Forbidden."""
    actor.require("traffic.ingest")
    with unit_of_work() as session:
        ordered = [
            IngestJob(
                key=new_key("ING"),
                path=str(path.absolute()),
                gateway=gateway,
                default_time=default_time,
                state=IngestState.WAITING,
                asked_by=actor.name,
                asked_at=clock.now(),
                outcome={},
            )
            for path in paths
        ]
        session.add_all(ordered)
        session.flush()
        for job in ordered:
            jobs.enqueue("traffic.ingest", key=job.key)
            after = {"file": job.name, "gateway": gateway}
            audit.record(actor, "traffic.ordered", "ingest_job", job.key, after=after)
    return ordered


def inbox() -> Path:
    """The folder in which gateways and uploads put files that are to be taken in by their names."""
    folder = current().data / INBOX
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def not_yet_ordered() -> list[str]:
    """Names of files that lie in the inbox and that nobody asked to take in."""
    lie = {str(path): name for name, path in _lying().items() if not name.startswith(".")}
    with unit_of_work() as session:
        known = set(session.scalars(sa.select(IngestJob.path).where(IngestJob.path.in_(lie))))
    return sorted(name for path, name in lie.items() if path not in known)[:MOST_LYING]


def lying(names: Iterable[str]) -> list[Path]:
    """Files in the inbox by their names. Raises Invalid for one that does not lie there."""
    there, found = _lying(), []
    for number, name in enumerate(names):
        if name not in there:
            error = FieldError(f"files.{number}", "no_such_file", f"no file {name} lies in the inbox", "put it there")
            raise Invalid("no_such_file", "a file does not lie in the inbox", fields=[error])
        found.append(there[name])
    return found


def _lying() -> dict[str, Path]:
    return {path.name: path for path in inbox().iterdir() if path.is_file() and not path.is_symlink()}


def carry_out(actor: Actor, key: str) -> None:
    """Take in what was ordered. What ends in an error says so, and is tried again where that may help."""
    job = _begun(key)
    path, default_time, gateway = Path(job.path), job.default_time, job.gateway

    def tell(_name: str, done: int, rows: int) -> None:
        _note(key, done=done, rows=rows)

    try:
        [outcome] = ingest(actor, [path], default_time=default_time, gateway=gateway, progress=tell, sharing=AT_ONCE)
    except BaseException as error:
        _note(key, state=IngestState.FAILED, error=type(error).__name__, ended_at=clock.now())
        raise
    _end(key, outcome)


def under_way() -> bool:
    """Whether files wait for the worker or are being taken in."""
    with unit_of_work() as session:
        going = IngestJob.state.in_([IngestState.WAITING, IngestState.RUNNING])
        return session.scalar(sa.select(IngestJob.id).where(going).limit(1)) is not None


def _begun(key: str) -> IngestJob:
    with unit_of_work() as session:
        job = session.scalar(sa.select(IngestJob).filter_by(key=key).with_for_update())
        if job is None:
            raise NotFound("no_such_ingest", f"nothing was ordered as {key}")
        job.state, job.started_at, job.error = IngestState.RUNNING, clock.now(), ""
        return job


def _note(key: str, **values: object) -> None:
    with unit_of_work() as session:
        session.execute(sa.update(IngestJob).filter_by(key=key).values(**values))


def _end(key: str, outcome: Outcome) -> None:
    state = IngestState.REFUSED if outcome.refused else IngestState.DONE
    _note(key, state=state, outcome=outcome.as_json(), done=outcome.read, rows=outcome.read, ended_at=clock.now())
