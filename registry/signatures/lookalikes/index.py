"""Names in memory, found by what they look and sound like: keys in one sorted array, texts in one long string.

About 130 bytes a name: 13 keys of 8 bytes, its text, its place. What was added since is a small index beside the large.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from registry.signatures.lookalikes import keys
from registry.signatures.lookalikes.characters import spelled
from registry.signatures.lookalikes.keys import View
from registry.signatures.lookalikes.likeness import Rarity, score

MOST_UNDER_A_KEY = 256  # the shortest names under it are looked at
MOST_COMPARED = 128  # candidates whose score is worked out
_END = "\n"  # stands in no folded text
_SURE = {View.LOOK: 3.0, View.SOUND: 3.0, View.LOOK_LESS_ONE: 1.5, View.SOUND_LESS_ONE: 1.2, View.PAIR: 1.0}
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Found:
    """A name that was found, and how alike it is."""

    text: str
    score: float


class Segment:
    """Names that don't change any more, shortest first, then by text."""

    def __init__(self, texts: Iterable[str]) -> None:
        listed = sorted(sorted(set(texts) - {""}), key=len)
        self._texts = _END.join(listed)
        self._spelled = _END.join(map(spelled, listed))
        self._starts = _starts(self._texts)
        self._keys = _sorted_keys(self._spelled)
        self.rarity = _rarity(self._spelled, len(listed))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def size(self) -> int:
        """Bytes of memory that it holds."""
        texts = sum(text.__sizeof__() for text in {self._texts, self._spelled})
        return int(self._keys.nbytes + self._starts.nbytes) + texts

    def texts(self) -> list[str]:
        """Every name."""
        return self._texts.split(_END) if self._texts else []

    def __contains__(self, text: str) -> bool:
        place = bisect_left(range(len(self)), (len(text), text), key=lambda n: (len(self._text(n)), self._text(n)))
        return place < len(self) and self._text(place) == text

    def candidates(self, text: str) -> Iterator[str]:
        """Names that share keys with a spelled text, those that share the rarest first."""
        codes = keys.codes_of(text)
        places: list[npt.NDArray[np.uint64]] = []
        worth: list[npt.NDArray[np.float64]] = []
        for view, each in keys.asked(keys.look_codes(codes), keys.sound_codes(codes)):
            self._gather(np.unique(each), _SURE[view], places, worth)
        if not places:
            return
        numbers, back = np.unique(np.concatenate(places), return_inverse=True)
        worths = np.bincount(back, weights=np.concatenate(worth))
        for place in numbers[np.argsort(-worths, kind="stable")[:MOST_COMPARED]].tolist():
            yield self._text(place)

    def _text(self, place: int) -> str:
        return self._texts[self._starts[place] : self._starts[place + 1] - 1]

    def _gather(
        self,
        asked: keys.Numbers,
        sure: float,
        places: list[npt.NDArray[np.uint64]],
        worth: list[npt.NDArray[np.float64]],
    ) -> None:
        first = np.searchsorted(self._keys, asked << _HALF)
        last = np.searchsorted(self._keys, (asked << _HALF) | _LOW, side="right")
        for start, end in zip(first.tolist(), last.tolist(), strict=True):
            if start < end:
                some = self._keys[start : min(end, start + MOST_UNDER_A_KEY)] & _LOW
                places.append(some)
                worth.append(np.full(len(some), sure * np.log(1 + len(self) / (end - start))))


class Index:
    """A large segment, what was added since, and the rarity of characters in the large one.

    Both are changed in one step, so that whoever searches meanwhile finds all that was there.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._added: set[str] = set()
        self._segments = (Segment(texts), Segment(()))

    def __len__(self) -> int:
        return sum(map(len, self._segments))

    @property
    def size(self) -> int:
        """Bytes of memory that it holds."""
        return sum(each.size for each in self._segments)

    @property
    def rarity(self) -> Rarity:
        """The weights by which it compares."""
        large, small = self._segments
        return large.rarity if len(large) else small.rarity

    def add(self, texts: Iterable[str]) -> None:
        """Have more names found; when many have come, everything is ordered anew."""
        large = self._segments[0]
        self._added.update(text for text in texts if text not in large)
        if len(self._added) > 1000 + len(large) // 50:
            large = Segment([*large.texts(), *self._added])
            self._added = set()
        self._segments = (large, Segment(self._added))

    def nearest(self, folded: str, most: int) -> list[Found]:
        """The names most like a folded text, the likest first; equal ones by text."""
        if not folded:
            return []
        text, weigh = spelled(folded), self.rarity.weight
        candidates = {each for segment in self._segments for each in segment.candidates(text)}
        found = [Found(each, score(folded, each, weigh)) for each in candidates]
        return sorted(found, key=lambda each: (-each.score, each.text))[:most]


def _starts(joined: str) -> npt.NDArray[np.int64]:
    """Where each text begins; at the end, where one more would."""
    if not joined:
        return np.zeros(1, dtype=np.int64)
    ends = np.flatnonzero(keys.codes_of(joined) == ord(_END))
    return np.concatenate([[0], ends + 1, [len(joined) + 1]]).astype(np.int64)


def _sorted_keys(joined: str) -> keys.Numbers:
    """Every key and below it the place of its name, in one number, in order."""
    starts = _starts(joined)
    lengths = np.diff(starts) - 1
    codes = keys.codes_of(joined)
    looks, sounds = keys.look_codes(codes), keys.sound_codes(codes)
    pieces: list[keys.Numbers] = []
    for length in np.unique(lengths).tolist():
        places = np.flatnonzero(lengths == length)
        cells = starts[places][:, None] + np.arange(length)
        for _view, found in keys.keys(looks[cells], sounds[cells]):
            pieces.append(((found << _HALF) | places.astype(np.uint64)[:, None]).ravel())
    joined_keys = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.uint64)
    joined_keys.sort()
    return joined_keys


def _rarity(joined: str, names: int) -> Rarity:
    """How many names hold each character; one that a name holds twice counts twice, which is near enough."""
    different, counts = np.unique(keys.codes_of(joined), return_counts=True)
    holding = {chr(code): count for code, count in zip(different.tolist(), counts.tolist(), strict=True)}
    holding.pop(_END, None)
    return Rarity(names, holding)
