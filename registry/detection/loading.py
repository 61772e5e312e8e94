"""Building the world of a window: facts from their files, the registry from PostgreSQL, joined in one engine."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from registry.detection import snapshot
from registry.detection.desk import Desk, Plan
from registry.detection.scoping import matched_facts, matching_permits, permit_verdicts
from registry.detection.snapshot import Snapshot
from registry.detection.world import World, during, meeting, prefixes, signed
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
    base, province, hour = (traffic.facts(connection, kind, from_day, to_day) for kind in _KINDS)
    return build(connection, base, province, hour, snapshot.read(window))


def build(connection: Any, base: Any, province: Any, hour: Any, registry: Snapshot) -> World:
    """The world of these facts (Ibis tables of the connection) and this registry."""
    desk = Desk(connection)
    tables = {f"registry_{each.name}": getattr(registry, each.name) for each in fields(registry)}
    for name, table in (("base", base), ("province", province), ("hour", hour)):
        desk.see(f"delivered_{name}", table)
    tables |= {"folds": _folds(desk), "plan": _plan(desk), "bits": _BITS}
    for name, table in tables.items():
        desk.put(name, table)
    schemas = tuple((name, ibis.Schema.from_pyarrow(table.schema)) for name, table in tables.items())
    delivered = tuple((f"delivered_{kind}", ibis.schema(traffic.SCHEMAS[kind])) for kind in _KINDS)
    plan, world = _planned(schemas + delivered)
    for name, query in plan.steps:
        desk.make(name, query)
    return replace(world, desk=desk)


def connect() -> Any:
    """An engine for one run."""
    return ibis.duckdb.connect()


@lru_cache(4)
def _planned(schemas: tuple[tuple[str, Any], ...]) -> tuple[Plan, World]:
    """How the world's tables are made from those that lie there, and the world that reads them."""
    plan, there = Plan(), {name: ibis.table(schema, name=name) for name, schema in schemas}
    kept = {name.removeprefix("registry_"): table for name, table in there.items() if name.startswith("registry_")}
    facts = plan.keep("facts", _with_sender(_numbered(there["delivered_base"], there["folds"]), kept["submitters"]))
    over = plan.keep("over", prefixes(there["plan"].select("port")))
    covering, delegated = (plan.keep(f"over_{name}", _over(over, kept[name])) for name in ("ports", "delegations"))
    permits = plan.keep("permits", matching_permits(kept["permits"], over))
    declared = plan.keep("declared", _declared(covering, delegated, permits))
    owned = during(signed(facts), kept["signatures"], "folded").select("fact", "owner").distinct()
    owned = plan.keep("owned", owned)
    measures = kept["stops"], kept["limits"]
    matched = plan.keep("matched", matched_facts(facts, permits, *measures))
    unsure = plan.keep("unsure", facts.semi_join(matched.filter(~_.one_allows), "fact"))
    world = World(
        facts=facts,
        provinces=_by_province(_folded(there["delivered_province"], there["folds"]), there["bits"]),
        hours=_whole_day(_folded(there["delivered_hour"], there["folds"])),
        covering=covering,
        declared=declared,
        delegated=delegated,
        owners=kept["signatures"],
        owned=owned,
        strangers=plan.keep("strangers", _strangers(facts, owned, declared)),
        plan=there["plan"],
        answerable=plan.keep("answerable", _answerable(covering)),
        permits=permits,
        matched=matched,
        verdicts=plan.keep("verdicts", permit_verdicts(unsure, permits, *measures)),
        affiliated=plan.keep("affiliated", kept["relations"].select("one", "other").distinct()),
    )
    return plan, world


_KINDS = ("base", "province", "hour")
_BITS = pa.table({"province": pa.array(BIT), "bit": pa.array([1 << place for place in BIT.values()], pa.int64())})


def _folds(desk: Desk) -> pa.Table:
    """Signatures as they are compared, however they are written. Few are distinct, so Python folds each once."""
    query = " UNION ".join(f"SELECT signature FROM delivered_{kind}" for kind in _KINDS)  # noqa: S608 - our own names
    return _told(desk, "signature", query, "folded", fold)


def _plan(desk: Desk) -> pa.Table:
    """The ports seen, each with what the numbering plan says of it."""
    query = "SELECT DISTINCT port FROM delivered_base"
    return _told(desk, "port", query, "status", lambda port: classify(port).status.value)


def _told(desk: Desk, column: str, query: str, name: str, tell: Callable[[str], str]) -> pa.Table:
    """The texts that a query gives, each with what a function says of it."""
    texts = [str(text) for text in desk.rows(query)[column].to_pylist()]
    return pa.table({column: pa.array(texts, pa.string()), name: pa.array([tell(text) for text in texts], pa.string())})


def _folded(table: Any, folds: Any) -> Any:
    return table.join(folds, "signature", rname="other_{name}")


def _numbered(table: Any, folds: Any) -> Any:
    return _folded(table, folds).mutate(fact=ibis.row_number())


def _with_sender(facts: Any, accounts: Any) -> Any:
    """Adds `sender`: the enterprise of the submitting account, '' where the registry knows none."""
    met = during(facts, accounts, "submitter").filter((_.row_gateway == _.gateway) | (_.row_gateway == ""))
    named = met.group_by("fact").agg(sender=_.enterprise.max())
    joined = facts.left_join(named, "fact", rname="named_{name}").drop("named_fact")
    return joined.mutate(sender=_.sender.fill_null(""))


def _strangers(facts: Any, owned: Any, declared: Any) -> Any:
    """Owners of signatures on ports where none of a fact's owners may stand behind it: fact, owner."""
    placed = facts.select("fact", "port", "first_at", "last_at").join(owned, "fact")
    lawful = meeting(placed.rename(enterprise="owner"), declared, "port", "enterprise")
    return owned.anti_join(lawful.select("fact").distinct(), "fact")


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


def _whole_day(table: Any) -> Any:
    """Side facts count for their whole local day."""
    start = table.day.epoch_seconds() * 1000 - _offset()
    return table.mutate(first_at=start, last_at=start + DAY - 1)


def _offset() -> int:
    offset = SHANGHAI.utcoffset(dt.datetime(2026, 1, 1))  # noqa: DTZ001 - the zone's own offset is asked for
    return int(offset.total_seconds() * 1000) if offset else 0


def _by_province(table: Any, bits: Any) -> Any:
    known = table.left_join(bits, "province", rname="known_{name}").drop("known_province")
    return _whole_day(known.mutate(bit=_.bit.fill_null(0)))
