"""Files as gateways deliver them."""

import csv
import datetime as dt
import itertools
from pathlib import Path
from typing import Any

AT = dt.datetime(2026, 5, 1, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
COLUMNS = ("submitted_at", "gateway", "port", "submitter", "province", "recipient", "message_ref", "content")
PARTS = (*COLUMNS, "part_total", "part_number")
_numbers = itertools.count(1)


def row(**values: Any) -> dict[str, Any]:
    """One record; whatever is not said is sound, the reference is a new one."""
    number = next(_numbers)
    usual = {
        "submitted_at": AT.isoformat(),
        "gateway": "gw1",
        "port": "1069000011",
        "submitter": "S1",
        "province": "31",
        "recipient": f"1380000{number:04d}",
        "message_ref": str(number),
        "content": "【甲公司】您的订单已发货，请注意查收。",
    }
    return usual | values


def part(
    number: int, content: str, *, total: int = 2, ref: str = "L1", later: float = 0, **values: Any
) -> dict[str, Any]:
    """One part of a long message, `later` seconds after ten o'clock."""
    at = (AT + dt.timedelta(seconds=later)).isoformat()
    usual = {"submitted_at": at, "message_ref": ref, "recipient": "13800009999"}
    return row(**usual, content=content, part_total=total, part_number=number) | values


def csv_file(
    path: Path, rows: list[dict[str, Any]], columns: tuple[str, ...] = COLUMNS, encoding: str = "utf-8"
) -> Path:
    """These records as CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
