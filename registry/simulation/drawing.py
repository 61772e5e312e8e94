"""Messages of one day and block, drawn column by column from its streams."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from registry.kernel.clock import SHANGHAI
from registry.simulation import wording
from registry.simulation.gateways import GATEWAYS
from registry.simulation.people import HOMES
from registry.simulation.rendering import STREAM_WORDS, around, filled
from registry.simulation.sending import AWAY_RISE, FESTIVE, Hours, Sending, is_festive, is_travel
from registry.simulation.settings import Settings

Numbers = npt.NDArray[np.int64]
CHUNK = 300_000
HOUR_MS = 3_600_000
WEEKEND = 0.8
SATURDAY = 5
SCHEDULED_SHARE = 0.2
FAILED_SHARE = 0.02
BLOCK_STEP, DAY_STEP, PIECE_STEP = 10**15, 10**11, 10**6  # of references: a piece has about CHUNK messages at most

# how a day's messages fall on its hours
_HOURS: dict[Hours, list[float]] = {
    Hours.ROUND_THE_CLOCK: [1, 1, 0.5, 0.5, 0.5, 1, 2, 4, 6, 7, 7, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 3, 2],
    Hours.OFFICE: [0, 0, 0, 0, 0, 0, 0, 1, 6, 10, 10, 8, 5, 6, 9, 9, 8, 6, 3, 2, 1, 0, 0, 0],
    Hours.MARKETING: [0, 0, 0, 0, 0, 0, 0, 0, 2, 9, 12, 8, 4, 4, 8, 9, 8, 6, 4, 2, 0, 0, 0, 0],
    Hours.NIGHT: [6, 6, 4, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 9, 8],
    Hours.SPILL: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
}
_SPILL_MINUTES = 12


@dataclass(slots=True)
class Streams:
    """The streams of a block as columns."""

    sendings: list[Sending]
    words: dict[str, Any]
    numbers: dict[str, Numbers]
    pools: list[tuple[str, str]]
    homes: Numbers
    homes_count: Numbers
    away: npt.NDArray[np.float64]


def streams(sendings: list[Sending]) -> Streams:
    """The columns of these streams."""
    pools = sorted({(sending.theme, sending.category) for sending in sendings})
    gates = [gateway.name for gateway in GATEWAYS]
    numbers = {
        "first": [_millis(sending.first_at) for sending in sendings],
        "last": [_millis(sending.last_at) for sending in sendings],
        "hours": [int(sending.hours) for sending in sendings],
        "pool": [pools.index((sending.theme, sending.category)) for sending in sendings],
        "gateway": [gates.index(sending.gateway) for sending in sendings],
    }
    homes, count = _homes(sendings)
    return Streams(
        sendings,
        _words(sendings),
        {name: np.array(values, dtype=np.int64) for name, values in numbers.items()},
        pools,
        homes,
        count,
        np.array([sending.away for sending in sendings]),
    )


def _words(sendings: list[Sending]) -> dict[str, Any]:
    names = ("port", "signature", "submitter", "agent", "declared", *STREAM_WORDS)
    words = {name: pa.array([getattr(sending, name) for sending in sendings]) for name in names}
    edges = [around(sending) for sending in sendings]
    return words | {"before": pa.array([edge[0] for edge in edges]), "after": pa.array([edge[1] for edge in edges])}


def _homes(sendings: list[Sending]) -> tuple[Numbers, Numbers]:
    sets = [sending.provinces or HOMES for sending in sendings]
    table = np.zeros((len(sets), len(HOMES)), dtype=np.int64)
    for row, codes in enumerate(sets):
        table[row, : len(codes)] = [HOMES.index(code) for code in codes]
    return table, np.array([len(codes) for codes in sets], dtype=np.int64)


def _millis(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def chunks(found: Streams, settings: Settings, place: int) -> int:
    """In how many pieces the day of this place is drawn, so that no piece is large."""
    return 1 + int(_means(found, settings, place).sum() // CHUNK)


def draw(found: Streams, settings: Settings, block: int, place: int, piece: int, pieces: int) -> Any:
    """One piece of the day of this place: a table in the order of time, one row a message."""
    rng = np.random.default_rng([settings.seed, block, 7_000_003, place, piece])
    which = np.repeat(np.arange(len(found.sendings)), rng.poisson(_means(found, settings, place) / pieces))
    midnight = _millis(dt.datetime.combine(settings.calendar[place], dt.time(), SHANGHAI))
    at = midnight + _offsets(found.numbers["hours"][which], rng)
    kept = (at >= found.numbers["first"][which]) & (at < found.numbers["last"][which])
    order = np.argsort(at[kept], kind="stable")
    which, at = which[kept][order], at[kept][order]
    return _table(found, settings.calendar[place], which, at, reference(block, place, piece), midnight, rng)


def reference(block: int, place: int, piece: int) -> int:
    """The number of a piece's first message: none occurs twice for 30,000 million messages a day and 10,000 days."""
    return (block + 1) * BLOCK_STEP + place * DAY_STEP + piece * PIECE_STEP


