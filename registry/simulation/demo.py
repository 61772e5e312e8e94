"""A made world in the registry, to try it with: brought in, fed with three days of records, judged; once.

Yesterday's records lie in the data folder's `demo/`, to be fed by whoever tries it. Each step can be taken again, so
that a demo that broke off is completed with the world it began with.
"""

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from registry import audit
from registry.accounts import service as accounts
from registry.audit.model import AuditEvent
from registry.detection import service as detection
from registry.enterprises.kinds import Role
from registry.enterprises.model import Enterprise
from registry.exchange.service import import_bundle
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, Invalid
from registry.ports.model import Port
from registry.settings import current
from registry.simulation.desk import lay_desk
from registry.simulation.settings import Settings
from registry.simulation.world import build
from registry.simulation.writing import write_bundle, write_records
from registry.store import db, unit_of_work
from registry.traffic import service as traffic

BEGUN, FILLED = "demo.begun", "demo.filled"
Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of it: `already` where nothing was left to do; the file with the log-ins; records not fed yet."""

    already: bool
    logins: Path
    records: Path
    settings: Settings


def fill(actor: Actor, settings: Settings, watch: Watch) -> Filled:
    """Fill an empty registry with the world of these settings and a day more; complete one begun before.

    The day more is yesterday: its records are left to be fed.

    Raises Conflict where the registry holds enterprises that are no demo's, Invalid where the world can't be kept.
    """
    begun, already = _event(BEGUN), _event(FILLED) is not None
    settings = replace(settings, days=settings.days + 1)
    settings = _of_event(settings, begun) if begun else replace(settings, start=_first_day(settings.days))
    if not already:
        _carry_out(actor, settings, watch, brought_in=begun is not None)
    logins = accounts.open_demo(actor, _company())
    if not already:
        watch("desks")
        lay_desk(_company())
        with unit_of_work():
            audit.record(actor, FILLED, "demo", str(settings.seed))
    return Filled(already, logins, kept_back(), settings)


def kept_back() -> Path:
    """The folder of the day of records that is not fed."""
    return current().data / "demo"


def _carry_out(actor: Actor, settings: Settings, watch: Watch, *, brought_in: bool) -> None:
    world = build(settings)
    with tempfile.TemporaryDirectory(prefix="demo-") as name:
        folder = Path(name)
        if not brought_in:
            watch("registry")
            write_bundle(world, folder / "bundle")
            _bring_in(actor, settings, folder / "bundle")
        watch("gateway records")
        write_records(world, folder / "records")
        _keep_back(folder / "records", settings.calendar[-1])
        files = sorted((folder / "records").iterdir())
        traffic.ingest(actor, files, progress=lambda file, done, rows: watch(f"records {file} {done}/{rows}"))
    watch("detection")
    detection.run(actor, settings.calendar[0], settings.calendar[-2], watch=lambda what, *_: watch(f"detection {what}"))


def _keep_back(records: Path, day: dt.date) -> None:
    """Put one day's files aside."""
    kept_back().mkdir(parents=True, exist_ok=True)
    for file in records.glob(f"*-{day:%Y%m%d}-*"):
        shutil.move(file, kept_back() / file.name)


def _bring_in(actor: Actor, settings: Settings, folder: Path) -> None:
    if db.session.scalar(sa.select(Enterprise.id).limit(1)):
        raise Conflict("not_empty", "the registry holds enterprises already; the demo leaves it as it is")
    with unit_of_work():
        after = {"seed": settings.seed, "start": settings.start}
        audit.record(actor, BEGUN, "demo", str(settings.seed), after=after)
        result = import_bundle(actor, folder)
        if not result.kept:
            first = next(each for file in result.files for each in file.objections if each["refuses"])
            raise Invalid("world_unfit", f"the made world can't be kept: {first}", fix="take another seed")


def _event(action: str) -> AuditEvent | None:
    query = sa.select(AuditEvent).where(AuditEvent.subject_kind == "demo", AuditEvent.action == action)
    return db.session.scalar(query.limit(1))


def _of_event(settings: Settings, event: AuditEvent) -> Settings:
    said = event.after or {}
    return replace(settings, seed=said["seed"], start=dt.date.fromisoformat(said["start"]))


def _first_day(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _company() -> str:
    """The SMS service company with most ports: whose user one of the log-ins is."""
    query = (
        sa.select(Port.holder)
        .join(Enterprise, Enterprise.code == Port.holder)
        .where(Enterprise.roles.contains([Role.SMS_SERVICE_COMPANY.value]), Port.superseded_at.is_(None))
        .group_by(Port.holder)
        .order_by(sa.func.count().desc(), Port.holder)
    )
    return db.session.scalars(query.limit(1)).one()
