"""The names that ingest looks for within texts: made of the registered ones once a process, until one more comes."""

from flask import current_app

from registry.signatures import queries as signatures
from registry.texts.naming import Names

_EXTENSION = "registry-names"


def looked_for() -> Names:
    """Every registered name that can be found in a text."""
    newest = signatures.newest()
    held: tuple[int, Names] | None = current_app.extensions.get(_EXTENSION)
    if held is None or held[0] != newest:
        held = current_app.extensions[_EXTENSION] = newest, Names(signatures.names())
    return held[1]
