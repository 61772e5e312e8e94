"""Whether a message has the shape of a filed template, and what its variables hold.

Compared is what a reader hears: width, case, blanks and marks do not count, so that a full stop or a space does not
break a template. A variable, written {1}, holds one letter or digit at least.
"""

import re
import unicodedata
from collections.abc import Sequence

_VARIABLE = re.compile(r"\{[0-9]{1,3}\}")
_KEPT = ("L", "N")  # letters and numbers


def shape(text: str) -> str:
    """The letters and digits of a text alone, each in one way of writing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in _KEPT)


def variables(body: str) -> list[str]:
    """The variables of a template, in their order, as they are written."""
    return _VARIABLE.findall(body)


def filled(body: str, text: str) -> list[str] | None:
    """What the variables of a template hold in a text (each in its shape), or None where the text is of another shape.

    Each variable takes as little as it can; the last one before the end takes the rest. Time is linear in the text for
    each piece between two variables.
    """
    pieces, rest = [shape(piece) for piece in _VARIABLE.split(body)], shape(text)
    if len(pieces) == 1:
        return [] if pieces[0] == rest else None
    if not rest.startswith(pieces[0]):
        return None
    place, held = len(pieces[0]), list[str]()
    for piece in pieces[1:-1]:
        found = rest.find(piece, place + 1)
        if found < 0:
            return None
        held.append(rest[place:found] if piece else rest[place : place + 1])
        place = found + len(piece) if piece else place + 1
    last = rest[place : len(rest) - len(pieces[-1])]
    ends = rest.endswith(pieces[-1]) and len(last) >= 1
    return [*held, last] if ends else None


def told(body: str, text: str, signature: str, opt_outs: Sequence[str] = ()) -> list[str] | None:
    """The same of a whole message: its signature and a demanded opt-out may stand around what was filed, or in it."""
    bare = re.sub(rf"[【\[]\s*{re.escape(signature)}\s*[】\]]", "", text)
    ends = ["", *(shape(each) for each in opt_outs)]
    said = (shape(each).removesuffix(end) for each in dict.fromkeys((text, bare)) for end in ends)
    return next((held for each in said if (held := filled(body, each)) is not None), None)


def matches(body: str, text: str) -> bool:
    """Whether a text has the shape of a template."""
    return filled(body, text) is not None
