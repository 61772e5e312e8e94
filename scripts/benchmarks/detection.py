"""The rules of scope over one day's facts against one hand-written join-and-group of the same tables, and a whole run.

The registry is a made world's bundle, imported; the facts are made from its permits, a few in a hundred outside them.
`scope` is category, period and suspension (S301 to S303): permits matched, every fact held against all that match it,
and what the rules answer, rows included. `aside` is S304 and S305, which read facts by province and by hour. The
hand-written queries join the same tables by port and signature and count the messages outside, by port and signature.
`run` is what `detection run` does, from the registry's rows to the findings' commit.
"""

import datetime as dt
import json
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
import duckdb
import ibis
from flask import Flask
from traffic import settings_of

from registry.app import create_app
from registry.detection import engine, engines, loading, service, snapshot
from registry.detection.catalogue import catalogue
from registry.detection.desk import statement
from registry.detection.scoping import matched_facts, matching_permits, permit_verdicts
from registry.detection.world import World
from registry.exchange.service import import_bundle
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.settings import current
from registry.simulation.settings import Settings
from registry.simulation.world import build
from registry.simulation.writing import write_bundle
from registry.store import unit_of_work
from registry.store.embedded import EmbeddedPostgres
from registry.store.periods import period
from registry.store.upgrade import upgrade
from registry.traffic.model import FactFile, FactKind

DAY = dt.date(2026, 11, 2)
SCOPE, ASIDE = ("S301", "S302", "S303"), ("S304", "S305")
USED = """
    CREATE TABLE used AS
    WITH accounts AS (SELECT enterprise, arg_min(gateway, submitter) AS gateway, min(submitter) AS account
            FROM submitters GROUP BY ALL),
        spread AS (SELECT DISTINCT digits, unnest(range(3, length(digits) + 1)) AS most FROM permits),
        held AS (SELECT digits, arg_min(holder, length(prefix)) AS holder FROM spread
            JOIN ports ON prefix = left(digits, most) GROUP BY ALL)
    SELECT row_number() OVER () - 1 AS place, folded, gateway, account AS submitter,
        permit_provinces AS provinces,
        digits || CASE WHEN exact THEN '' ELSE '01' END AS port, permit_categories & -permit_categories AS lowest
    FROM permits JOIN held USING (digits) JOIN accounts ON accounts.enterprise = holder
    WHERE permit_valid_from <= {start} AND (permit_valid_until > {start} OR hash(permit) % 10 = 0)"""
FACTS = """
    CREATE TABLE base AS SELECT DATE '{day}' AS day, port, submitter, '' AS agent, folded AS signature, 'read' AS read,
        CASE gateway WHEN '' THEN 'G' || (n // {permits} % 4) ELSE gateway END AS gateway,
        CASE WHEN h % 50 = 0 THEN 4 ELSE lowest END::BIGINT AS category,
        (1 + h % 200)::BIGINT AS messages, ({start} + 32400000 + h % 7200000)::BIGINT AS first_at,
        ({start} + 43200000 + h % 7200000)::BIGINT AS last_at, 65024::BIGINT AS hours, provinces,
        0::BIGINT AS without_opt_out, 0::BIGINT AS missing, 1::BIGINT AS extractor
    FROM (SELECT range AS n, hash(range) AS h, * FROM range({facts}) JOIN used ON place = range % {permits})"""
SIDES = {
    "province": """SELECT day, gateway, port, submitter, agent, signature, category, messages,
        CASE WHEN hash(port, signature) % 50 = 0 THEN '65' WHEN provinces > 1::BIGINT << 40 THEN ['11', '12', '13'][p]
            ELSE '' END AS province FROM base, range(1, 4) AS three(p)""",
    "hour": """SELECT day, gateway, port, submitter, agent, signature, category, messages, 0::BIGINT AS within_grace,
        CASE WHEN hash(port, signature) % 50 = 0 THEN 22 ELSE 9 + h END::BIGINT AS hour
        FROM base, range(3) AS three(h)""",
}
FITS = """
    WITH fits AS (SELECT seen.port, held.* FROM (SELECT port, unnest(range(3, length(port) + 1)) AS digits FROM
            (SELECT DISTINCT port FROM facts)) AS seen
        JOIN registry_permits AS held ON held.digits = left(seen.port, seen.digits)
            AND (NOT held.exact OR length(held.digits) = length(seen.port)))"""
BY_HAND = {
    "scope": """{fits} SELECT port, folded, category, sum(messages) AS messages,
            sum(messages) FILTER ((category & ~permit_categories) <> 0) AS beyond,
            sum(messages) FILTER (first_at < permit_valid_from OR last_at >= permit_valid_until) AS untimely,
            sum(messages) FILTER (last_at >= stopped_from AND first_at < stopped_until) AS stopped
        FROM facts JOIN fits USING (port, folded) LEFT JOIN registry_stops USING (permit) GROUP BY ALL""",
    "aside": """{fits} SELECT port, folded, sum(messages) AS messages FROM delivered_province
            JOIN folds USING (signature) JOIN bits USING (province) JOIN fits USING (port, folded)
        WHERE (bit & permit_provinces) = 0 GROUP BY ALL
        UNION ALL SELECT port, folded, sum(messages) AS messages FROM delivered_hour JOIN folds USING (signature)
            JOIN fits USING (port, folded)
        WHERE category & 4 <> 0 AND ((1::BIGINT << hour) & permit_hours) = 0 GROUP BY ALL""",
}


