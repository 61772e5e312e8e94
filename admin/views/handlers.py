"""Handlers, masked; a whole value for whoever says why. And what was erased."""

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.audit import queries as audit
from registry.enterprises.queries import names_of
from registry.erasures import queries as erasures
from registry.erasures.kinds import Erasable
from registry.handlers import queries, service
from registry.handlers.values import FIELDS, HandlerValues
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Invalid


@page("/handlers", "paper.read")
def listed() -> str:
    """Handlers, and the form of a new one for a company."""
    return _listed()


@act("/handlers", service.REGISTER)
def register() -> Any:
    """Register a person who acts for one's enterprise."""
    values = HandlerValues(one_line("name"), one_line("id_number"), one_line("phone"))
    try:
        row = service.register(current_actor(), values, enterprise=one_line("enterprise")[:100] or None)
    except Invalid as problem:
        return _listed(problem=inline(problem)), STATUS[Invalid]
    return done(gettext("Saved. Name this key in the filing: %(key)s", key=row.key), "handlers_listed")


@act("/handlers/find", service.SEE)
def find() -> str:
    """Handlers with an ID or telephone number; sent as a form, so that it stands in no log."""
    return _listed(found=queries.found_by(one_line("id_number")[:60], one_line("phone")[:60]))


@page("/handlers/<string:key>", "paper.read")
def one(key: str) -> str:
    """One handler."""
    return _one(key)


@act("/handlers/<string:key>/unmask", service.SEE)
def unmask(key: str) -> Any:
    """Show one whole value, once, with the reason on record."""
    field = one_line("field")
    try:
        value = service.unmask(current_actor(), key, field, one_line("reason")[:1000])
    except Invalid as problem:
        return _one(key, problem=inline(problem)), STATUS[Invalid]
    return _one(key, shown=(field, value))


@act("/handlers/<string:key>/end", service.REGISTER)
def end(key: str) -> Response:
    """The person acts for the enterprise no longer."""
    service.end(current_actor(), key)
    return done(gettext("Saved."), "handlers_listed")


@page("/erasures", "paper.read")
def erased() -> str:
    """What was erased, and by which rule."""
    what = asked.text("what")
    found = erasures.listed(current_actor(), asked.paging(), what=what if what in list(Erasable) else "")
    return render_template("handlers/erased.html", erasures=found, kinds=Erasable)


def _listed(**told: Any) -> str:
    found = queries.listed(current_actor(), asked.paging(), enterprise=asked.text("enterprise"))
    named = names_of(row.enterprise for row in (*found.items, *(told.get("found") or ())))
    return render_template("handlers/list.html", handlers=found, names=named, **told)


def _one(key: str, **told: Any) -> str:
    actor = current_actor()
    row = queries.one(actor, key)
    others = [] if actor.is_company else queries.others_served(key, row.enterprise)
    history = [] if actor.is_company else audit.history("handler", key)
    names = names_of([row.enterprise, *others])
    shown_row = queries.shown(row)
    return render_template(
        "handlers/one.html", handler=shown_row, others=others, names=names, fields=FIELDS, history=history, **told
    )
