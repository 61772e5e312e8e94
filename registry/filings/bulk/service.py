"""Taking a file of filings in: kept first, then worked row by row or all at once; a killed one goes on where it was."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import marshmallow as ma
import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit, jobs
from registry.filings import forms
from registry.filings import queries as filings
from registry.filings.bulk import queries, sheets
from registry.filings.bulk.columns import NOTE, PAPERS, REFERENCE, columns, example, values
from registry.filings.bulk.model import BulkFile, BulkRow, BulkState, RowState
from registry.filings.bulk.sheets import Row
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.service.checking import checked, judged, refuse_blocking, whose
from registry.filings.service.handing_in import file as file_one
from registry.jobs.lease import lease
from registry.kernel import clock
from registry.kernel.actor import Actor, ActorKind
from registry.kernel.errors import FieldError, Invalid, Problem
from registry.law import provisions
from registry.settings import current
from registry.store import db, unit_of_work
from registry.store.columns import new_key

TASK = "filing.bulk"
CHUNK = 50  # rows of one commit: what a kill costs at most
Watch = Callable[[int, int], None]  # rows done, of how many


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
    count = sum(1 for _ in _rows(path, form, kind))
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
        place = _place(bulk)
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
                (_whole if bulk.whole else _each)(filer, bulk, watch)
            except Invalid as problem:
                _end(filer, bulk, BulkState.REFUSED, problem)
    return bulk


def _each(actor: Actor, bulk: BulkFile, watch: Watch) -> None:
    """Row by row: what is sound is filed, what is not is answered with its fault."""
    rows = islice(_rows(_place(bulk), bulk.form, bulk.kind), bulk.done, None)
    while chunk := list(islice(rows, CHUNK)):
        answered = [_answered(actor, bulk, row) for row in chunk]
        with unit_of_work() as session:
            _tell(session, bulk, answered)
        watch(bulk.done, bulk.rows)
    _end(actor, bulk, BulkState.DONE)


class _UndoneError(Exception):
    """One row is wrong, so none is filed."""


def _whole(actor: Actor, bulk: BulkFile, watch: Watch) -> None:
    """All or none, in one commit."""
    answered: list[dict[str, Any]] = []
    try:
        with unit_of_work() as session:
            for row in _rows(_place(bulk), bulk.form, bulk.kind):
                answered.append(_answered(actor, bulk, row))
                if answered[-1]["state"] is RowState.REFUSED:
                    raise _UndoneError  # noqa: TRY301 - the unit of work undoes what was filed
                watch(len(answered), bulk.rows)
            _tell(session, bulk, answered)
    except _UndoneError:
        with unit_of_work() as session:
            _tell(session, bulk, list(_judged_alone(bulk)))
        _end(actor, bulk, BulkState.UNDONE)
    else:
        _end(actor, bulk, BulkState.DONE)


def _judged_alone(bulk: BulkFile) -> Iterator[dict[str, Any]]:
    """What each row would get by itself: the wrong ones with their fault, the sound ones left out."""
    for row in _rows(_place(bulk), bulk.form, bulk.kind):
        try:
            asked = _asked(bulk, row)
            refuse_blocking(judged(asked.content, bulk.applicant, clock.now(), asked.papers).results)
        except Problem as problem:
            yield _refused(row, problem)
        else:
            yield {"row": row.number, "reference_id": asked.reference, "state": RowState.LEFT_OUT}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a row asks for."""

    content: Content
    reference: str
    papers: list[str]
    note: str


def _asked(bulk: BulkFile, row: Row) -> _Asked:
    """What a row asks for. Raises Invalid with the fields that can't be read."""
    if row.fault:
        raise Invalid("bulk_row", row.fault, fix="mend the row")
    said = values(bulk.kind, row.cells)
    reference = str(said.pop(REFERENCE, "")) or f"bulk-{bulk.sha256[:16]}-{row.number}"
    papers, note = said.pop(PAPERS, []), str(said.pop(NOTE, ""))
    try:
        content = forms.read(bulk.kind, said, bulk.applicant)
    except ma.ValidationError as error:
        raise _objection(error) from error
    return _Asked(checked(content), reference, list(papers), note)


