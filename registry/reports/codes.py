"""All opened codes at the end of a quarter, with what was opened and what ended in it.

Source: rules on telecommunication codes: basic carriers report all opened codes, with the last quarter's additions and
ends, within the first ten days of each quarter.
"""

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from itertools import groupby
from typing import IO

import sqlalchemy as sa

from registry.enterprises.model import Enterprise
from registry.kernel import clock
from registry.ports.model import Port
from registry.reports.quarter import Quarter
from registry.store import db
from registry.store.periods import known

FORMS = ("csv", "xlsx")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK = 5000
SHEET_ROWS = 1_000_000  # of one sheet; the format holds 1,048,576
KEPT, ADDED, ENDED, BOTH = "kept", "added", "ended", "added_and_ended"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Code:
    """One opened code. `change`: kept, added or ended in the quarter; `ended_on` is the first day it is closed."""

    port: str
    level: str
    holder: str
    holder_name: str
    use: str
    signing: str
    max_length: int
    provinces: str
    office: str
    standing: str
    opened_on: str
    ended_on: str
    change: str


COLUMNS = tuple(field.name for field in fields(Code))


def codes(quarter: Quarter) -> Iterator[Code]:
    """The codes of a quarter, by their digits: those open at its end (or now, while it lasts) and those that ended.

    A code that went on under another version counts once; one that changed its holder is an end and an addition.
    """
    start, end = _span(quarter)
    rows = db.session.execute(_query(end).execution_options(yield_per=CHUNK))
    for _held, versions in groupby(rows, key=lambda row: (row.Port.port, row.Port.holder)):
        openings = (_code(each, start, end) for each in _openings(versions))
        yield from (each for each in openings if not each.ended_on or each.ended_on >= quarter.first.isoformat())


def _span(quarter: Quarter) -> tuple[dt.datetime, dt.datetime]:
    end = min(clock.midnight(quarter.following.first), clock.now())
    return clock.midnight(quarter.first), max(end, clock.midnight(quarter.first) + dt.timedelta(microseconds=1))


def _query(end: dt.datetime) -> sa.Select[Port, str]:
    """Every version that began before the end, also those long before the quarter: an opening may have several."""
    begun = sa.func.lower(Port.valid) < end
    query = sa.select(Port, Enterprise.name).join(Enterprise, Enterprise.code == Port.holder)
    return query.where(known(Port), begun).order_by(Port.port, Port.holder, sa.func.lower(Port.valid))


def _openings(versions: Iterable[sa.Row[Port, str]]) -> Iterator[list[sa.Row[Port, str]]]:
    """Versions that follow each other without a gap are one opening."""
    opening: list[sa.Row[Port, str]] = []
    for each in versions:
        if opening and opening[-1].Port.valid_until != each.Port.valid_from:
            yield opening
            opening = []
        opening.append(each)
    yield opening


def _code(versions: list[sa.Row[Port, str]], start: dt.datetime, end: dt.datetime) -> Code:
    last, name = versions[-1]
    opened, ended = versions[0].Port.valid_from, last.valid_until
    added, gone = opened >= start, ended is not None and ended <= end
    return Code(
        port=last.port,
        level=last.level.value,
        holder=last.holder,
        holder_name=name,
        use=last.use.value,
        signing=last.signing.value,
        max_length=last.max_length,
        provinces="|".join(last.provinces),
        office=last.office,
        standing=last.standing.value,
        opened_on=clock.local_day(opened).isoformat(),
        ended_on=clock.local_day(ended).isoformat() if ended is not None and gone else "",
        change=BOTH if added and gone else ADDED if added else ENDED if gone else KEPT,
    )


def write(quarter: Quarter, form: str, target: IO[bytes]) -> int:
    """Write the list as CSV or XLSX; answers how many codes it holds."""
    rows = codes(quarter)
    return _as_xlsx(rows, target) if form == "xlsx" else _as_csv(rows, target)


def _as_csv(rows: Iterable[Code], target: IO[bytes]) -> int:
    import csv

    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer, count = csv.writer(text, lineterminator="\r\n"), 0
    writer.writerow(COLUMNS)
    for count, row in enumerate(rows, 1):  # noqa: B007 - counted for the caller
        writer.writerow([_safe(each) for each in astuple(row)])
    text.detach()
    return count


def _as_xlsx(rows: Iterable[Code], target: IO[bytes]) -> int:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    count = -1
    for count, row in enumerate(rows):
        place, within = divmod(count, SHEET_ROWS)
        if within == 0:
            sheet = book.add_worksheet(f"codes {place + 1}")
            sheet.write_row(0, 0, COLUMNS)
        for column, cell in enumerate(astuple(row)):
            sheet.write_string(within + 1, column, str(cell))
    if count < 0:
        book.add_worksheet("codes 1").write_row(0, 0, COLUMNS)
    book.close()
    return count + 1


def _safe(cell: object) -> object:
    """No cell is taken for a formula by whoever opens the file."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
