"""Files of filings: rows a second with every check and an answer for each row, beside a plain INSERT of the same rows.

The baseline writes what the run has written (filings, results of checks, events, answers) into the same tables of a
second database on the same server: batched INSERTs by hand, so many rows a commit as the run has. Lookalikes of
signatures are apart, among so many registered names as are said. Peak memory is that of this process, which reads the
file, checks and files; --rows may be given more than once, the largest last.
"""

import csv
import json
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import psycopg
import sqlalchemy as sa
from bundle import code, settings_of
from psycopg.types.json import Jsonb

from registry.app import create_app
from registry.enterprises import service as enterprises
from registry.enterprises.values import EnterpriseValues
from registry.filings.bulk import service as bulk
from registry.filings.bulk.model import BulkFile
from registry.filings.bulk.working import SLICE
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.service import look_for_lookalikes
from registry.kernel.actor import SYSTEM, Actor, ActorKind
from registry.ports import service as ports
from registry.ports.values import PortValues
from registry.signatures import service as signatures
from registry.signatures.values import SignatureValues
from registry.store import db, unit_of_work
from registry.store.embedded import EmbeddedPostgres
from registry.store.upgrade import upgrade

_JSONB = psycopg.adapters.types["jsonb"].oid
KINDS = ("signature", "permit", "port")
APPLICANT = code(0)
ACCESS = "10690001"
TABLES = {"filing": "id", "filing_checked": "filing_id", "audit_event": "number", "bulk_row": "id"}
HEADERS = {
    Kind.SIGNATURE: ("referenceId", "signature", "source"),
    Kind.PERMIT: ("referenceId", "signature", "port", "categories", "provinces", "hours", "monthly_volume", "samples"),
    Kind.PORT: ("referenceId", "port", "use", "signing"),
}


def row_of(kind: Kind, run: int, number: int) -> tuple[str, ...]:
    """The n-th row of a file."""
    reference = f"{kind}-{run}-{number}"
    match kind:
        case Kind.SIGNATURE:
            return reference, f"名{run}号{number}", "short_name"
        case Kind.PERMIT:
            said = f"【网关短信{number % 100}】您的订单已发货"
            return reference, f"网关短信{number % 100}", f"{ACCESS}{number:07}", "notice", "44", "", "10000", said
        case _:
            return reference, f"{ACCESS}{run}{number:07}", "service", "single"


def stand_up(names: int) -> None:
    """A service company with an access code and a hundred signatures, and other owners' names beside them."""
    licence = {"roles": ("sms_service_company",), "licence": "B2-20200001", "industry": "I65", "province": "11"}
    enterprises.register(SYSTEM, EnterpriseValues(APPLICANT, "网关短信有限公司", **licence))
    enterprises.register(SYSTEM, EnterpriseValues(code(1), "众名商贸有限公司", roles=("end_user",), industry="F52"))
    ports.allot(SYSTEM, PortValues(ACCESS, APPLICANT, "service", "shared"))
    with unit_of_work():
        for number in range(100):
            signatures.register(SYSTEM, SignatureValues(f"网关短信{number}", APPLICANT, "short_name"))
        for number in range(names):
            signatures.register(SYSTEM, SignatureValues(f"商{number}家铺", code(1), "short_name"))


