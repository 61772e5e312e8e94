"""How well filings are reviewed: figures by reviewer, and filings that supervisors plant as bad."""

import datetime as dt
from typing import Any

import marshmallow as ma
from flask import render_template, request

from admin import asked, forms
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.enterprises.queries import names_of
from registry.filings import queries, service
from registry.filings.content import Content
from registry.filings.forms import FORMS, read
from registry.filings.kinds import Kind
from registry.filings.reasons import REASONS
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel import clock
from registry.kernel.errors import Invalid, NotFound, Problem

DAYS = 90


@page("/reviewing", "reviewing.read")
def figures() -> str:
    """Figures by reviewer, and what became of planted filings."""
    until = clock.now()
    planted = queries.all_planted(asked.paging())
    return render_template(
        "reviewing/figures.html",
        figures=queries.figures(until - dt.timedelta(days=DAYS), until),
        days=DAYS,
        planted=planted,
        kinds=Kind,
        names=names_of(each.filing.applicant for each in planted.items),
    )


@page("/reviewing/plant/<string:kind>", "filing.plant")
def plant_form(kind: str) -> str:
    """The form of a kind, and what is wrong with it."""
    return _form(_kind(kind))


@act("/reviewing/plant/<string:kind>", "filing.plant")
def plant(kind: str) -> Any:
    """Plant it."""
    which = _kind(kind)
    try:
        whose, reasons = one_line("in_whose_name"), [code for code in request.form.getlist("reasons") if code]
        service.plant(current_actor(), _content(which), applicant=whose, flaw=one_line("flaw"), reasons=reasons)
    except Problem as problem:
        return _form(which, inline(problem)), STATUS[type(problem)]
    return done(gettext("It is planted."), "reviewing_figures")


def _kind(text: str) -> Kind:
    if text not in list(Kind):
        raise NotFound("no_such_kind", f"there are no filings of kind {text[:20]!r}")
    return Kind(text)


def _content(kind: Kind) -> Content:
    try:
        return read(kind, forms.sent(forms.fields_of(FORMS[kind])), one_line("in_whose_name"))
    except ma.ValidationError as error:
        raise forms.objections(error) from error
    except ValueError as error:
        raise Invalid("unreadable", str(error)) from error


def _form(kind: Kind, problem: dict[str, Any] | None = None) -> str:
    lists = {field.name for field in forms.fields_of(FORMS[kind]) if field.kind in ("choices", "provinces")}
    sent = {name: request.form.getlist(name) if name in lists else value for name, value in request.form.items()}
    return render_template(
        "reviewing/plant.html",
        kind=kind,
        fields=forms.fields_of(FORMS[kind]),
        values=sent,
        reasons=REASONS,
        chosen=request.form.getlist("reasons"),
        problem=problem,
    )
