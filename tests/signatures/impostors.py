"""Impostors of a name, by kind, from a seed. What it knows of characters is not what the detector knows.

Visual swaps come from another font; sounds from pypinyin over the 3,755 common characters, tones apart or with one of
the common confusions; homoglyphs, affixes and digits from the lists below.
"""

import random
from collections.abc import Callable
from functools import cache

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from registry.signatures.folding import fold
from tests.signatures.serif_pairs import PAIRS

_CYRILLIC = dict(zip("aeopcxyisjhktmb", "аеорсхуіѕјһктмь", strict=True))
_DIGITS = {"o": "0", "l": "1", "i": "1", "s": "5", "b": "8", "z": "2", "g": "9"}
_BEHIND = ("金融", "客服", "官方", "商城", "网", "中心", "科技", "集团", "服务平台", "旗舰店", "会员", "在线", "优选")
_BEFORE = ("新", "北京", "中国", "上海", "官方", "深圳", "我的", "天天")
_ENGLISH_BEHIND = ("pay", "bank", "ind", "vip", "cs")
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))

Maker = Callable[[str, random.Random], str]


def visual(name: str, chance: random.Random) -> str:
    """One character becomes one that shares its pixels in a serif font."""
    return _swapped(name, _serif(), chance)


def homoglyph(name: str, chance: random.Random) -> str:
    """One or two Latin letters become Cyrillic ones."""
    return _swapped(_swapped(name, _listed(_CYRILLIC), chance), _listed(_CYRILLIC), chance)


def digit(name: str, chance: random.Random) -> str:
    """A letter becomes the digit that looks like it."""
    return _swapped(name, _listed(_DIGITS), chance)


def homophone(name: str, chance: random.Random) -> str:
    """One character becomes a common one of the same syllable."""
    return _swapped(name, _homophones(), chance)


def near_sound(name: str, chance: random.Random) -> str:
    """One character becomes a common one of a syllable that is easily mixed up with its own."""
    return _swapped(name, _near_homophones(), chance)


def inserted(name: str, chance: random.Random) -> str:
    """A common character, or a letter, is put inside."""
    place = chance.randrange(1, len(name))
    return name[:place] + _any(name, chance) + name[place:]


def deleted(name: str, chance: random.Random) -> str:
    """A character is left out of a name of three and more."""
    place = chance.randrange(len(name))
    return name[:place] + name[place + 1 :] if len(name) > 2 else name


def transposed(name: str, chance: random.Random) -> str:
    """Two neighbours change places in a name of three and more."""
    place = chance.randrange(len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :] if len(name) > 2 else name


def doubled(name: str, chance: random.Random) -> str:
    """A character stands twice."""
    place = chance.randrange(len(name))
    return name[: place + 1] + name[place:]


def suffix(name: str, chance: random.Random) -> str:
    """Something harmless is put behind."""
    return name + chance.choice(_BEHIND if _chinese(name) else _ENGLISH_BEHIND)


def prefix(name: str, chance: random.Random) -> str:
    """Something harmless is put before."""
    return chance.choice(_BEFORE) + name


def written_otherwise(name: str, chance: random.Random) -> str:
    """Traditional script, or full width."""
    if chance.random() < 0.5:
        return OpenCC("s2t").convert(name)
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in name)


CHINESE: dict[str, Maker] = {
    "visual swap": visual,
    "homophone": homophone,
    "near sound": near_sound,
    "inserted": inserted,
    "deleted": deleted,
    "transposed": transposed,
    "doubled": doubled,
    "suffix": suffix,
    "prefix": prefix,
    "traditional, full width": written_otherwise,
}
LATIN: dict[str, Maker] = {
    "homoglyph (Latin)": homoglyph,
    "digit for letter (Latin)": digit,
    "inserted (Latin)": inserted,
    "deleted (Latin)": deleted,
    "transposed (Latin)": transposed,
    "doubled (Latin)": doubled,
    "suffix (Latin)": suffix,
}


def impostors(name: str, chance: random.Random) -> dict[str, str]:
    """An impostor of a name by every kind that can be made of it; each is written otherwise than the name."""
    makers = CHINESE if _chinese(name) else LATIN
    made = {kind: make(name, chance) for kind, make in makers.items()}
    return {kind: text for kind, text in made.items() if text != name}


def _swapped(name: str, others: dict[str, str], chance: random.Random) -> str:
    places = [place for place, each in enumerate(name) if others.get(each)]
    if not places:
        return name
    place = chance.choice(places)
    return name[:place] + chance.choice(others[name[place]]) + name[place + 1 :]


def _any(name: str, chance: random.Random) -> str:
    return chance.choice(common()) if _chinese(name) else chance.choice("abcdefghijklmnopqrstuvwxyz")


def _chinese(name: str) -> bool:
    return any(each >= "\u2e80" for each in name)


def _listed(table: dict[str, str]) -> dict[str, str]:
    return table | {each.upper(): other for each, other in table.items()}


@cache
def common() -> str:
    """The 3,755 common characters of GB 2312."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


@cache
def _serif() -> dict[str, str]:
    found: dict[str, str] = {}
    for one, other in PAIRS.split():
        if fold(one) != fold(other):
            found[one] = found.get(one, "") + other
            found[other] = found.get(other, "") + one
    return found


@cache
def _syllables() -> dict[str, str]:
    found: dict[str, str] = {}
    for each in common():
        syllable = lazy_pinyin(each, style=Style.NORMAL)[0]
        found[syllable] = found.get(syllable, "") + each
    return found


@cache
def _homophones() -> dict[str, str]:
    return {each: some.replace(each, "") for some in _syllables().values() for each in some}


@cache
def _near_homophones() -> dict[str, str]:
    found: dict[str, str] = {}
    for syllable, some in _syllables().items():
        near = "".join(_syllables().get(other, "") for other in _confusions(syllable))
        found |= dict.fromkeys(some, near)
    return found


def _confusions(syllable: str) -> set[str]:
    found = {syllable + "g"} if syllable.endswith("n") else set()
    found |= {syllable[:-1]} if syllable.endswith("ng") else set()
    for one, other in _CONFUSED:
        for before, after in ((one, other), (other, one)):
            if syllable.startswith(before) and not syllable.startswith(before + "h"):
                found.add(after + syllable.removeprefix(before))
    return found - {syllable}
