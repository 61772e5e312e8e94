"""Texts by the thousand: a wording with its variables drawn, for many messages at once."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from registry.simulation import wording
from registry.simulation.sending import Place, Sending

pc: Any = pyarrow.compute  # its stubs do not know half of what it takes

_VARIABLE = re.compile(r"\{([a-z]+)\}")
STREAM_WORDS = ("brand", "link", "contact")


def numbered(body: str) -> str:
    """The wording as a filed template: its variables numbered from {1}."""
    count = iter(range(1, 100))
    return _VARIABLE.sub(lambda _: f"{{{next(count)}}}", body)


def around(sending: Sending) -> tuple[str, str]:
    """What stands before and after the body: signature, title and opt-out, as the stream places them."""
    mark = f"【{sending.signature}】"
    title = f"【{sending.title or wording.TITLES[len(sending.port) % len(wording.TITLES)]}】"
    before, after = {
        Place.START: (mark, ""),
        Place.END: ("", mark),
        Place.TITLE_FIRST: (title, mark),
        Place.HALF_WIDTH: (f"[{sending.signature}]", ""),
        Place.ABSENT: ("", ""),
    }[sending.place]
    return before, sending.opt_out + after


def filled(body: str, words: dict[str, Any], day: dt.date, count: int, rng: np.random.Generator) -> Any:
    """`count` texts of one wording as an Arrow array; `words` holds the streams' own words, one for each text."""
    pieces: list[Any] = []
    for place, piece in enumerate(_VARIABLE.split(body)):
        if place % 2 == 0:
            pieces.append(pa.scalar(piece))
        else:
            pieces.append(words[piece] if piece in words else _drawn(piece, day, count, rng))
    # one array among the pieces makes the answer an array, also where the wording has no variable
    pieces.append(pa.array([""] * count))
    return pc.binary_join_element_wise(*pieces, "")


def _drawn(variable: str, day: dt.date, count: int, rng: np.random.Generator) -> Any:
    if variable in _POOLS:
        return _taken(_POOLS[variable], count, rng)
    if variable == "day":
        days = [day + dt.timedelta(days=ahead) for ahead in range(7)]
        return _taken([f"{one.month}月{one.day}日" for one in days], count, rng)
    least, most, width = _RANGES[variable]
    digits = pc.cast(pa.array(rng.integers(least, most, count)), pa.string())
    return pc.utf8_lpad(digits, width, "0")


def _taken(pool: Sequence[str], count: int, rng: np.random.Generator) -> Any:
    words: Any = pa.array(pool)
    return words.take(pa.array(rng.integers(0, len(pool), count)))


_POOLS = {"name": wording.NAMES, "goods": wording.GOODS, "percent": tuple("123456789")}
_RANGES = {
    "code": (0, 10**6, 6),
    "amount": (5, 9_999, 1),
    "number": (10**11, 10**12, 12),
    "tail": (0, 10**4, 4),
}


def example(sending: Sending, day: dt.date, rng: np.random.Generator) -> str:
    """One text of a stream."""
    pool = wording.texts(sending.theme, sending.category)
    words = {name: pa.array([getattr(sending, name)]) for name in STREAM_WORDS}
    before, after = around(sending)
    body = filled(pool[rng.integers(len(pool))], words, day, 1, rng)[0].as_py()
    return f"{before}{body}{after}"
