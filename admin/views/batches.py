"""Many decisions by one action: select what passed every check, open the sample, say yes to the rest."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.enterprises.queries import names_of
from registry.filings.batch import queries, service
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Problem


@page("/batches", "filing.decide")
def listed() -> str:
    """Filings that passed every check, to select from."""
    return _listed()


@act("/batches", "filing.decide")
def draw() -> Any:
    """Draw a batch of what is selected."""
    try:
        batch = service.draw(current_actor(), request.form.getlist("filing"))
    except Problem as problem:
        return _listed(problem=inline(problem)), STATUS[type(problem)]
    return done(gettext("The batch is drawn. Open its sample."), "batches_one", key=batch.key)


@page("/batches/<string:key>", "filing.decide")
def one(key: str) -> str:
    """A batch: its sample, what was opened, what became of it."""
    return _one(key)


@act("/batches/<string:key>/look", "filing.decide")
def look(key: str) -> Response:
    """Open one of the sample."""
    filing = one_line("filing")
    service.look(current_actor(), key, filing)
    return done(gettext("Written down as opened."), "filings_one", key=filing, batch=key)


@act("/batches/<string:key>/decide", "filing.decide")
def decide(key: str) -> Any:
    """Say yes to all of it."""
    try:
        service.decide(current_actor(), key, one_line("comment"))
    except Problem as problem:
        return _one(key, problem=inline(problem)), STATUS[type(problem)]
    return done(gettext("The batch is decided."), "batches_one", key=key)


def _listed(**told: Any) -> str:
    """The boxes that were ticked stay ticked; `?all=1` ticks every one."""
    actor = current_actor()
    found = queries.eligible(actor)
    chosen = {each.key for each in found} if asked.text("all") else set(request.form.getlist("filing"))
    names = names_of(each.applicant for each in found)
    waiting = queries.undecided(actor)
    return render_template(
        "batches/list.html", filings=found, chosen=chosen, names=names, waiting=waiting, most=queries.MOST, **told
    )


def _one(key: str, **told: Any) -> str:
    actor, batch = current_actor(), queries.find(key)
    filings = queries.filings_of(actor, batch)
    names = names_of(each.applicant for each in filings.values())
    own = batch.drawn_by == actor.name
    return render_template("batches/one.html", batch=batch, filings=filings, names=names, own=own, **told)
