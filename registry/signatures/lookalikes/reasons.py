"""Why two signatures are alike, in words: the cheapest way from the registered one to the other, told step by step."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from registry.kernel.sentence import Sentence
from registry.signatures.lookalikes.characters import spelled
from registry.signatures.lookalikes.likeness import (
    LOOKS,
    REPLACED,
    SWAPPED,
    Weigh,
    edited,
    held,
    omitting,
    share,
    table,
)


class Likeness(StrEnum):
    """In what a signature is like a registered one."""

    SAME = "same"
    VISUAL = "visual"
    SOUND = "sound"
    CONTAINS = "contains"
    CONTAINED = "contained"
    EDITED = "edited"
    REPLACED = "replaced"


class Step(StrEnum):
    """What happened to a piece of the registered text."""

    KEPT = "kept"
    LOOKS = "looks"
    SOUNDS = "sounds"
    REPLACED = "replaced"
    ADDED = "added"
    MISSING = "missing"
    SWAPPED = "swapped"


Told = tuple[Step, str, str]  # what happened, the registered piece, what stands there instead

_WORDS: dict[Step, tuple[str, str]] = {
    Step.LOOKS: ("“{1}”与“{0}”形近", "{1} looks like {0}"),
    Step.SOUNDS: ("“{1}”与“{0}”音近", "{1} sounds like {0}"),
    Step.REPLACED: ("“{0}”换成了“{1}”", "{0} became {1}"),
    Step.ADDED: ("多出“{1}”", "{1} was added"),
    Step.MISSING: ("少了“{0}”", "{0} is missing"),
    Step.SWAPPED: ("“{0}”颠倒为“{1}”", "{0} was turned into {1}"),
}
_KINDS = (  # the first that happened names the likeness
    (Likeness.REPLACED, {Step.REPLACED}),
    (Likeness.EDITED, {Step.ADDED, Step.MISSING, Step.SWAPPED}),
    (Likeness.VISUAL, {Step.LOOKS}),
    (Likeness.SOUND, {Step.SOUNDS}),
)
_SAME = Sentence("与已登记签名相同，仅写法不同", "the registered signature, at most written otherwise")
_SPELLED = Sentence("字母连写形近", "its letters run together to look like it")


def explained(text: str, registered: str, weigh: Weigh) -> tuple[Likeness, Sentence]:
    """In what a folded text is like a registered one, and why."""
    if text == registered:
        return Likeness.SAME, _SAME
    text, registered = spelled(text), spelled(registered)
    if text == registered:
        return Likeness.VISUAL, _SPELLED
    if held(text, registered, weigh) > edited(text, registered, weigh):
        return _holding(text, registered)
    told = steps(registered, text, weigh)
    happened = {step for step, _mine, _theirs in told}
    kind = next((kind for kind, some in _KINDS if some & happened), Likeness.SAME)
    return kind, _said(told)


def steps(registered: str, text: str, weigh: Weigh) -> list[Told]:
    """What happened to the registered text, in its order, what was kept included; neighbours of a kind are joined."""
    rows = table(registered, text, weigh)
    mine, theirs = omitting(registered, weigh), omitting(text, weigh)
    backwards: list[Told] = []
    i, j = len(registered), len(text)
    while i or j:
        options: list[tuple[float, Told]] = []
        if i and j:
            options += _pairs(rows, registered[:i], text[:j], weigh)
        if i:
            options.append((rows[i - 1][j] + mine[i - 1], (Step.MISSING, registered[i - 1], "")))
        if j:
            options.append((rows[i][j - 1] + theirs[j - 1], (Step.ADDED, "", text[j - 1])))
        told = min(options, key=lambda option: option[0])[1]
        backwards.append(told)
        i, j = i - len(told[1]), j - len(told[2])
    return list(_joined(backwards[::-1]))


def _pairs(rows: list[list[float]], mine: str, theirs: str, weigh: Weigh) -> Iterator[tuple[float, Told]]:
    """The ways to reach two beginnings by their last characters, or by their last two turned round."""
    i, j, a, b = len(mine), len(theirs), mine[-1], theirs[-1]
    weight = (weigh(a) + weigh(b)) / 2
    yield rows[i - 1][j - 1] + share(a, b) * weight, (_replacing(a, b), a, b)
    if a != b and mine[-2:-1] == b and theirs[-2:-1] == a:
        yield rows[i - 2][j - 2] + SWAPPED * weight, (Step.SWAPPED, mine[-2:], theirs[-2:])


def _replacing(one: str, other: str) -> Step:
    if one == other:
        return Step.KEPT
    cost = share(one, other)
    if cost == REPLACED:
        return Step.REPLACED
    return Step.LOOKS if cost == LOOKS else Step.SOUNDS


def _joined(told: list[Told]) -> Iterator[Told]:
    for step, run in groupby(told, key=lambda each: each[0]):
        pieces = list(run)
        yield step, "".join(mine for _, mine, _ in pieces), "".join(theirs for _, _, theirs in pieces)


def _said(told: list[Told]) -> Sentence:
    said = [(_WORDS[step], mine, theirs) for step, mine, theirs in told if step is not Step.KEPT]
    zh = "，".join(words[0].format(mine, theirs) for words, mine, theirs in said)
    en = ", ".join(words[1].format(mine, theirs) for words, mine, theirs in said)
    return Sentence(zh, en)


def _holding(text: str, registered: str) -> tuple[Likeness, Sentence]:
    if registered in text:
        rest = text.replace(registered, "…", 1)
        return Likeness.CONTAINS, Sentence(f"完整包含“{registered}”：{rest}", f"holds {registered} whole: {rest}")
    rest = registered.replace(text, "…", 1)
    return Likeness.CONTAINED, Sentence(f"是“{registered}”的一部分：{rest}", f"is a part of {registered}: {rest}")
