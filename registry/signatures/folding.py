"""Folding: one form for all the ways in which a signature's text can be written without looking like another one.

Full width, case, traditional script and blanks don't tell two signatures apart. What is kept and shown is always the
text as filed; the folded one is for comparing.
"""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_ROUNDS = 4


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text to compare by: compatibility forms resolved, case folded, simplified script, no blanks, no controls."""
    for _ in range(_ROUNDS):  # one round may open the way for another: a ligature that holds a capital
        folded = _once(text)
        if folded == text:
            break
        text = folded
    return text


def is_same(one: str, other: str) -> bool:
    """Whether two texts are the same signature, however they are written."""
    return fold(one) == fold(other)


def simplified(text: str) -> str:
    """The text in simplified script, character by character: no context, so equal texts stay equal."""
    return text.translate(_simplifications())


def in_its_script(text: str) -> str:
    """The text folded but for its script: traditional characters stay."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(character for character in plain if not _invisible(character))


def _once(text: str) -> str:
    return simplified(in_its_script(text))


def _invisible(character: str) -> bool:
    """Blanks, controls, zero-width and formatting characters."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}


@cache
def _simplifications() -> dict[int, str]:
    """Traditional characters and their simplified ones, from OpenCC's table, chains followed to their end."""
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in table.splitlines() if line)
    direct = {line[0]: line[1] for line in lines if line[0] != line[1]}
    return {ord(one): _end_of_chain(direct, one) for one in direct}


def _end_of_chain(direct: dict[str, str], character: str) -> str:
    seen: set[str] = set()
    while character in direct and character not in seen:
        seen.add(character)
        character = direct[character]
    return character
