"""Answering the rows of a file: slice by slice, each in one commit, or all in one."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from registry import audit, jobs
from registry.filings.bulk.asking import Answer, refused, request, told
from registry.filings.bulk.model import BulkFile, BulkRow, BulkState, RowState
from registry.filings.bulk.places import rows_of
from registry.filings.bulk.sheets import Row
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.queries import of_references
from registry.filings.queries.gathering import Ask
from registry.filings.service.checking import judged_all, refuse_blocking
from registry.filings.service.handing_in_many import ALONE, Request, file_alone, file_many
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, Invalid, Problem
from registry.store import unit_of_work
from registry.store.adding import add_rows

SLICE = 500  # rows of one commit: what a kill costs at most
LOOK = "filing.bulk_lookalikes"
Watch = Callable[[int, int], None]  # rows done, of how many
_LOCK = sa.text("SELECT pg_advisory_xact_lock(:number)")


def each(actor: Actor, bulk: BulkFile, watch: Watch) -> None:
    """Row by row: what is sound is filed, what is not is answered with its fault."""
    size = 1 if bulk.kind in ALONE else SLICE
    for rows in _slices(bulk, bulk.done, size):
        _answer(actor, bulk, rows)
        watch(bulk.done, bulk.rows)
    with unit_of_work():
        end(actor, bulk, BulkState.DONE)


class _UndoneError(Exception):
    """One row is wrong, so none is filed."""


def whole(actor: Actor, bulk: BulkFile, watch: Watch) -> None:
    """All or none, in one commit; what was undone is judged anew, so that each wrong row learns its fault."""
    trouble: Problem | None = None
    if not bulk.done:  # else it was undone already, and its rows are being told
        try:
            _all(actor, bulk, watch)
        except _UndoneError:
            pass
        except (Conflict, DataError) as error:
            trouble = _as_problem(error)
        else:
            return
    for rows in _slices(bulk, bulk.done, SLICE):
        with unit_of_work() as session:
            _tell(session, bulk, _judged(bulk, rows))
        watch(bulk.done, bulk.rows)
    with unit_of_work():
        end(actor, bulk, BulkState.UNDONE, trouble)


def end(actor: Actor, bulk: BulkFile, state: BulkState, trouble: Problem | None = None) -> None:
    """The file is answered; lookalikes of its signatures are looked for from now on."""
    bulk.state, bulk.ended_at = state, clock.now()
    if trouble:
        bulk.trouble, bulk.fix = trouble.detail, trouble.fix
    if bulk.kind is Kind.SIGNATURE and state is BulkState.DONE and bulk.filed:
        bulk.unsearched = bulk.filed
        jobs.enqueue(LOOK, key=bulk.key)
    counts = {name: getattr(bulk, name) for name in ("rows", "filed", "repeated", "refused")}
    audit.record(actor, f"bulk.{state}", "bulk_file", bulk.key, after=counts)


def _all(actor: Actor, bulk: BulkFile, watch: Watch) -> None:
    with unit_of_work() as session:
        _wait_for_twins(session, bulk)
        for rows in _slices(bulk, 0, SLICE):
            with _collecting_later():
                answers = _answers(actor, bulk, rows)
            if any(one["state"] is RowState.REFUSED for one in answers):
                raise _UndoneError
            _tell(session, bulk, answers)
            audit.put_aside()
            watch(bulk.done, bulk.rows)
        end(actor, bulk, BulkState.DONE)


def _slices(bulk: BulkFile, done: int, size: int) -> Iterator[list[Row]]:
    rows = islice(rows_of(bulk), done, None)
    while some := list(islice(rows, size)):
        yield some


def _answer(actor: Actor, bulk: BulkFile, rows: Sequence[Row]) -> None:
    """Answer some rows in one commit. What only the database refuses is found by halving, and spoils no other row."""
    try:
        with _collecting_later(), unit_of_work() as session:
            _wait_for_twins(session, bulk)
            _tell(session, bulk, _answers(actor, bulk, rows))
    except (Conflict, DataError) as error:
        if len(rows) == 1:
            with unit_of_work() as session:
                _tell(session, bulk, [refused(rows[0], _as_problem(error))])
            return
        for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
            _answer(actor, bulk, half)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Let cycles of objects lie for a slice: looking for them among all that the registry holds takes a third of it."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _as_problem(error: Problem | DataError) -> Problem:
    if isinstance(error, Problem):
        return error
    return Invalid("bulk_row", "it holds something that cannot be stored", fix="mend the row")


def _answers(actor: Actor, bulk: BulkFile, rows: Sequence[Row]) -> list[Answer]:
    """What becomes of each row, in their order. A reference that was used is answered with its first filing."""
    found: dict[int, Answer] = {}
    asked = list(_readable(bulk, rows, found))
    before = of_references(bulk.applicant, {one.reference_id for _row, one in asked})
    new: dict[str, tuple[Row, Request]] = {}
    twins: list[Row] = []
    for row, one in asked:
        if one.reference_id in before:
            found[row.number] = told(row, RowState.REPEATED, one.reference_id, before[one.reference_id])
        elif new.setdefault(one.reference_id, (row, one))[0] is not row:
            twins.append(row)
    _file(actor, bulk, list(new.values()), found)
    if twins:
        found |= {one["row"]: one for one in _answers(actor, bulk, twins)}
    return [found[row.number] for row in rows]


def _readable(bulk: BulkFile, rows: Sequence[Row], found: dict[int, Answer]) -> Iterator[tuple[Row, Request]]:
    for row in rows:
        try:
            yield row, request(bulk, row)
        except Problem as problem:
            found[row.number] = refused(row, problem)


def _file(actor: Actor, bulk: BulkFile, asked: Sequence[tuple[Row, Request]], found: dict[int, Answer]) -> None:
    requests = [one for _row, one in asked]
    if bulk.kind in ALONE:
        answers = [file_alone(actor, bulk.applicant, one) for one in requests]
    else:
        answers = file_many(actor, bulk.applicant, requests)
    for (row, one), answer in zip(asked, answers, strict=True):
        if isinstance(answer, Filing):
            found[row.number] = told(row, RowState.FILED, one.reference_id, answer.key)
        else:
            found[row.number] = refused(row, answer)


def _judged(bulk: BulkFile, rows: Sequence[Row]) -> list[Answer]:
    """What each row would get by itself: the wrong ones with their fault, the sound ones left out."""
    found: dict[int, Answer] = {}
    asked = list(_readable(bulk, rows, found))
    asks = [Ask(one.content, bulk.applicant, one.papers) for _row, one in asked]
    for (row, one), judged in zip(asked, judged_all(asks, clock.now(), search=False), strict=True):
        try:
            refuse_blocking(judged.results, judged.content)
        except Problem as problem:
            found[row.number] = refused(row, problem)
        else:
            found[row.number] = told(row, RowState.LEFT_OUT, one.reference_id)
    return [found[row.number] for row in rows]


def _tell(session: Session, bulk: BulkFile, answers: Sequence[Answer]) -> None:
    """Write what became of some rows, and how far the file is."""
    add_rows(session, BulkRow, [{"bulk_id": bulk.id} | one for one in answers])
    states = [one["state"] for one in answers]
    bulk.state, bulk.done = BulkState.RUNNING, bulk.done + len(answers)
    bulk.filed += states.count(RowState.FILED)
    bulk.repeated += states.count(RowState.REPEATED)
    bulk.refused += states.count(RowState.REFUSED)


def _wait_for_twins(session: Session, bulk: BulkFile) -> None:
    """Two files of one applicant may name the same references: the second waits for the first one's commit."""
    name = hashlib.sha256(f"bulk\n{bulk.applicant}".encode()).digest()[:8]
    session.execute(_LOCK, {"number": int.from_bytes(name, signed=True)})
