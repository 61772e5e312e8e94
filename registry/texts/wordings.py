"""The reading of many messages by their wordings, as engine SQL: each masked text is read once, and once is enough.

A million messages of one day are some thousands of wordings. What differs between messages of one wording (a
signature with digits, links, numbers) is taken from each; what could be read otherwise is read by itself.
"""

# ruff: noqa: S608 - the SQL is made of our own fixed names and patterns

from collections.abc import Iterable
from functools import cache
from typing import Any

import pyarrow as pa

from registry.texts.content import contacts_of, content_steps, links_of, numbers_of
from registry.texts.engine import messages_query, query_of
from registry.texts.reading import run
from registry.texts.signing import last_name, masked_steps, quick_name, signature_steps
from registry.texts.terms import Step, column

READ = ("signature", "signature_where", "signature_read", "category", "category_sure", "opt_out", "refusals")
ANSWERED = (*READ, "links", "contacts")
_WORDING: dict[str, Any] = {
    **dict.fromkeys(("masked", "signature", "signature_where", "signature_read"), pa.string()),
    "category": pa.int32(),
    "category_sure": pa.int32(),
    "opt_out": pa.bool_(),
    "refusals": pa.list_(pa.string()),
    "from_text": pa.string(),
    "linked": pa.bool_(),
    "numbered": pa.bool_(),
}
WORDING = pa.schema(_WORDING)
"""The columns of a wording, as `wordings_query` and `wordings_of` answer them."""
LONGEST = 500
"""Characters up to which `wordings_of` reads a text at ease: its patterns go back, the engine's don't."""


def wordings_query(source: str) -> str:
    """SQL that answers every distinct `masked` text of `source` with READ, `from_text`, `linked` and `numbered`."""
    texts = f"(SELECT DISTINCT masked FROM {source})"
    read = query_of(texts, _steps(), (*READ, "from_text", "links", "numbers"))
    columns = ", ".join(READ)
    return f"SELECT masked, {columns}, from_text, len(links) > 0 AS linked, len(numbers) > 0 AS numbered FROM ({read})"


def wordings_of(texts: Iterable[str]) -> Any:
    """The same of these masked texts as an Arrow table, read in Python: a few take less than the engine's plan."""
    steps = _steps()
    rows = [run(steps, {"masked": text}) for text in texts]
    told = [row | {"linked": bool(row["links"]), "numbered": bool(row["numbers"])} for row in rows]
    return pa.Table.from_pylist(told, WORDING)


@cache
def _steps() -> list[Step]:
    masked = column("masked")
    return signature_steps(masked) + masked_steps(masked) + content_steps(masked)


def worded_query(source: str, wordings: str, *, again: bool) -> str:
    """SQL that answers the columns of `source` (with `content` and `masked`) and ANSWERED.

    wordings: a table of what `wordings_query` answers; again: whether it holds texts that are to be read by themselves.
    """
    content = column("content")
    links, contacts = links_of(content).sql, contacts_of(numbers_of(content)).sql
    names = f"WHEN 'quick' THEN {quick_name(content).sql} WHEN 'last' THEN {last_name(content).sql}"
    told = f"""
        SELECT {source}.*, CASE from_text {names} ELSE signature END AS signature,
            signature_where, signature_read, category, category_sure, opt_out, refusals,
            CASE WHEN linked THEN {links} ELSE [] END AS links,
            CASE WHEN numbered THEN {contacts} ELSE [] END AS contacts
        FROM {source} JOIN {wordings} USING (masked)
    """
    if not again:
        return told
    named = f"SELECT masked FROM {wordings} WHERE from_text = 'again'"
    loose = messages_query(f"(SELECT * FROM {source} WHERE masked IN ({named}))")
    return f"{told} WHERE from_text <> 'again' UNION ALL BY NAME SELECT * EXCLUDE ({_MORE}) FROM ({loose})"


_MORE = "signature_sure, link_domains"