def _objection(error: ma.ValidationError) -> Invalid:
    found: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call] # the library's has no types
    fix = "correct it as the message says"
    fields = [FieldError(str(name), "invalid", _first(said), fix) for name, said in found.items()]
    return Invalid("invalid", "some cells cannot be read", fields=fields)


def _first(said: Any) -> str:
    while isinstance(said, Mapping | list):
        said = next(iter(said.values() if isinstance(said, Mapping) else said), "")
    return str(said)


def _answered(actor: Actor, bulk: BulkFile, row: Row) -> dict[str, Any]:
    """File one row; what keeps it out is its answer."""
    try:
        asked = _asked(bulk, row)
        before = filings.of_reference(bulk.applicant, asked.reference)
        filing = before or file_one(
            actor,
            asked.content,
            reference_id=asked.reference,
            papers=asked.papers,
            note=asked.note,
            applicant=bulk.applicant,
            submit=True,
        )
    except Problem as problem:
        return _refused(row, problem)
    state = RowState.REPEATED if before else RowState.FILED
    return {"row": row.number, "reference_id": asked.reference, "state": state, "filing": filing.key}


def _refused(row: Row, problem: Problem) -> dict[str, Any]:
    first = problem.fields[0] if problem.fields else FieldError("", problem.code, problem.detail, problem.fix)
    reference, field = str(row.cells.get(REFERENCE) or ""), first.field.removeprefix("content.")
    told = {"code": first.code, "field": field, "message": first.message, "fix": first.fix}
    return {"row": row.number, "state": RowState.REFUSED, "reference_id": reference, **told}


def _tell(session: Session, bulk: BulkFile, answered: list[dict[str, Any]]) -> None:
    """Write what became of some rows, and how far the file is."""
    blank = {"filing": "", "code": "", "field": "", "message": "", "fix": "", "reference_id": ""}
    session.execute(sa.insert(BulkRow), [blank | {"bulk_id": bulk.id} | each for each in answered])
    states = [each["state"] for each in answered]
    bulk.state, bulk.done = BulkState.RUNNING, bulk.done + len(answered)
    bulk.filed += states.count(RowState.FILED)
    bulk.repeated += states.count(RowState.REPEATED)
    bulk.refused += states.count(RowState.REFUSED)


def _end(actor: Actor, bulk: BulkFile, state: BulkState, problem: Invalid | None = None) -> None:
    with unit_of_work():
        bulk.state, bulk.ended_at = state, clock.now()
        if problem:
            bulk.trouble, bulk.fix = problem.detail, problem.fix
        counts = {name: getattr(bulk, name) for name in ("rows", "filed", "repeated", "refused")}
        audit.record(actor, f"bulk.{state}", "bulk_file", bulk.key, after=counts)


def _rows(path: Path, form: str, kind: Kind) -> Iterator[Row]:
    return sheets.rows(path, form, [each.name for each in columns(kind)])


def _place(bulk: BulkFile) -> Path:
    return current().data / "bulk" / f"{bulk.sha256}.{bulk.form}"


def write_result(actor: Actor, key: str, path: Path) -> None:
    """The file as it came, with what became of each row behind it, in the same form."""
    bulk = queries.find(actor, key)
    answers = queries.answers(bulk)
    header = [*(each.name for each in columns(bulk.kind)), "row", "state", "filing", "code", "field", "message", "fix"]
    rows = _rows(_place(bulk), bulk.form, bulk.kind)
    lines = (dict(row.cells) | answers.get(row.number, {"row": row.number}) for row in rows)
    sheets.write(path, bulk.form, header, lines)


def write_template(kind: Kind, path: Path, form: str) -> None:
    """An empty file of a kind: its header and one example row; a spreadsheet also says what stands in each column."""
    listed = columns(kind)
    said = ((each.name, each.said(), each.needed) for each in listed)
    told = [{"column": name, "zh": both.zh, "en": both.en, "needed": needed} for name, both, needed in said]
    sheets.write(path, form, [each.name for each in listed], [example(kind)], told)