def _means(found: Streams, settings: Settings, place: int) -> npt.NDArray[np.float64]:
    day, span = settings.calendar[place], max(1, settings.days - 1)
    weekend = WEEKEND if day.weekday() >= SATURDAY else 1.0
    festive = FESTIVE if is_festive(day) else 1.0
    return np.array(
        [
            sending.daily
            * (1 + (sending.rise - 1) * place / span)
            * (festive if sending.festive else 1)
            * (weekend if sending.hours == Hours.OFFICE else 1)
            for sending in found.sendings
        ]
    )


def _offsets(hours: Numbers, rng: np.random.Generator) -> Numbers:
    at = np.zeros(len(hours), dtype=np.int64)
    for profile, weights in _HOURS.items():
        mask = hours == profile
        count = int(mask.sum())
        drawn = np.searchsorted(np.cumsum(weights) / np.sum(weights), rng.random(count), side="right")
        within = _SPILL_MINUTES * 60_000 if profile is Hours.SPILL else HOUR_MS
        at[mask] = drawn * HOUR_MS + rng.integers(0, within, count)
    return at


def _provinces(found: Streams, day: dt.date, which: Numbers, rng: np.random.Generator) -> Any:
    home = found.homes[which, (rng.random(len(which)) * found.homes_count[which]).astype(np.int64)]
    away = rng.random(len(which)) < found.away[which] * (AWAY_RISE if is_travel(day) else 1)
    place = np.where(away, rng.integers(0, len(HOMES), len(which)), home)
    homes: Any = pa.array(HOMES)
    return homes.take(pa.array(place))


def _table(
    found: Streams, day: dt.date, which: Numbers, at: Numbers, first: int, midnight: int, rng: np.random.Generator
) -> Any:
    count, index = len(which), pa.array(which)
    columns = {name: found.words[name].take(index) for name in ("port", "signature", "submitter", "agent", "declared")}
    phones = rng.integers(0, 10**9, count) + 12 * 10**9
    return pa.table(
        {
            "at": pa.array(at),
            "stream": index,
            "gate": pa.array(found.numbers["gateway"][which]),
            "port": columns["port"],
            "submitter": columns["submitter"],
            "agent": columns["agent"],
            "province": _provinces(found, day, which, rng),
            "recipient": pa.array(phones).cast(pa.string()),
            "declared_category": columns["declared"],
            "scheduled": pa.array(_scheduled(found, which, at, midnight, rng)),
            "message_ref": pa.array(first + np.arange(count)).cast(pa.string()),
            "failed": pa.array(rng.random(count) < FAILED_SHARE),
            "content": _contents(found, day, which, rng),
        }
    )


def _scheduled(found: Streams, which: Numbers, at: Numbers, midnight: int, rng: np.random.Generator) -> Numbers:
    """When each was to leave, in ms, 0 where unknown: spilled queues were meant for before eight."""
    hours = found.numbers["hours"][which]
    meant = np.where((hours == Hours.MARKETING) & (rng.random(len(which)) < SCHEDULED_SHARE), at, 0)
    spilled = midnight + 20 * HOUR_MS - rng.integers(1, 20 * 60_000, len(which))
    return np.where(hours == Hours.SPILL, spilled, meant)


def _contents(found: Streams, day: dt.date, which: Numbers, rng: np.random.Generator) -> Any:
    pools = found.numbers["pool"][which]
    roll = rng.random(len(which))
    texts, rows = [], []
    for place, (theme, category) in enumerate(found.pools):
        bodies = wording.texts(theme, category)
        chosen = np.where(pools == place, (roll * len(bodies)).astype(np.int64), -1)
        for number, body in enumerate(bodies):
            at = np.flatnonzero(chosen == number)
            if len(at):
                rows.append(at)
                texts.append(_bodies(found, body, day, which[at], rng))
    if not rows:
        return pa.array([], pa.string())
    joined: Any = pa.concat_arrays(texts)
    return joined.take(pa.array(np.argsort(np.concatenate(rows), kind="stable")))


def _bodies(found: Streams, body: str, day: dt.date, which: Numbers, rng: np.random.Generator) -> Any:
    index = pa.array(which)
    words = {name: column.take(index) for name, column in found.words.items()}
    return filled("{before}" + body + "{after}", words, day, len(which), rng)
