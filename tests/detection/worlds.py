"""Small worlds for rules: facts go through Parquet and the engine, the registry's rows are given as Arrow tables."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from registry.detection import declarations, engine, engines, history, loading, measured, snapshot
from registry.detection.catalogue import catalogue
from registry.detection.rowset import PERIOD as PERIODS
from registry.detection.world import World
from registry.kernel.clock import FOREVER, SHANGHAI, millis
from registry.law.divisions import province_bits
from registry.permits.scope_values import hours_bits
from registry.signatures.folding import fold

CONNECTION = engines.duckdb()  # one engine for all examples: each world replaces the tables of the one before
CONNECTION.con.execute("SET threads = 1")  # a world of a few rows takes longer to share out than to read
DAY = dt.date(2026, 11, 2)
HOLDER, USER, STRANGER, KIN = "HOLDER", "USER", "STRANGER", "KIN"
CODE, PORT, OTHER = "10690001", "1069000101", "1069000102"
NOTICE, MARKETING = 2, 4


def at(hour: int, day: dt.date = DAY) -> int:
    return millis(dt.datetime.combine(day, dt.time(hour), SHANGHAI))


def seen(**changed: Any) -> dict[str, Any]:
    """One base fact: 100 notices of the user on its own port at ten in the morning, handed in by the holder."""
    fact = {
        "day": DAY,
        "gateway": "G1",
        "port": PORT,
        "submitter": "S-HOLDER",
        "agent": "",
        "signature": "甲银行",
        "read": "read",
        "category": NOTICE,
        "messages": 100,
        "first_at": at(10),
        "last_at": at(11),
        "hours": 1 << 10,
        "provinces": province_bits(["11"]),
        "without_opt_out": 0,
        "missing": 0,
        "extractor": 1,
    }
    return fact | changed


def by_province(province: str, messages: int, **changed: Any) -> dict[str, Any]:
    return _side(province=province, messages=messages, **changed)


def by_hour(hour: int, messages: int, **changed: Any) -> dict[str, Any]:
    return _side(hour=hour, messages=messages, **({"category": MARKETING, "within_grace": 0} | changed))


def says(value: str, messages: int, **changed: Any) -> dict[str, Any]:
    """Messages with a link (`kind="link"`) or a number."""
    side = _side(value=value, messages=messages, **({"kind": "link"} | changed))
    return {name: cell for name, cell in side.items() if name not in ("agent", "category")}


def letter(**changed: Any) -> dict[str, Any]:
    row = {"letter": "L1", "letter_owner": USER, "applicant": KIN, "listed": fold("甲银行")}
    return row | {"denied": False, "confirmed": True} | PERIOD | changed


def declares(value: str, enterprise: str = USER, **changed: Any) -> dict[str, Any]:
    row = {"permit": "P1", "enterprise": enterprise, "kind": "link", "value": value, "path": ""}
    return row | {"beneficiary": False, "ended": False} | changed


def party(enterprise: str, name: str, handler: str = "", industry: str = "") -> dict[str, Any]:
    return {"enterprise": enterprise, "name": name, "handler": handler, "industry": industry}


def _side(**changed: Any) -> dict[str, Any]:
    whole = seen()
    kept = ("day", "gateway", "port", "submitter", "agent", "signature", "category")
    return {name: whole[name] for name in kept} | changed


PERIOD = {"valid_from": 0, "valid_until": FOREVER}


def port_row(prefix: str, **changed: Any) -> dict[str, Any]:
    level = "access_code" if prefix == CODE else "extension"
    row = {"prefix": prefix, "holder": HOLDER, "use": "service", "signing": "single", "level": level}
    return row | PERIOD | changed


def hop(prefix: str, to: str, **changed: Any) -> dict[str, Any]:
    row = {"prefix": prefix, "from_enterprise": HOLDER, "to_enterprise": to, "role": "end_user", "hop_letter": ""}
    return row | PERIOD | changed


def owned(signature: str, owner: str, **changed: Any) -> dict[str, Any]:
    return {"folded": fold(signature), "owner": owner} | PERIOD | changed


def permit(**changed: Any) -> dict[str, Any]:
    row = {
        "permit": "P1",
        "folded": fold("甲银行"),
        "digits": PORT,
        "exact": True,
        "owner": USER,
        "user": USER,
        "permit_categories": NOTICE,
        "permit_provinces": FOREVER,
        "permit_hours": hours_bits("08:00-20:00"),
        "permit_monthly_volume": FOREVER,
        "permit_valid_from": 0,
        "permit_valid_until": FOREVER,
        "permit_letter": "",
        "on_behalf": "none",
        "sleeps": False,
    }
    return row | changed


def account(submitter: str, enterprise: str, **changed: Any) -> dict[str, Any]:
    return {"gateway": "", "submitter": submitter, "enterprise": enterprise} | PERIOD | changed


SHAPES: dict[str, dict[str, pa.DataType]] = {
    "ports": {name: pa.string() for name in ("prefix", "holder", "use", "signing", "level")} | PERIODS,
    "delegations": {name: pa.string() for name in ("prefix", "from_enterprise", "to_enterprise", "role", "hop_letter")}
    | PERIODS,
    "former": snapshot.FORMER,
    "signatures": {"folded": pa.string(), "owner": pa.string()} | PERIODS,
    "written": snapshot.WRITTEN,
    "submitters": {name: pa.string() for name in ("gateway", "submitter", "enterprise")} | PERIODS,
    "relations": {"one": pa.string(), "other": pa.string()} | PERIODS,
    "permits": snapshot.PERMIT_SHAPE,
    "stops": measured.STOPS,
    "limits": {
        "permit": pa.string(),
        "left_categories": pa.int64(),
        "left_volume": pa.int64(),
        "left_hours": pa.int64(),
        "limited_from": pa.int64(),
        "limited_until": pa.int64(),
    },
    "halted": measured.HALTED,
    "letters": declarations.LETTERS,
    "values": declarations.VALUES,
    "shared": declarations.SHARED,
    "parties": declarations.PARTIES,
    "guarded": declarations.GUARDED,
    "complained": declarations.COMPLAINED,
    "rates": declarations.RATES,
}


def registry(**changed: list[dict[str, Any]]) -> snapshot.Snapshot:
    """An orderly registry: an access code, the user's extension with a notice permit, three known signatures."""
    rows: dict[str, list[dict[str, Any]]] = {
        "ports": [port_row(CODE, signing="shared"), port_row(PORT)],
        "delegations": [hop(PORT, USER)],
        "signatures": [owned("甲银行", USER), owned("乙商城", STRANGER), owned("丙服务", HOLDER)],
        "submitters": [account("S-HOLDER", HOLDER), account("S-STRANGER", STRANGER)],
        "relations": [],
        "permits": [permit()],
        "rates": [{"suspend": 0.25, "shut": 0.4}],
        "parties": [party(USER, "杭州甲银行有限公司"), party(HOLDER, "丙服务短信有限公司")],
    }
    rows = {name: [] for name in SHAPES} | rows | changed
    tables = {name: pa.Table.from_pylist(each, pa.schema(SHAPES[name])) for name, each in rows.items()}
    return snapshot.Snapshot(**tables)


