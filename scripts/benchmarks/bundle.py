"""Import and export of a bundle with many permits: seconds, rows a second, peak memory of this process.

The bundle has one enterprise for each hundred permits, a port for each ten, a signature and a permit each; every tenth
permit names a letter. The made registry is empty before, has constraints and indexes as in use, and is durable.
"""

import csv
import json
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from stdnum.cn import uscc

from registry.app import create_app
from registry.exchange.form import Form
from registry.exchange.forms import BY_FILE
from registry.exchange.handing_over import export_bundle
from registry.exchange.service import import_bundle
from registry.kernel.actor import SYSTEM
from registry.settings import Settings
from registry.store import db
from registry.store.embedded import EmbeddedPostgres
from registry.store.upgrade import upgrade

FROM = "2024-01-01"
PERMITS_OF_ENTERPRISE = 100
PERMITS_OF_PORT = 10


def code(number: int) -> str:
    """The USCC of the n-th enterprise."""
    body = f"91{110000 + number % 9:06}MA{number:07}"
    return body + str(uscc.calc_check_digit(body))


def enterprises(permits: int) -> Iterator[tuple[str, ...]]:
    """One service company, then the users."""
    yield code(0), "网关短信有限公司", "sms_service_company", "company", "I65", "11", "", "B2-1", ""
    for number in range(1, permits // PERMITS_OF_ENTERPRISE + 2):
        yield code(number), f"第{number}商贸有限公司", "end_user", "company", "F52", "44", "", "", ""


def ports(permits: int) -> Iterator[tuple[str, ...]]:
    """One access code and an extension for each ten permits."""
    yield "10690001", code(0), "service", "shared", "20", "", "", "verified", FROM, ""
    for number in range(permits // PERMITS_OF_PORT + 1):
        yield f"10690001{number:07}", code(0), "service", "shared", "20", "", "", "inherited", FROM, ""


def signatures(permits: int) -> Iterator[tuple[str, ...]]:
    """One for each permit."""
    for number in range(permits):
        yield f"签名{number}", user(number), "short_name", "0", "", FROM, ""


def letters(permits: int) -> Iterator[tuple[str, ...]]:
    """One for each tenth permit."""
    for number in range(0, permits, 10):
        yield f"L{number}", user(number), code(0), f"签名{number}", "confirmed", FROM, FROM, ""


def permits_of(permits: int) -> Iterator[tuple[str, ...]]:
    """The permits themselves, every column of theirs filled in somewhere."""
    for number in range(permits):
        who, port = user(number), f"10690001{number // PERMITS_OF_PORT:07}"
        scope = ("notice|marketing", "44|31" if number % 3 else "", "08:00-20:00", str(number % 7 * 1000))
        declared = (f"shop{number % 5000}.cn", f"400{number % 10_000_000:07}", f"L{number}" if number % 10 == 0 else "")
        yield f"P{number:09}", f"签名{number}", who, port, who, *scope, *declared, "none", "normal", "0", "", FROM, ""


def user(number: int) -> str:
    """Who uses the n-th permit."""
    return code(number // PERMITS_OF_ENTERPRISE + 1)


def write(folder: Path, permits: int) -> None:
    """The bundle's files."""
    makers = {
        "enterprises": enterprises,
        "ports": ports,
        "signatures": signatures,
        "letters": letters,
        "permits": permits_of,
    }
    for file, maker in makers.items():
        _write(folder, BY_FILE[file], maker(permits))


def _write(folder: Path, form: Form, rows: Iterable[tuple[str, ...]]) -> None:
    with (folder / f"{form.file}.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(form.names)
        writer.writerows(rows)


@click.command(help=__doc__)
@click.option("--permits", default=100_000, show_default=True)
def bench(permits: int) -> None:
    """Write the bundle, bring it in with a report, hand it over."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        write(folder / "in", permits)
        with EmbeddedPostgres(folder / "postgres") as server:
            app = create_app(settings_of(server.url, folder))
            with app.app_context():
                upgrade()
                shown = _measured(folder)
                db.session.remove()
                db.engine.dispose()
    click.echo(json.dumps({"permits": permits, **shown}, ensure_ascii=False, indent=1))


def _measured(folder: Path) -> dict[str, float]:
    base, start, steps = _peak(), time.perf_counter(), []

    def watch(what: str, _rows: int) -> None:
        steps.append((time.perf_counter() - start, what))

    result = import_bundle(SYSTEM, folder / "in", report_to=folder / "report.csv", watch=watch)
    taken, peak = time.perf_counter() - start, _peak()
    if not result.kept:
        raise click.ClickException(f"not kept: {result}")
    rows, start = sum(file.rows for file in result.files), time.perf_counter()
    export_bundle(SYSTEM, folder / "out")
    checked = next(at for at, what in steps if what == "checks")
    kept = next(at for at, what in steps if what.endswith("keeping"))
    return {
        "rows": rows,
        "import s": round(taken, 1),
        "of it staging s": round(checked, 1),
        "of it checks and report s": round(kept - checked, 1),
        "rows a second": round(rows / taken),
        "export s": round(time.perf_counter() - start, 1),
        "memory before MiB": base,
        "peak memory MiB": peak,
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def settings_of(url: str, folder: Path) -> Settings:
    """Settings of a registry that lives in a temporary folder."""
    key = bytes(range(32))
    return Settings(
        database_url=url,
        data=folder,
        port=8000,
        secret_key="measured",  # noqa: S106 - a registry that lives for a minute
        encryption_key=key,
        hashing_key=key,
        secure_cookies=False,
        largest_request=8 * 1024 * 1024,
    )
