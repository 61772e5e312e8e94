"""Keys under which a name is found again: by its look and by its sound, whole, with a character left out, by pairs.

A key is 32 bits of a polynomial hash, so all names of one length are done at once. Two names under one key by chance
cost a comparison, no more.
"""

from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import partial

import numpy as np
import numpy.typing as npt

from registry.signatures.lookalikes.characters import look
from registry.signatures.lookalikes.sounds import sound

Numbers = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.uint32]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it can be divided by
_INVERSE = pow(_BASE, -1, 2**64)
_LARGE = 0xD6E8FEB86659FD93
_HALF = np.uint64(32)
LONGEST_LESS_ONE = 24  # characters; longer names are found by their pairs
_LEAST_LESS_ONE = 3


class View(IntEnum):
    """What a key is made of."""

    LOOK = 1
    SOUND = 2
    LOOK_LESS_ONE = 3
    SOUND_LESS_ONE = 4
    PAIR = 5


def codes_of(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def look_codes(codes: Codes) -> Numbers:
    """A number for how each character looks."""
    return _mapped(codes, lambda code: ord(look(chr(code))))


def sound_codes(codes: Codes) -> Numbers:
    """A number for how each character sounds."""
    return _mapped(codes, lambda code: int.from_bytes(sound(chr(code)).encode("utf-8")[:7]))


def keys(looks: Numbers, sounds: Numbers) -> Iterator[tuple[View, Numbers]]:
    """The keys of names of one length, given as rows of numbers: arrays of one row a name."""
    length = looks.shape[1]
    yield View.LOOK, _finished(_summed(looks)[:, -1:], View.LOOK, length)
    yield View.SOUND, _finished(_summed(sounds)[:, -1:], View.SOUND, length)
    if _LEAST_LESS_ONE <= length <= LONGEST_LESS_ONE:
        yield View.LOOK_LESS_ONE, _less_one(looks, View.LOOK_LESS_ONE)
        yield View.SOUND_LESS_ONE, _less_one(sounds, View.SOUND_LESS_ONE)
    if length > 1:
        yield View.PAIR, _pairs(looks)


def asked(looks: Numbers, sounds: Numbers) -> Iterator[tuple[View, Numbers]]:
    """The keys under which to look for a name: its own, and those of every piece of it and with one left out."""
    length = len(looks)
    for view, mine in ((View.LOOK, looks), (View.SOUND, sounds)):
        yield view, _pieces(mine, view)
        less = View.LOOK_LESS_ONE if view is View.LOOK else View.SOUND_LESS_ONE
        if length <= LONGEST_LESS_ONE:
            yield view, _less_one(mine[None, :], view)[0]  # one was put in
            yield less, _finished(_summed(mine[None, :])[:, -1:], less, length)[0]  # one was left out
        if _LEAST_LESS_ONE <= length <= LONGEST_LESS_ONE:
            yield less, _less_one(mine[None, :], less)[0]
    if length > 1:
        yield View.PAIR, _pairs(looks[None, :])[0]


def _mapped(codes: Codes, meaning: Callable[[int], int]) -> Numbers:
    different, places = np.unique(codes, return_inverse=True)
    numbers = np.fromiter(map(meaning, different.tolist()), dtype=np.uint64, count=len(different))
    return _mixed(numbers)[places]


def _mixed(numbers: Numbers) -> Numbers:
    numbers = (numbers ^ (numbers >> _HALF)) * np.uint64(_LARGE)
    numbers = (numbers ^ (numbers >> _HALF)) * np.uint64(_LARGE)
    return numbers ^ (numbers >> _HALF)


def _finished(sums: Numbers, view: View, length: int) -> Numbers:
    salt = (view * 0x1000 + length) * _LARGE % 2**64
    return _mixed(sums ^ np.uint64(salt)) >> _HALF


def _summed(rows: Numbers) -> Numbers:
    return np.cumsum(rows * _powers(_BASE, rows.shape[1]), axis=1, dtype=np.uint64)


def _less_one(rows: Numbers, view: View) -> Numbers:
    """Every row with each of its characters left out: those behind move up by one."""
    sums = _summed(rows)
    behind = (sums[:, -1:] - sums) * np.uint64(_INVERSE)
    before = np.concatenate([np.zeros_like(sums[:, :1]), sums[:, :-1]], axis=1)
    return _finished(before + behind, view, rows.shape[1] - 1)


def _pairs(rows: Numbers) -> Numbers:
    return _finished(rows[:, :-1] + rows[:, 1:] * np.uint64(_BASE), View.PAIR, 2)


def _pieces(row: Numbers, view: View) -> Numbers:
    """Every piece of a name of two characters and more, and the whole."""
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), _summed(row[None, :])[0]])
    starts = _powers(_INVERSE, len(row))
    cut = partial(_finished, view=view)
    found = [
        cut((sums[size:] - sums[:-size]) * starts[: len(row) - size + 1], length=size)
        for size in range(min(2, len(row)), len(row) + 1)
    ]
    return np.concatenate(found)


def _powers(base: int, count: int) -> Numbers:
    return np.array([pow(base, n, 2**64) for n in range(count)], dtype=np.uint64)
