"""Files of filings: kept first, then worked; a killed one goes on where it was. Their results and empty files."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registry import audit, jobs
from registry.filings import service as filings
from registry.filings.bulk import queries, sheets, working
from registry.filings.bulk.columns import columns, example
from registry.filings.bulk.model import BulkFile, BulkState
from registry.filings.bulk.places import place_of, rows_at, rows_of
from registry.filings.bulk.working import Watch
from registry.filings.kinds import Kind
from registry.filings.service.checking import whose
from registry.jobs.lease import lease
from registry.kernel import clock
from registry.kernel.actor import Actor, ActorKind
from registry.kernel.errors import Invalid
from registry.law import provisions
from registry.store import db, unit_of_work
from registry.store.columns import new_key

TASK = "filing.bulk"
LOOKED_AT = 20  # signatures whose lookalikes are looked for in one commit: half a second's work


def _nobody(_done: int, _of: int) -> None:
    """Nobody watches."""


def take(
    actor: Actor, kind: Kind, path: Path, name: str, *, applicant: str | None = None, whole: bool = False
) -> BulkFile:
    """Keep a file as `keep` does. Small ones are worked at once, larger ones by the worker."""
    bulk = keep(actor, kind, path, name, applicant=applicant, whole=whole)
    if bulk.rows <= provisions.integer("filings.bulk_rows", clock.now()):
        return work(actor, bulk.key)
    with unit_of_work():
        jobs.enqueue(TASK, key=bulk.key)
    return bulk


def keep(
    actor: Actor, kind: Kind, path: Path, name: str, *, applicant: str | None = None, whole: bool = False
) -> BulkFile:
    """Keep a file and say how many rows it has.

    Raises Invalid for a file that can't be read, or whose header names columns that the kind does not have.
    """
    actor.require("filing.submit")
    form, applicant = sheets.form_of(name), whose(actor, applicant)
    count = sum(1 for _ in rows_at(path, form, kind))
    if not count:
        raise Invalid("bulk_empty", "it has a header and no rows", fix="fill a row for each filing")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with unit_of_work() as session:
        bulk = BulkFile(
            key=new_key("BLK"),
            applicant=applicant,
            kind=kind,
            name=Path(name).name[:200],
            form=form,
            sha256=digest,
            whole=whole,
            state=BulkState.ORDERED,
            rows=count,
            asked_by=actor.name,
            asked_at=clock.now(),
        )
        place = place_of(bulk)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        place.chmod(0o600)
        session.add(bulk)
        session.flush()
        after = {"kind": kind, "sha256": digest, "rows": count, "whole": whole, "applicant": applicant}
        audit.record(actor, "bulk.taken", "bulk_file", bulk.key, after=after)
    return bulk


def work(actor: Actor, key: str, watch: Watch = _nobody) -> BulkFile:
    """Answer the rows that are not answered yet. Raises Conflict while another process works it."""
    bulk = queries.find(actor, key)
    with lease(f"bulk {key}"):
        db.session.refresh(bulk)
        if bulk.state in (BulkState.ORDERED, BulkState.RUNNING):
            filer = Actor(bulk.asked_by, ActorKind.JOB, frozenset({"filing.submit"}), bulk.applicant)
            try:
                (working.whole if bulk.whole else working.each)(filer, bulk, watch)
            except Invalid as problem:
                with unit_of_work():
                    working.end(filer, bulk, BulkState.REFUSED, problem)
    return bulk


def look_for_lookalikes(actor: Actor, key: str, watch: Watch = _nobody) -> BulkFile:
    """Look for the lookalikes of a file's signatures that wait for it, some at once; a killed one goes on.

    Raises Conflict while another process does.
    """
    bulk = queries.find(actor, key)
    with lease(f"lookalikes {key}"):
        last, found = 0, 0
        while some := queries.unsearched(bulk, last, LOOKED_AT):
            found += filings.look_for_lookalikes([filing for _row, filing in some])
            last = some[-1][0]
            with unit_of_work():
                bulk.unsearched = max(0, bulk.unsearched - len(some))
            watch(bulk.filed - bulk.unsearched, bulk.filed)
        with unit_of_work():
            bulk.unsearched = 0
            after = {"filed": bulk.filed, "alike": found}
            audit.record(actor, "bulk.lookalikes", "bulk_file", bulk.key, after=after)
    return bulk


def write_result(actor: Actor, key: str, path: Path) -> None:
    """The file as it came, with what became of each row behind it, in the same form."""
    bulk = queries.find(actor, key)
    header = [*(each.name for each in columns(bulk.kind)), "row", "state", "filing", "code", "field", "message", "fix"]
    sheets.write(path, bulk.form, header, _answered(bulk))


def _answered(bulk: BulkFile) -> Iterator[dict[str, Any]]:
    """The cells of each row and its answer: both come by their numbers, so neither is held as a whole."""
    answers = queries.answers(bulk)
    answer = next(answers, None)
    for row in rows_of(bulk):
        mine = answer is not None and answer["row"] == row.number
        yield dict(row.cells) | (answer if mine and answer else {"row": row.number})
        answer = next(answers, None) if mine else answer


def write_template(kind: Kind, path: Path, form: str) -> None:
    """An empty file of a kind: its header and one example row; a spreadsheet also says what stands in each column."""
    listed = columns(kind)
    said = ((each.name, each.said(), each.needed) for each in listed)
    told = [{"column": name, "zh": both.zh, "en": both.en, "needed": needed} for name, both, needed in said]
    sheets.write(path, form, [each.name for each in listed], [example(kind)], told)