@click.command(help=__doc__)
@click.option("--rows", "sizes", multiple=True, type=int, default=(1000, 10_000), show_default=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), default=KINDS, show_default=True)
@click.option("--whole", is_flag=True, help="all rows or none, in one commit")
@click.option("--names", default=1000, show_default=True, help="registered names that lookalikes are looked for among")
@click.option("--looked-at", default=1000, show_default=True, help="signatures at most whose lookalikes are looked for")
def bench(sizes: Sequence[int], kinds: Sequence[str], names: int, looked_at: int, *, whole: bool) -> None:
    """Print a line of figures for each kind and size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with EmbeddedPostgres(folder / "postgres") as server:
            app = create_app(settings_of(server.url, folder))
            with app.app_context():
                upgrade()
                stand_up(names)
                for run, (kind, size) in enumerate((Kind(kind), size) for size in sizes for kind in kinds):
                    shown = _measured(kind, run, size, folder, looked_at, whole=whole)
                    click.echo(json.dumps(shown, ensure_ascii=False))
                db.session.remove()
                db.engine.dispose()


def _measured(kind: Kind, run: int, size: int, folder: Path, looked_at: int, *, whole: bool) -> dict[str, Any]:
    path, before = folder / f"{kind}-{run}.csv", _peak()
    _write(path, kind, run, size)
    company = Actor("bench", ActorKind.KEY, frozenset({"filing.submit"}), APPLICANT)
    last = _last()
    start = time.perf_counter()
    kept = bulk.keep(company, kind, path, path.name, whole=whole)
    done = bulk.work(SYSTEM, kept.key)
    took, peak = time.perf_counter() - start, _peak()
    if done.filed != size:
        raise click.ClickException(f"{done.filed} of {size} filed: {_first_refusal(done)}")
    plain = _by_hand(last)
    shown = {"kind": kind, "rows": size, "whole": whole, "rows a second": round(size / took)}
    shown |= {"by hand": round(size / plain), "of the baseline": round(plain / took, 2)}
    shown |= {"memory before MiB": before, "peak MiB": peak}
    return shown | (_lookalikes(looked_at) if kind is Kind.SIGNATURE else {})


def _write(path: Path, kind: Kind, run: int, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS[kind])
        writer.writerows(row_of(kind, run, number) for number in range(size))


def _first_refusal(done: BulkFile) -> str:
    found = db.session.execute(sa.text("SELECT code, message FROM bulk_row WHERE state = 'refused' LIMIT 1")).first()
    return f"{done.state} {done.trouble} {found}"


def _last() -> dict[str, int]:
    query = "SELECT coalesce(max({key}), 0) FROM {table}"
    found = {table: db.session.scalar(sa.text(query.format(key=key, table=table))) for table, key in TABLES.items()}
    db.session.commit()
    return {table: int(number or 0) for table, number in found.items()}


def _by_hand(last: dict[str, int]) -> float:
    """Seconds to write what was written since into tables that are the same, some thousands of rows a commit."""
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as source, psycopg.connect(url) as target:
        target.execute("CREATE SCHEMA by_hand")
        for table in TABLES:
            target.execute(f"CREATE TABLE by_hand.{table} (LIKE {table} INCLUDING ALL)")
        target.execute("ALTER TABLE by_hand.filing ADD FOREIGN KEY (applicant) REFERENCES enterprise (code)")
        target.execute("ALTER TABLE by_hand.filing_checked ADD FOREIGN KEY (filing_id) REFERENCES by_hand.filing (id)")
        target.execute("ALTER TABLE by_hand.bulk_row ADD FOREIGN KEY (bulk_id) REFERENCES bulk_file (id)")
        target.commit()
        took = sum(_copied(source, target, table, last[table]) for table in TABLES)
        target.execute("DROP SCHEMA by_hand CASCADE")
        target.commit()
    return took


def _copied(source: Any, target: Any, table: str, last: int) -> float:
    key, took = TABLES[table], 0.0
    cursor = source.cursor(name=f"from_{table}")
    cursor.execute(f"SELECT * FROM {table} WHERE {key} > %s ORDER BY {key}", [last])  # noqa: S608 - our own names
    names = [column.name for column in cursor.description]
    into = f"INSERT INTO by_hand.{table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
    for rows in _parts(cursor):
        plain = [
            [
                Jsonb(cell) if each.type_code == _JSONB else cell
                for cell, each in zip(row, cursor.description, strict=True)
            ]
            for row in rows
        ]
        start = time.perf_counter()
        with target.cursor() as writing:
            writing.executemany(into, plain)
        target.commit()
        took += time.perf_counter() - start
    return took


def _parts(cursor: Any) -> Iterator[list[Any]]:
    while rows := cursor.fetchmany(10 * SLICE):
        yield rows


def _lookalikes(most: int) -> dict[str, Any]:
    keys = list(
        db.session.scalars(
            sa.select(Filing.key).where(Filing.kind == Kind.SIGNATURE).order_by(Filing.id.desc()).limit(most)
        )
    )
    start = time.perf_counter()
    for first in range(0, len(keys), bulk.LOOKED_AT):
        look_for_lookalikes(keys[first : first + bulk.LOOKED_AT])
    return {"lookalikes a second": round(len(keys) / (time.perf_counter() - start))}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