def world(
    folder: Path,
    facts: list[dict[str, Any]],
    provinces: list[dict[str, Any]] = (),
    hours: list[dict[str, Any]] = (),
    said: list[dict[str, Any]] = (),
    past: list[dict[str, Any]] = (),
    past_provinces: list[dict[str, Any]] = (),
    **changed: list[dict[str, Any]],
) -> World:
    """A world whose facts, also those of the days before, were written to Parquet and read by the engine."""
    tables = {}
    first = min(row["day"] for row in facts) - dt.timedelta(days=history.RECENT)
    for name, rows, shape in (
        ("earlier", [row for row in past if row["day"] < first], seen()),
        ("recent", [row for row in past if row["day"] >= first], seen()),
        ("recent_province", past_provinces, by_province("11", 1)),
        ("base", facts, seen()),
        ("province", provinces, by_province("11", 1)),
        ("hour", hours, by_hour(1, 1)),
        ("contact", said, says("x.cn", 1)),
    ):
        file = folder / f"{name}.parquet"
        pq.write_table(pa.Table.from_pylist(list(rows), pa.Table.from_pylist([shape]).schema), file)
        tables[name] = CONNECTION.read_parquet(file).select(*loading.DELIVERED[name])
    return loading.build(CONNECTION, tables, registry(**changed))


def judge(code: str, made: World) -> engine.Outcome:
    """What one rule says of a world."""
    return engine.apply(catalogue()[code], made, DAY)
