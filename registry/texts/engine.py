"""The reading of messages as engine SQL (DuckDB): the same steps as in Python, as nested queries over a text column."""

from registry.texts.content import content_steps
from registry.texts.signing import signature_steps
from registry.texts.terms import Step, column

SIGNATURE_COLUMNS = ("signature", "signature_where", "signature_read", "signature_sure")
CONTENT_COLUMNS = ("category", "category_sure", "opt_out", "links", "link_domains", "contacts")


def signatures_query(source: str, content: str = "content") -> str:
    """SQL that answers every column of `source` (a table's name or a query in brackets) and SIGNATURE_COLUMNS."""
    return _query(source, signature_steps(column(content)), SIGNATURE_COLUMNS)


def messages_query(source: str, content: str = "content") -> str:
    """SQL that answers every column of `source`, SIGNATURE_COLUMNS and CONTENT_COLUMNS."""
    text = column(content)
    return _query(source, signature_steps(text) + content_steps(text), SIGNATURE_COLUMNS + CONTENT_COLUMNS)


def _query(source: str, steps: list[Step], kept: tuple[str, ...]) -> str:
    """One nested query a step, so that a step's columns are computed once however often the next ones name them."""
    query = source
    made: list[str] = []
    for step in steps:
        columns = ", ".join(f"{term.sql} AS {name}" for name, term in step.items())
        query = f"(SELECT *, {columns} FROM {query})"  # noqa: S608 - our own steps, no one else's words
        made += step
    dropped = [name for name in made if name not in kept]
    return f"SELECT * EXCLUDE ({', '.join(dropped)}) FROM {query}"  # noqa: S608
