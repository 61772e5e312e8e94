"""Building the world of a window: facts from their files, the registry from PostgreSQL, joined in one engine."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from registry.detection import engines, history, snapshot, study
from registry.detection.brokering import common
from registry.detection.desk import Desk, Plan
from registry.detection.lines import lines as lines_of
from registry.detection.scoping import matched_facts, matching_permits, permit_verdicts, stopped_above
from registry.detection.snapshot import Snapshot
from registry.detection.speaking import NAMES, spoken, spoken_of, spread, strange
from registry.detection.world import World, during, meeting, prefixes, signed
from registry.kernel import clock
from registry.kernel.clock import SHANGHAI
from registry.law.divisions import BIT
from registry.ports.plan import classify
from registry.signatures.folding import fold
from registry.store.periods import period
from registry.traffic import queries as traffic
from registry.traffic.model import FactFile

DAY = 86_400_000  # milliseconds; Asia/Shanghai has no summer time


def load(connection: Any, from_day: dt.date, to_day: dt.date, registry: Snapshot | None = None) -> World:
    """The world of these days, both included; over another registry than the one that stands, where it is given."""
    return build(connection, delivered(connection, from_day, to_day), registry or registered(from_day, to_day))


def delivered(
    connection: Any, from_day: dt.date, to_day: dt.date, files: Collection[int] | None = None
) -> dict[str, Any]:
    """The facts of these days by kind and those of the days before them; `files` as in `traffic.facts`."""
    found = {kind: traffic.facts(connection, kind, from_day, to_day, files) for kind in KINDS}
    return found | history.facts(connection, from_day, files)


def listed(from_day: dt.date, to_day: dt.date) -> list[FactFile]:
    """The files that all of these stand in."""
    return [file for kind in KINDS for file in traffic.listed(kind, from_day, to_day)] + history.listed(from_day)


def registered(from_day: dt.date, to_day: dt.date) -> Snapshot:
    """The registry of these days, as it is known now."""
    return snapshot.read(period(clock.midnight(from_day), clock.midnight(to_day + dt.timedelta(days=1))))


def build(connection: Any, facts: dict[str, Any], registry: Snapshot) -> World:
    """The world of these facts by kind (Ibis tables of the connection) and this registry."""
    desk = engines.desk_on(connection)
    tables = {f"registry_{each.name}": getattr(registry, each.name) for each in fields(registry)}
    for name in DELIVERED:
        desk.see(f"delivered_{name}", facts[name])
    tables |= {"folds": _folds(desk), "plan": _plan(desk), "bits": _BITS}
    for name, table in tables.items():
        desk.put(name, table)
    schemas = tuple((name, ibis.Schema.from_pyarrow(table.schema)) for name, table in tables.items())
    seen = tuple((f"delivered_{name}", ibis.schema(shape)) for name, shape in DELIVERED.items())
    planned = _planned(schemas + seen)
    for name, query in planned.plan.steps:
        desk.promise(name, partial(desk.make, name, query))
    desk.promise("kin", lambda: desk.put("kin", study.names_studied(desk, planned.names)))
    desk.promise("clusters", lambda: desk.put("clusters", study.groups_studied(desk, planned.groups)))
    desk.promise("disguised", lambda: desk.put("disguised", study.disguises(desk, registry.written)))
    return replace(planned.world, desk=desk)


@dataclass(frozen=True, slots=True)
class _Planned:
    """The steps that make the world's tables, what is then asked to study names and groups, and the world over all."""

    plan: Plan
    names: dict[str, Any]
    groups: dict[str, Any]
    world: World


@lru_cache(4)
def _planned(schemas: tuple[tuple[str, Any], ...]) -> _Planned:
    """How the world's tables are made from those that lie there, and the world that reads them."""
    plan, there = Plan(), {name: ibis.table(schema, name=name) for name, schema in schemas}
    kept = {name.removeprefix("registry_"): table for name, table in there.items() if name.startswith("registry_")}
    over = plan.keep("over", prefixes(there["plan"].select("port")))
    lines = plan.keep("lines", lines_of(over, kept["ports"], kept["delegations"], kept["permits"]))
    tables = {"lines": lines, "plan": there["plan"], "owners": kept["signatures"]}
    tables |= {name: kept[name] for name in AS_READ}
    tables |= _registered(plan, kept, over, lines)
    tables |= _delivered(plan, there, tables, kept["submitters"])
    tables |= _held(plan, kept, tables)
    tables |= _said(plan, kept, tables)
    tables |= history.kept(plan, there, tables, kept)
    names, groups = study.questions(tables), {"ties": kept["relations"].select("one", "other")}
    groups |= {"common": common(tables)}
    studied = {name: ibis.table(ibis.schema(shape), name=name) for name, shape in study.SHAPES.items()}
    return _Planned(plan, names, groups, World(**tables, **studied))


def _delivered(plan: Plan, there: dict[str, Any], tables: dict[str, Any], accounts: Any) -> dict[str, Any]:
    """The facts of every kind, on their lines and with the enterprises behind their accounts.

    What enterprises outside the chain hand in is one story (S204): the side facts leave it out, so that no second
    story is told of the same messages.
    """
    at = {kind: _folded(there[f"delivered_{kind}"], there["folds"]).join(tables["lines"], "port") for kind in KINDS}
    sent = _with_account(_numbered(at["base"]), accounts, tables["declared"], "submitter", "sender")
    facts = plan.keep("facts", _with_account(sent, accounts, tables["declared"], "agent", "passer"))
    outside = plan.keep("outside", _outside(facts, tables["declared"]))
    inside = {kind: at[kind].anti_join(outside, ["gateway", "port", "submitter"]) for kind in KINDS[1:]}
    named = spoken_of(inside["contact"], there["folds"], tables["owners"], tables["related"])
    return {
        "facts": facts,
        "outside": outside,
        "provinces": _by_province(inside["province"], there["bits"]),
        "hours": _whole_day(inside["hour"]),
        "spoken": plan.keep("spoken", _whole_day(spoken(inside["contact"]))),
        "named": plan.keep("named", _whole_day(named)),
    }


