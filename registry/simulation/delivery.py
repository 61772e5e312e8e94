"""What the network does to messages on their way into files: parts, doubles, late rows, the dialect of a gateway."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from registry.simulation.gateways import GATEWAYS, Gateway

pc: Any = pyarrow.compute  # its stubs do not know half of what it takes

ONE_MESSAGE, ONE_PART = 70, 67  # characters of UCS2 in a message, and in a part that carries a header
DOUBLE_SHARE, STRAY_SHARE = 0.003, 0.03
SPLIT_FROM = 400  # rows from which a gateway delivers a day in two files
EAST = 8 * 3_600_000


def delayed(table: Any, rng: np.random.Generator) -> tuple[Any, Any]:
    """Which of a day's messages are delivered with it, and which with the next day, as their gateway is late."""
    shares = np.array([gateway.late for gateway in GATEWAYS])
    late = pa.array(rng.random(len(table)) < shares[table["gate"].to_numpy()])
    return table.filter(pc.invert(late)), table.filter(late)


def files(table: Any, rng: np.random.Generator) -> Iterator[tuple[Gateway, int, Any]]:
    """For each gateway its deliveries of this table: the gateway, the delivery's number, the rows in its columns."""
    for place, gateway in enumerate(GATEWAYS):
        rows = table.filter(pc.equal(table["gate"], place))
        rows = _doubled(_in_parts(rows, rng) if gateway.parts else _whole(rows), rng)
        for number, delivery in enumerate(_split(rows, rng)):
            if len(delivery):
                yield gateway, number, _dialect(delivery, gateway)


def _whole(rows: Any) -> Any:
    ones = pa.nulls(len(rows), pa.int64())
    return rows.append_column("part_total", ones).append_column("part_number", ones)


def _in_parts(rows: Any, rng: np.random.Generator) -> Any:
    length = pc.utf8_length(rows["content"])
    long = pc.greater(length, ONE_MESSAGE)
    pieces = [_whole(rows.filter(pc.invert(long)))]
    rest, total = rows.filter(long), pc.divide(pc.add(length.filter(long), ONE_PART - 1), ONE_PART)
    most = pc.max(total).as_py() or 0
    for number in range(most):
        kept = pc.greater(total, number)
        pieces.append(_part(rest.filter(kept), total.filter(kept), number, rng))
    return pa.concat_tables(pieces).sort_by([("at", "ascending"), ("message_ref", "ascending")])


def _part(rows: Any, total: Any, number: int, rng: np.random.Generator) -> Any:
    text = pc.utf8_slice_codeunits(rows["content"], number * ONE_PART, (number + 1) * ONE_PART)
    later = pa.array(rng.integers(0, 1500, len(rows)) * (number > 0) + number)
    rows = rows.set_column(rows.schema.get_field_index("content"), "content", text)
    rows = rows.set_column(rows.schema.get_field_index("at"), "at", pc.add(rows["at"], later))
    rows = rows.append_column("part_total", pc.cast(total, pa.int64()))
    return rows.append_column("part_number", pa.array(np.full(len(rows), number + 1)))


def _doubled(rows: Any, rng: np.random.Generator) -> Any:
    again = rows.filter(pa.array(rng.random(len(rows)) < DOUBLE_SHARE))
    return pa.concat_tables([rows, again])


def _split(rows: Any, rng: np.random.Generator) -> list[Any]:
    """A day in two files, a few rows in the wrong one: parts of a message may stand in either."""
    if len(rows) < SPLIT_FROM:
        return [rows]
    late = np.arange(len(rows)) >= len(rows) // 2
    stray = rng.random(len(rows)) < STRAY_SHARE
    second = pa.array(late ^ stray)
    return [rows.filter(pc.invert(second)), rows.filter(second)]


def _dialect(rows: Any, gateway: Gateway) -> Any:
    fine, failed = (pa.scalar(status) for status in gateway.statuses)
    count = len(rows)
    columns = {
        "submitted_at": _time(rows["at"], epoch=gateway.epoch),
        "gateway": pa.array([gateway.name] * count),
        "scheduled_at": _time(_none_for(rows["scheduled"], 0), epoch=gateway.epoch),
        "agent": _none_for(rows["agent"], ""),
        "declared_category": _none_for(rows["declared_category"], ""),
        "status": pc.if_else(rows["failed"], failed, fine),
    }
    return pa.table({name: columns[name] if name in columns else rows[name] for name in gateway.columns})


def _none_for(column: Any, value: int | str) -> Any:
    return pc.if_else(pc.equal(column, value), pa.scalar(None, column.type), column)


def _time(millis: Any, *, epoch: bool) -> Any:
    if epoch:
        return millis
    east = pc.cast(pc.add(millis, EAST), pa.timestamp("ms"))
    text = pc.strftime(east, "%Y-%m-%dT%H:%M:%S")
    return pc.binary_join_element_wise(text, pa.scalar("+08:00"), "")
