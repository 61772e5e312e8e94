"""What a run has counted, written as drafts: facts, tags, samples, parts that wait, rejects."""

# ruff: noqa: S608 - the SQL is made of our own fixed names; what comes from outside goes through `quoted`

import datetime as dt
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from registry.settings import Settings
from registry.traffic import reading, sealed
from registry.traffic.columns import FAULTS
from registry.traffic.folder import Drafts, sync_folder
from registry.traffic.model import FactKind
from registry.traffic.refining import Refinery
from registry.traffic.typed import quoted

EPOCH = dt.date(1970, 1, 1)
PARTS_BOX = 50_000
BOX = 1000  # samples that are sealed together: what is decrypted to show one
SHOWN = 4  # characters of a rejected value: a sender that is no port may be somebody's own number
_QUERIES = {
    FactKind.BASE: reading.base_facts,
    FactKind.PROVINCE: reading.province_facts,
    FactKind.HOUR: reading.hour_facts,
    FactKind.CONTACT: reading.contact_facts,
}


def write_facts(refinery: Refinery, run: Drafts, name: str) -> None:
    """One draft for each day and kind of fact, and for each day's tags: who delivers a message again counts no more."""
    facts = [(kind, day, query(day), count) for day, count in refinery.days() for kind, query in _QUERIES.items()]
    facts += [(FactKind.SEEN, day, _tags(day), 0) for (day,) in refinery.tagged_days()]
    drafts = [run.place() for _ in facts]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # a file of facts is too small for the engine to share its work
        written = list(pool.map(refinery.write, [query for _, _, query, _ in facts], drafts))
    for (kind, day, _, messages), draft, rows in zip(facts, drafts, written, strict=True):
        run.add(draft, kind, EPOCH + dt.timedelta(day), f"{name}.parquet", rows, messages)


def _tags(day: int) -> str:
    return f"SELECT tag FROM tag WHERE day = {day} AND line NOT IN (FROM dropped)"


def write_waiting(refinery: Refinery, run: Drafts, name: str, settings: Settings) -> None:
    """One draft with the parts whose siblings did not come yet, sealed in boxes, or none."""
    draft = run.place()
    rows = _write_sealed(refinery.boxes("FROM left_over ORDER BY port", PARTS_BOX), draft, settings, "waiting")
    run.add(draft, FactKind.WAITING, None, f"{name}.parquet", rows, 0)


def write_samples(refinery: Refinery, run: Drafts, name: str, settings: Settings) -> None:
    """One draft for each day: up to three messages of each base fact, sealed in boxes by port."""
    refinery.draw_samples(*sealed.hmac_pads(settings.hashing_key))
    for day, _messages in refinery.days():
        date, draft = EPOCH + dt.timedelta(day), run.place()
        rows = _write_sealed(refinery.boxes(reading.samples(day), BOX), draft, settings, "sample")
        run.add(draft, FactKind.SAMPLE, date, f"{name}.parquet", rows, 0)


def _write_sealed(boxes: Iterable[Any], draft: Path, settings: Settings, purpose: str) -> int:
    """Each box a row group of its own, so that neither writer nor reader holds more than one; how many rows."""
    rows = 0
    with pq.ParquetWriter(draft, sealed.BOXES) as writer:
        for box in boxes:
            writer.write_table(sealed.boxed(settings.encryption_key, box, purpose))
            rows += box.num_rows
    return rows


def write_rejects(refinery: Refinery, folder: Path) -> Path | None:
    """A CSV of line, column, code, reason and value of each rejected row; None where there is none.

    The row itself is not repeated, for it may hold somebody's number and text: file and line find it at the gateway.
    Of a port or a province that can't be one the first characters are shown.
    """
    if not refinery.counts.rejected:
        return None
    target = folder / "rejects.csv"
    reasons = " ".join(f"WHEN {quoted(code)} THEN {quoted(reason)}" for code, reason in FAULTS.items())
    column = "split_part(fault, ':', 1)"
    shown = f"CASE {column} WHEN 'port' THEN port WHEN 'province' THEN province ELSE '' END"
    query = f"""SELECT line, {column} AS "column", split_part(fault, ':', 2) AS code,
        CASE fault {reasons} END AS reason,
        left({shown}, {SHOWN}) AS value FROM given WHERE fault <> '' ORDER BY line"""
    refinery.do(f"COPY ({query}) TO {quoted(str(target))} (FORMAT csv, HEADER)")
    return target


def keep(draft: Path, target: Path) -> None:
    """Give a draft its name outside the facts folder; on return it has reached the disk."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)
    sync_folder(target.parent)
