"""Building the world of a window: facts from their files, the registry from PostgreSQL, joined in one engine."""

import datetime as dt
from dataclasses import fields
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis import _

from registry.detection import snapshot
from registry.detection.scoping import matching_permits, permit_verdicts
from registry.detection.snapshot import Snapshot
from registry.detection.world import World, during, prefixes
from registry.kernel import clock
from registry.kernel.clock import SHANGHAI
from registry.law.divisions import BIT
from registry.ports.plan import classify
from registry.signatures.folding import fold
from registry.store.periods import period
from registry.traffic import queries as traffic

DAY = 86_400_000  # milliseconds; Asia/Shanghai has no summer time


def load(connection: Any, from_day: dt.date, to_day: dt.date) -> World:
    """The world of these days, both included."""
    window = period(clock.midnight(from_day), clock.midnight(to_day + dt.timedelta(days=1)))
    kinds = ("base", "province", "hour")
    base, province, hour = (traffic.facts(connection, kind, from_day, to_day) for kind in kinds)
    return build(base, province, hour, snapshot.read(window))


def build(base: Any, province: Any, hour: Any, registry: Snapshot) -> World:
    """The world of these facts (Ibis tables of one engine) and this registry."""
    rows = {each.name: getattr(registry, each.name) for each in fields(registry)}
    kept = {name: ibis.memtable(table) for name, table in rows.items()}
    facts = _with_sender(_numbered(_folded(base)), kept["submitters"])
    facts = ibis.memtable(facts.to_pyarrow())
    seen = ibis.memtable(facts.select("port").distinct().to_pyarrow())
    over = prefixes(seen)
    covering, delegated = (_over(over, kept[name]) for name in ("ports", "delegations"))
    permits = matching_permits(kept["permits"], seen)
    permits = ibis.memtable(permits.to_pyarrow())
    verdicts = permit_verdicts(facts, permits, kept["stops"], kept["limits"])
    return World(
        facts=facts,
        provinces=_by_province(_folded(province)),
        hours=_whole_day(_folded(hour)),
        covering=covering,
        declared=_declared(covering, delegated, permits),
        delegated=delegated,
        owners=kept["signatures"],
        plan=_plan(seen),
        answerable=_answerable(covering),
        permits=permits,
        verdicts=ibis.memtable(verdicts.to_pyarrow()),
        affiliated=kept["relations"].select("one", "other").distinct(),
    )


def connect() -> Any:
    """An engine for one run."""
    return ibis.duckdb.connect()


def _folded(table: Any) -> Any:
    """Adds `folded`: signatures compared however they are written. Few are distinct, so Python folds each once."""
    texts = table.select("signature").distinct().to_pyarrow()["signature"].to_pylist()
    known = pa.table({"signature": pa.array(texts, pa.string()), "folded": pa.array(map(fold, texts), pa.string())})
    return table.join(ibis.memtable(known), "signature", rname="other_{name}")


def _numbered(table: Any) -> Any:
    return table.mutate(fact=ibis.row_number().over(ibis.window(order_by=["day", "port", "signature", "first_at"])))


def _with_sender(facts: Any, accounts: Any) -> Any:
    """Adds `sender`: the enterprise of the submitting account, '' where the registry knows none."""
    met = during(facts, accounts, "submitter").filter((_.row_gateway == _.gateway) | (_.row_gateway == ""))
    named = met.group_by("fact").agg(sender=_.enterprise.max())
    joined = facts.left_join(named, "fact", rname="named_{name}").drop("named_fact")
    return joined.mutate(sender=_.sender.fill_null(""))


def _over(prefixes_seen: Any, rows: Any) -> Any:
    """Registered rows at each port seen that they cover."""
    return prefixes_seen.join(rows, "prefix", rname="row_{name}")


def _declared(covering: Any, delegated: Any, permits: Any) -> Any:
    """Who may stand behind messages of a port: holders, delegates, and permits' users and owners."""
    columns = ("port", "enterprise", "valid_from", "valid_until")
    of_permits = permits.rename(valid_from="permit_valid_from", valid_until="permit_valid_until")
    return ibis.union(
        covering.rename(enterprise="holder").select(*columns),
        delegated.rename(enterprise="to_enterprise").select(*columns),
        of_permits.rename(enterprise="user").select(*columns),
        of_permits.rename(enterprise="owner").select(*columns),
    ).distinct()


def _answerable(covering: Any) -> Any:
    """The holder of the longest registered number over each port."""
    ranked = covering.mutate(
        place=ibis.row_number().over(group_by="port", order_by=[_.prefix.length().desc(), _.valid_from.desc()])
    )
    return ranked.filter(_.place == 0).select("port", enterprise=_.holder)


def _plan(seen: Any) -> Any:
    ports = seen.to_pyarrow()["port"].to_pylist()
    status = [classify(port).status.value for port in ports]
    return ibis.memtable(pa.table({"port": pa.array(ports, pa.string()), "status": pa.array(status, pa.string())}))


def _whole_day(table: Any) -> Any:
    """Side facts count for their whole local day."""
    start = table.day.epoch_seconds() * 1000 - _offset()
    return table.mutate(first_at=start, last_at=start + DAY - 1)


def _offset() -> int:
    offset = SHANGHAI.utcoffset(dt.datetime(2026, 1, 1))  # noqa: DTZ001 - the zone's own offset is asked for
    return int(offset.total_seconds() * 1000) if offset else 0


def _by_province(table: Any) -> Any:
    cases = [(table.province == code, 1 << place) for code, place in BIT.items()]
    return _whole_day(table.mutate(bit=ibis.cases(*cases, else_=0).cast("int64")))


Error = duckdb.Error
