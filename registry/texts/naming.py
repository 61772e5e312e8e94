"""The names that texts speak of: who poses as a bank says so, whatever stands in the brackets.

Of two kinds of messages it is told: those that say whom to reach, and codes, which say what they open. Of the first
only names out of a list are kept; of codes also what their own words name as opened, for an application that would get
no codes of its own is in no list.
"""

# ruff: noqa: S608 - the SQL is made of our own fixed names and patterns

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from registry.texts import wording as w
from registry.texts.category import Category
from registry.texts.terms import quoted

NAMES_IN = "names_in"
"""The name under which an engine knows `Names.in_each`."""
HEAD = 2
"""Characters by which a name is known as the sender's own."""
SHORTEST = 3
"""Characters of a name that is looked for: two that stand together by chance name nobody."""


def named_query(wordings: str) -> str:
    """SQL that adds to wordings (a table or a query in brackets, see `wordings`) the lists `names` and `opens`.

    names: those of which a text speaks that carries a link or a number; opens: those of which a code speaks, but for
    payments, whose codes name the payee, and what else it says that it opens.
    """
    code = f"category = {int(Category.VERIFICATION)} AND NOT regexp_matches(body, {quoted(w.PAYING)})"
    said = f"CASE WHEN linked OR numbered OR {code} THEN {NAMES_IN}(body) ELSE [] END"
    return f"""
        SELECT * EXCLUDE (said, body), CASE WHEN linked OR numbered THEN said ELSE [] END AS names,
            CASE WHEN {code} THEN list_concat(said, {_opened("body", "said", "signature")}) ELSE [] END AS opens
        FROM (SELECT *, {said} AS said FROM (SELECT *, replace(masked, signature, ' ') AS body FROM {wordings}))
    """


def _opened(body: str, said: str, signature: str) -> str:
    """SQL: what codes name by their own words, but for what is in `said` already and what resembles the signature."""
    found = ", ".join(f"regexp_extract_all({body}, {quoted(pattern)}, 1)" for pattern in w.OPENED)
    other = f"len(list_filter({said}, lambda one: contains(one, name) OR contains(name, one))) = 0"
    own = f"contains({signature}, substr(name, 1, {HEAD})) OR contains(name, substr({signature}, 1, {HEAD}))"
    fits = f"NOT regexp_matches(name, {quoted(w.NO_APPLICATION)}) AND {other} AND NOT ({own})"
    return f"list_distinct(list_filter(flatten([{found}]), lambda name: {fits}))"


class Names:
    """Names of letters and ideographs, found by their first characters; the others, and short ones, are not looked for.

    A name with digits is none of them: texts are looked at with their digits masked.
    """

    def __init__(self, names: Iterable[str]) -> None:
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted({name.strip() for name in names}, key=lambda name: (-len(name), name)):
            if len(name) >= SHORTEST and name.isalpha():
                found[name[:SHORTEST]].append(name)
        self._by_head = dict(found)

    def __bool__(self) -> bool:
        """Whether any name is looked for."""
        return bool(self._by_head)

    def spoken_of(self, text: str) -> list[str]:
        """The names that stand in a text, each once, in their order; where one begins within another only the first."""
        if self._by_head.keys().isdisjoint({text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)}):
            return []
        found, place = dict[str, None](), 0
        while place <= len(text) - SHORTEST:
            heads = self._by_head.get(text[place : place + SHORTEST], ())
            name = next((name for name in heads if text.startswith(name, place)), "")
            if name:
                found[name] = None
            place += len(name) or 1
        return list(found)

    def in_each(self, texts: Any) -> Any:
        """The same of an Arrow array of texts, as an array of lists."""
        found = [self.spoken_of(text) for text in texts.to_pylist()] if self else [[]] * len(texts)
        return pa.array(found, pa.list_(pa.string()))
