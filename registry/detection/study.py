"""What is found out about names and groups, and laid beside the engine's tables: few rows, read in Python."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from registry.detection.brokering import LEAST_OWNERS
from registry.detection.desk import Desk
from registry.detection.kinship import Line, brands, kin, regulated, usual_heads
from registry.kernel.components import components
from registry.signatures.folding import fold, in_its_script
from registry.signatures.lookalikes.index import Index

KIN = {
    "line": "string",
    "folded": "string",
    "kin": "string",
    "regulated": "boolean",
    "like": "string",
    "near": "string",
}
CLUSTERS = {"line": "string", "folded": "string", "value": "string", "cluster": "string"}
DISGUISED = {"signature": "string"}
SHAPES = {"kin": KIN, "clusters": CLUSTERS, "disguised": DISGUISED}
LIKE = 0.75  # from where two names are taken for each other: see the figures of lookalikes
NEAR = 0.6  # one character of four is another one
BESIDE = 3  # names near a signature that are looked at


def questions(tables: dict[str, Any]) -> dict[str, Any]:
    """What has to be read for it, as expressions over the world's tables."""
    facts, permits, parties = tables["facts"], tables["permits"], tables["parties"]
    signed = facts.filter((_.read == "read") & (_.folded != ""))
    loose = signed.anti_join(tables["matched"], "fact").select("line", "folded")
    loose = loose.union(tables["strange"].filter(_.folded != "").select("line", "folded")).distinct()
    at = tables["lines"].semi_join(loose, "line")
    permitted = permits.join(at, "port", rname="at_{name}").select("line", "folded").distinct()
    who = tables["declared"].join(at, "port", rname="at_{name}").select("line", "enterprise").distinct()
    names = who.join(parties, "enterprise", rname="party_{name}").select("line", "name").distinct()
    return {"loose": loose, "permitted": permitted, "names": names, "guarded": tables["guarded"].select("folded")}


def names_studied(desk: Desk, asked: dict[str, Any]) -> pa.Table:
    """How each signature seen without a permit, or with strange links, stands to its line and to guarded names."""
    permitted, names = (_by_line(desk.rows(asked[name])) for name in ("permitted", "names"))
    usual = usual_heads({fold(name) for each in names.values() for name in each})
    index = Index(str(text) for text in desk.rows(asked["guarded"])["folded"].to_pylist())
    lines: dict[str, Line] = {}
    rows = []
    for line, seen in _pairs(desk.rows(asked["loose"])):
        if line not in lines:
            full = [fold(name) for name in names[line]]
            lines[line] = Line(permitted[line], full, brands(permitted[line], full, usual))
        found = lines[line]
        rows.append((line, seen, kin(seen, found).value, regulated(seen, found), *_like(index, seen)))
    schema = ibis.schema(KIN).to_pyarrow()
    return pa.Table.from_pylist([dict(zip(KIN, row, strict=True)) for row in rows], schema)


def disguises(desk: Desk, written: pa.Table) -> pa.Table:
    """Signatures written in another script than the name that they fold to is registered in.

    written: folded and text of those registered ones that are not written as they are folded.
    """
    query = "SELECT signature, folded FROM folds WHERE signature <> folded"
    known = {(folded, in_its_script(text)) for folded, text in _pairs(written)}
    seen = ((text, folded, in_its_script(text)) for text, folded in _pairs(desk.rows(query)))
    found = [text for text, folded, plain in seen if plain != folded and (folded, plain) not in known]
    return pa.table({"signature": pa.array(found, pa.string())})


def _like(index: Index, seen: str) -> tuple[str, str]:
    """The guarded name for which it is taken, and the one that is near; '' for none."""
    found = [one for one in index.nearest(seen, BESIDE) if one.text != seen] if len(index) else []
    return tuple(next((one.text for one in found if one.score >= least), "") for least in (LIKE, NEAR))  # type: ignore[return-value]


def _by_line(table: pa.Table) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line, text in _pairs(table):
        found[line].append(text)
    return found


def _pairs(table: pa.Table) -> Iterable[tuple[str, str]]:
    return ((str(one), str(other)) for one, other in zip(table[0].to_pylist(), table[1].to_pylist(), strict=True))


def groups_studied(desk: Desk, asked: dict[str, Any]) -> pa.Table:
    """Lines whose unrelated owners have a rare value in common that none of them declared, by components."""
    rows = desk.rows(asked["common"]).to_pylist()
    ties = desk.rows(asked["ties"])
    house = components(_pairs(ties))
    houses: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        houses[row["value"]].add(house.get(row["owner"], row["owner"]))
    rows = [row for row in rows if len(houses[row["value"]]) >= LEAST_OWNERS]
    component = components((f"l {row['line']}", f"v {row['value']}") for row in rows)
    told = [
        {name: row[name] for name in ("line", "folded", "value")} | {"cluster": component[f"l {row['line']}"][2:]}
        for row in rows
    ]
    return pa.Table.from_pylist(told, ibis.schema(CLUSTERS).to_pyarrow())
