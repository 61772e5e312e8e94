"""The audit trail, newest first."""

from flask import render_template

from admin import asked
from admin.page import page
from registry.audit import queries

FILTERS = ("actor", "action", "subject_kind", "subject_key")


@page("/audit", "audit.read")
def events() -> str:
    """Events by who, what and on which subject."""
    chosen = {name: asked.text(name) for name in FILTERS}
    found = queries.events(asked.paging(), **chosen)
    return render_template("audit/events.html", events=found, head=queries.head(), chosen=chosen)
