"""What a message is for: a set of bits, with lower-case names in files."""

from collections.abc import Iterable
from enum import IntFlag

from registry.kernel.sentence import Sentence, listed


class Category(IntFlag):
    """The categories a permit allows and a message falls into; facts may hold several."""

    VERIFICATION = 1
    NOTICE = 2
    MARKETING = 4
    DUNNING = 8
    PUBLIC_GOOD = 16


ALL_CATEGORIES = int(Category(0b11111))
CATEGORY_NAMES = tuple(str(category.name).lower() for category in Category)
SENTENCES = {
    Category.VERIFICATION: Sentence("验证码", "verification"),
    Category.NOTICE: Sentence("通知", "notice"),
    Category.MARKETING: Sentence("营销", "marketing"),
    Category.DUNNING: Sentence("催收", "dunning"),
    Category.PUBLIC_GOOD: Sentence("公益", "public good"),
}


def category_bits(names: Iterable[str]) -> int:
    """The bits of names such as `notice` and `marketing`; empty ones are passed over; raises ValueError on others."""
    bits = 0
    for name in names:
        if name.strip():
            bits |= _bit(name.strip())
    return bits


def category_names(bits: int) -> list[str]:
    """The names of the bits, in the order of the bits; raises ValueError on bits that stand for nothing."""
    if bits & ~ALL_CATEGORIES or bits < 0:
        raise ValueError(f"{bits} holds bits that are no category; the categories are {', '.join(CATEGORY_NAMES)}")
    return [str(category.name).lower() for category in Category if bits & category]


def category_said(bits: int) -> Sentence:
    """The categories of the bits for people, one after the other."""
    return listed(SENTENCES[Category[name.upper()]] for name in category_names(bits))


def _bit(name: str) -> int:
    if name not in CATEGORY_NAMES:
        raise ValueError(f"{name!r} is no category; write one of {', '.join(CATEGORY_NAMES)}")
    return int(Category[name.upper()])
