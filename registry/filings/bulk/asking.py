"""What a row of a file asks for, and how an answer says what keeps a row out."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from registry.filings import forms
from registry.filings.bulk.columns import NOTE, PAPERS, REFERENCE, values
from registry.filings.bulk.model import BulkFile, RowState
from registry.filings.bulk.sheets import Row
from registry.filings.service.checking import checked
from registry.filings.service.handing_in_many import Request
from registry.kernel.errors import FieldError, Invalid, Problem

Answer = dict[str, Any]
"""What became of a row, by the names of its columns in `bulk_row`."""

_BESIDE = forms.BesideForm()
_BLANK = {"filing": "", "code": "", "field": "", "message": "", "fix": ""}


def request(bulk: BulkFile, row: Row) -> Request:
    """What a row asks for. Raises Invalid with the fields that can't be read.

    A row without a reference of its own has the file's digest and its number for one.
    """
    if row.fault:
        raise Invalid("bulk_row", row.fault, fix="mend the row")
    said = values(bulk.kind, row.cells)
    try:
        beside = _BESIDE.load({name: said.pop(name) for name in (REFERENCE, PAPERS, NOTE) if name in said})
        content = forms.read(bulk.kind, said, bulk.applicant)
    except ma.ValidationError as error:
        raise _objection(error) from error
    reference = beside["reference_id"] or f"bulk-{bulk.sha256[:16]}-{row.number}"
    return Request(checked(content), reference, tuple(beside["papers"]), beside["note"])


def told(row: Row, state: RowState, reference: str, filing: str = "") -> Answer:
    """The answer to a row that nothing keeps out."""
    return _BLANK | {"row": row.number, "reference_id": reference, "state": state, "filing": filing}


def refused(row: Row, problem: Problem) -> Answer:
    """The answer to a row that something keeps out: the first objection."""
    first = problem.fields[0] if problem.fields else FieldError("", problem.code, problem.detail, problem.fix)
    why = {"code": first.code, "field": first.field.removeprefix("content."), "message": first.message}
    return told(row, RowState.REFUSED, _reference(row)) | why | {"fix": first.fix}


def _reference(row: Row) -> str:
    said = row.cells.get(REFERENCE)
    return said[:100].replace("\0", "") if isinstance(said, str) else ""


def _objection(error: ma.ValidationError) -> Invalid:
    found: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call] # the library's has no types
    fix = "correct it as the message says"
    fields = [FieldError(str(name), "invalid", _first(said), fix) for name, said in found.items()]
    return Invalid("invalid", "some cells cannot be read", fields=fields)


def _first(said: Any) -> str:
    while isinstance(said, Mapping | list):
        said = next(iter(said.values() if isinstance(said, Mapping) else said), "")
    return str(said)
