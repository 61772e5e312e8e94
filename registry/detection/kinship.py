"""How a signature that is not permitted on a line stands to those that are, and to its parties' names. Pure."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_COMMON = 2
LEAST_USUAL, USUAL_SHARE = 4, 0.01
REGULATED = (
    "金融",
    "金服",
    "贷",
    "借",
    "保险",
    "财富",
    "理财",
    "基金",
    "证券",
    "股",
    "信用",
    "分期",
    "钱包",
    "支付",
    "彩",
    "投资",
    "银行",
    "人寿",
    "财险",
    "信托",
    "医",
    "药",
    "置业",
    "地产",
    "房产",
)
"""Words that name a trade of its own licence: into these a signature does not grow by chance."""


class Kin(StrEnum):
    """misspelt: a slip of a permitted one; grown: one of the customer's names with more behind it; named: part of
    a party's full name.
    """

    NONE = ""
    MISSPELT = "misspelt"
    GROWN = "grown"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of a line: folded signatures permitted there, folded names of its parties, and their brands."""

    permitted: Sequence[str]
    names: Sequence[str] = ()
    brands: Sequence[str] = ()


def kin(seen: str, line: Line) -> Kin:
    """How a folded signature stands to a line."""
    grown = any(_grown(seen, one) for one in (*line.permitted, *line.brands))
    if grown and regulated(seen, line):
        return Kin.GROWN
    if any(_slip(seen, one) for one in line.permitted):
        return Kin.MISSPELT
    if len(seen) >= LEAST_COMMON and any(seen in name for name in line.names):
        return Kin.NAMED
    return Kin.GROWN if grown else Kin.NONE


def regulated(seen: str, line: Line) -> bool:
    """Whether it names a trade of its own licence that no permitted signature and no party's name does."""
    known = "".join((*line.permitted, *line.names))
    return any(word in seen and word not in known for word in REGULATED)


def brands(permitted: Iterable[str], names: Sequence[str], usual: Container[str]) -> list[str]:
    """The heads of permitted signatures that also stand in a party's name, unless names usually begin so (cities)."""
    heads = {one[:LEAST_COMMON] for one in permitted if len(one) > LEAST_COMMON}
    return sorted(head for head in heads if head not in usual and any(head in name for name in names))


def usual_heads(names: Iterable[str]) -> set[str]:
    """How so many names begin that it is nobody's brand."""
    heads = Counter(name[:LEAST_COMMON] for name in names)
    return {head for head, count in heads.items() if count >= max(LEAST_USUAL, USUAL_SHARE * heads.total())}


def _grown(seen: str, base: str) -> bool:
    return len(base) >= LEAST_COMMON and base in seen and len(seen) > len(base)


def _slip(seen: str, meant: str) -> bool:
    """One character doubled, dropped, added, exchanged (not in a name of two), or two of them turned round."""
    if len(seen) == len(meant):
        unlike = [place for place, sign in enumerate(seen) if sign != meant[place]]
        return sorted(seen) == sorted(meant) if len(unlike) == 2 else len(unlike) < 2 < len(meant)  # noqa: PLR2004
    short, long = sorted((seen, meant), key=len)
    return len(long) - len(short) == 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
