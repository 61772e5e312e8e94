"""The reading of messages as engine SQL (DuckDB): the same steps as in Python, as nested queries over a text column."""

from registry.texts.content import content_steps
from registry.texts.signing import signature_steps
from registry.texts.terms import Step, column

SIGNATURE_COLUMNS = ("signature", "signature_where", "signature_read", "signature_sure")
CONTENT_COLUMNS = ("category", "category_sure", "opt_out", "refusals", "links", "link_domains", "contacts")


def signatures_query(source: str, content: str = "content") -> str:
    """SQL that answers the columns of `source` (a table's name or a query in brackets), then SIGNATURE_COLUMNS.

    `content` names the column of the text, never NULL; the source has no column of a step's name (`reserved_columns`).
    """
    return query_of(source, signature_steps(column(content)), SIGNATURE_COLUMNS)


def messages_query(source: str, content: str = "content") -> str:
    """SQL that answers the columns of `source`, then SIGNATURE_COLUMNS, CONTENT_COLUMNS; as signatures_query."""
    return query_of(source, _steps(content), SIGNATURE_COLUMNS + CONTENT_COLUMNS)


def reserved_columns() -> frozenset[str]:
    """The names that a source must not use for its own columns."""
    return frozenset(name for step in _steps("content") for name in step)


def _steps(content: str) -> list[Step]:
    text = column(content)
    return signature_steps(text) + content_steps(text)


def query_of(source: str, steps: list[Step], answered: tuple[str, ...]) -> str:
    """SQL that answers the columns of `source` and those named `answered` of the steps.

    One nested query a step, so that a step's columns are computed once however often the next ones name them.
    """
    query = source
    made: list[str] = []
    for step in steps:
        columns = ", ".join(f"{term.sql} AS {name}" for name, term in step.items())
        query = f"(SELECT *, {columns} FROM {query})"  # noqa: S608 - our own steps, no one else's words
        made += step
    return f"SELECT * EXCLUDE ({', '.join(made)}), {', '.join(answered)} FROM {query}"  # noqa: S608