def _outside(facts: Any, declared: Any) -> Any:
    """Accounts of known enterprises that were at no time part of a port's chain: gateway, port, submitter."""
    known = facts.filter(_.sender != "")
    lawful = meeting(known, declared.rename(sender="enterprise"), "port", "sender").select("fact")
    keys = ("gateway", "port", "submitter")
    outside = known.anti_join(lawful, "fact").select(*keys).distinct()
    return outside.anti_join(known.semi_join(lawful, "fact").select(*keys).distinct(), list(keys))


def _registered(plan: Plan, kept: dict[str, Any], over: Any, lines: Any) -> dict[str, Any]:
    """What the registry says over each port seen: rows, hops, permits, and who is a party."""
    covering, delegated = (plan.keep(f"over_{name}", _over(over, kept[name])) for name in ("ports", "delegations"))
    permits = plan.keep("permits", matching_permits(kept["permits"], over))
    declared = plan.keep("declared", _declared(covering, delegated, permits))
    return {
        "covering": covering,
        "delegated": delegated,
        "former": plan.keep("over_former", _over(over, kept["former"])),
        "permits": permits,
        "declared": declared,
        "permitted": plan.keep("permitted", permits.join(lines, "port")),
        "stopped": plan.keep("stopped", stopped_above(kept["permits"], over, kept["stops"])),
        "related": plan.keep("related", _related(declared, delegated, lines)),
        "tied": plan.keep("tied", _tied(declared, kept["relations"])),
        "answerable": plan.keep("answerable", _answerable(covering)),
        "affiliated": plan.keep("affiliated", kept["relations"].select("one", "other").distinct()),
    }


def _held(plan: Plan, kept: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    """Facts held against the registry: whose signatures they bear, and what permits say of them."""
    facts, permits = tables["facts"], tables["permits"]
    owned = during(signed(facts), kept["signatures"], "folded").select("fact", "owner").distinct()
    owned = plan.keep("owned", owned)
    measures = kept["stops"], kept["limits"]
    matched = plan.keep("matched", matched_facts(facts, permits, *measures))
    unsure = plan.keep("unsure", facts.semi_join(matched.filter(~_.one_allows), "fact"))
    return {
        "owned": owned,
        "strangers": plan.keep("strangers", _strangers(facts, owned, tables["declared"])),
        "matched": matched,
        "verdicts": plan.keep("verdicts", permit_verdicts(unsure, permits, *measures)),
    }


def _said(plan: Plan, kept: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    """Links and numbers that nobody declared for the line, and how many carry each."""
    said, parties = tables["spoken"], (tables["permitted"], tables["related"])
    odd = plan.keep("strange", strange(said, *parties, kept["values"], kept["shared"]))
    return {"strange": odd, "spread": plan.keep("spread", spread(said))}


AS_READ = ("values", "letters", "limits", "halted", "parties", "guarded", "complained", "rates")
KINDS = ("base", "province", "hour", "contact")
DELIVERED = {kind: traffic.SCHEMAS[kind] for kind in KINDS} | history.SCHEMAS
_BITS = pa.table({"province": pa.array(BIT), "bit": pa.array([1 << place for place in BIT.values()], pa.int64())})


def _folds(desk: Desk) -> pa.Table:
    """Signatures as they are compared, however they are written. Few are distinct, so Python folds each once."""
    queries = [f"SELECT signature FROM delivered_{name}" for name in DELIVERED]  # noqa: S608 - our own names
    queries.append(f"SELECT value AS signature FROM delivered_contact WHERE kind IN {NAMES}")  # noqa: S608
    query = " UNION ".join(queries)
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


def _numbered(table: Any) -> Any:
    return table.mutate(fact=ibis.row_number())


def _with_account(facts: Any, accounts: Any, declared: Any, column: str, name: str) -> Any:
    """Adds under `name` the enterprise of the account in a column, '' where the registry knows none.

    Of several that have one account, at this gateway and at all, it is the one who may stand behind messages of the
    port, then the one at this gateway.
    """
    met = during(facts, accounts.rename({column: "submitter"}) if column != "submitter" else accounts, column)
    met = met.filter((_.row_gateway == _.gateway) | (_.row_gateway == ""))
    may = declared.select("port", "enterprise").distinct().mutate(may=True)
    met = met.left_join(may, ["port", "enterprise"], rname="may_{name}")
    first = ibis.cases((met.may.notnull(), "2"), (met.row_gateway != "", "1"), else_="0")
    best = met.mutate(best=first + met.enterprise).group_by("fact").agg(best=_.best.max())
    joined = facts.left_join(best, "fact", rname="named_{name}").drop("named_fact")
    return joined.mutate(**{name: _.best.substr(1).fill_null("")}).drop("best")


def _related(declared: Any, delegated: Any, lines: Any) -> Any:
    """Everybody who is a party to a line: line, enterprise."""
    givers = delegated.select("port", enterprise=_.from_enterprise)
    found = declared.select("port", "enterprise").union(givers).join(lines, "port")
    return found.select("line", "enterprise").distinct()


def _tied(declared: Any, relations: Any) -> Any:
    """Enterprises that are tied to somebody who may stand behind messages of a port: port, other."""
    met = declared.select("port", "enterprise").distinct().join(relations, _.enterprise == relations.one)
    return met.select("port", "other").distinct()


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