@click.command(help=__doc__)
@click.option("--facts", default=500_000, show_default=True)
@click.option("--enterprises", default=3000, show_default=True)
@click.option("--signatures", default=30_000, show_default=True)
def bench(facts: int, enterprises: int, signatures: int) -> None:
    """Print seconds and ratios as JSON."""
    with tempfile.TemporaryDirectory() as name, EmbeddedPostgres(Path(name) / "postgres") as server:
        app = create_app(settings_of(server.url, Path(name)))
        with app.app_context():
            upgrade()
            made = Settings(enterprises=enterprises, ports=signatures // 3, signatures=signatures, days=1, start=DAY)
            write_bundle(build(made), Path(name) / "bundle")
            if import_bundle(SYSTEM, Path(name) / "bundle").refused:
                raise click.ClickException("the made bundle was refused")
            deliver(facts)
        shown = {"facts": facts, **compared(app), "run": whole(app)}
    shown["peak memory MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1))


def deliver(facts: int) -> None:
    """Write the day's facts where a run finds them."""
    window, start = window_of_day(), clock.millis(clock.midnight(DAY))
    with duckdb.connect() as connection:
        connection.register("permits", snapshot.permits())
        connection.register("submitters", snapshot.submitters(window))
        connection.register("ports", snapshot.ports(window))
        connection.execute(USED.format(start=start)).fetchall()
        permits = connection.execute("SELECT count(*) FROM used").fetchall()[0][0]
        connection.execute(FACTS.format(day=DAY, start=start, permits=permits, facts=facts)).fetchall()
        for kind, query in {"base": "SELECT * FROM base", **SIDES}.items():
            path = current().facts / f"{kind}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)").fetchall()
            listed(kind, path)


def listed(kind: str, path: Path) -> None:
    """Make a file exist for runs."""
    with unit_of_work() as session:
        session.add(
            FactFile(kind=FactKind(kind), day=DAY, path=path.name, sha256="", rows=0, messages=0, added_at=clock.now())
        )


def window_of_day() -> Any:
    """The day as a period."""
    return period(clock.midnight(DAY), clock.midnight(DAY + dt.timedelta(days=1)))


def compared(app: Flask) -> dict[str, Any]:
    """Each group of rules against its hand-written query, over the tables of one world."""
    connection = engines.connect()
    with app.app_context():
        load = [seconds(lambda: loading.load(connection, DAY, DAY)) for _ in range(2)]
        world = loading.load(connection, DAY, DAY)
    tables = {name: ibis.table(connection.table(f"registry_{name}").schema(), name=f"registry_{name}") for name in HELD}
    over = ibis.table(connection.table("over").schema(), name="over")

    measures = tables["stops"], tables["limits"]

    def scope() -> None:
        world.desk.make("fitting", statement(matching_permits(tables["permits"], over)))
        matched = matched_facts(world.facts, world.permits, *measures)
        world.desk.make("matched", statement(matched))
        unsure = ibis.table(matched.schema(), name="matched").filter(~ibis._.one_allows)
        verdicts = permit_verdicts(world.facts.semi_join(unsure, "fact"), world.permits, *measures)
        world.desk.make("verdicts", statement(verdicts))
        applied(world, SCOPE)

    took = {"scope": least(scope), "aside": least(lambda: applied(world, ASIDE))}
    shown: dict[str, Any] = {"world, first": round(load[0], 2), "world, again": round(load[1], 2)}
    for name, of_rules in took.items():
        by_hand = least(partial(world.desk.rows, BY_HAND[name].format(fits=FITS)))
        shown[name] = {"rules": round(of_rules, 2), "by hand": round(by_hand, 2), "ratio": round(of_rules / by_hand, 2)}
    return shown


HELD = ("permits", "stops", "limits")


def applied(world: World, codes: tuple[str, ...]) -> None:
    """Hold rules against the world."""
    failed = [code for code in codes if engine.apply(catalogue()[code], world, DAY).failed]
    if failed:
        raise click.ClickException(f"failed: {failed}")


def whole(app: Flask) -> dict[str, Any]:
    """A run from beginning to end, and another one over the same day."""
    with app.app_context():
        took = [round(seconds(lambda: service.run(SYSTEM, DAY, DAY)), 2) for _ in range(2)]
        row = service.run(SYSTEM, DAY, DAY)
        return {
            "first": took[0],
            "again": took[1],
            "state": row.state,
            "hit": {each["rule"]: each["hit"] for each in row.outcomes},
        }


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def least(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several: others use the machine too."""
    return min(seconds(work) for _ in range(times))
